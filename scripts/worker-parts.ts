import type { Plugin, UserConfig } from 'vite';

/** The file with everything that the worker does not need to answer the popup and to import one key. */
export const LATER_PART = 'worker-later.js';

/**
 * Builds the worker as two files instead of one. A service worker has no `import()`, and `importScripts` takes only
 * files that it saw while it was installed: so it loads the second one then (which only puts it by) and again, out of
 * the browser's own store, when the first message comes that needs it.
 */
export function inParts(config: UserConfig): void {
  const build = (config.build ??= {});
  build.lib = { ...(build.lib || { entry: '' }), formats: ['cjs'] };
  build.rolldownOptions = {
    ...build.rolldownOptions,
    // What both use stays in the first part.
    preserveEntrySignatures: 'allow-extension',
    output: {
      codeSplitting: true,
      entryFileNames: 'background.js',
      chunkFileNames: LATER_PART,
      exports: 'named',
    },
  };
  (config.plugins ??= []).push(asParts);
}

/** Builds the worker as one file, for the bench that asks what the second one is worth. */
export function inOnePart(config: UserConfig): void {
  const build = (config.build ??= {});
  build.rolldownOptions = { output: { codeSplitting: false, entryFileNames: 'background.js' } };
}

/** What joins the parts: a part is a function that fills its `exports`, and is run when it is first asked for. */
const JOIN = `(()=>{var f={},m={},t=self.trustedTypes&&trustedTypes.createPolicy("keyferry-parts",{createScriptURL:u=>u}),l=u=>importScripts(t?t.createScriptURL(u):u);self.keyferryPart=(n,p)=>{f[n]=p};self.keyferryNeed=n=>{n=n.slice(n.lastIndexOf("/")+1);if(m[n])return m[n];f[n]||l("/"+n);var e=m[n]={};f[n](e,keyferryNeed);return e};self.addEventListener("install",()=>l("/${LATER_PART}"))})();`;

const asParts: Plugin = {
  name: 'worker-parts',
  generateBundle(_options, bundle) {
    for (const [name, chunk] of Object.entries(bundle)) {
      if (chunk.type !== 'chunk') continue;
      const part = `keyferryPart("${name}",(exports,require)=>{${chunk.code}});`;
      chunk.code = chunk.isEntry ? `${JOIN}${part}keyferryNeed("${name}");` : part;
    }
  },
};
