import tailwindcss from '@tailwindcss/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'wxt';
import { iconFiles } from './scripts/icon-files.ts';
import { pageChunk } from './scripts/page-chunks.ts';
import { inOnePart, inParts, LATER_PART } from './scripts/worker-parts.ts';

/**
 * Puts the stylesheet behind the static shell: a stylesheet in the head holds up the first paint, and the shell brings
 * what it needs itself. In the popup, the files that its script imports stand beside it, so that they are not first asked
 * for when that script has been read: usable some 20 ms sooner. The options page would gain 10 ms and paint 15 ms later.
 */
const assetsLast: Plugin = {
  name: 'assets-last',
  transformIndexHtml: {
    order: 'post',
    handler(html, { chunk }) {
      const styles = html.match(/<link[^>]*rel="stylesheet"[^>]*>/g) ?? [];
      const imports = chunk?.name === 'popup' ? chunk.imports : [];
      const scripts = imports.map((file) => `<link rel="modulepreload" crossorigin href="/${file}">`);
      const rest = styles.reduce((text, link) => text.replace(link, ''), html);
      return rest.replace('</body>', `${[...styles, ...scripts].join('')}</body>`);
    },
  },
};

/**
 * Replaces Vite's wrapper around `import()`, which fetches stylesheets and scripts ahead: there is one stylesheet, which
 * every page has from the start.
 */
const plainImports: Plugin = {
  name: 'plain-imports',
  enforce: 'pre',
  load: (id) =>
    id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined,
};

/**
 * Loopback is the only host known at install; every other host is asked for by name, from a click
 * (`optional_host_permissions`). No content scripts and no web-accessible resources: nothing of ours runs in a page.
 */
export default defineConfig({
  srcDir: 'src',
  entrypointsDir: '../entrypoints',
  publicDir: 'public',
  imports: false,
  // Version 2, WXT's default for Firefox, has no optional hosts, so that no relay could ever be asked.
  manifestVersion: 3,
  modules: ['@wxt-dev/module-react'],
  react: { vite: { jsxImportSource: '#jsx' } },
  hooks: {
    'vite:build:extendConfig': ([entry], config) => {
      if (entry?.type !== 'background') return;
      // `npm run bench -- --worker-files` weighs the two against each other.
      if (process.env['KEYFERRY_WORKER_FILES'] === '1') inOnePart(config);
      else inParts(config);
    },
    // Firefox runs the worker as a page that never stops early: there the parts are simply listed.
    'build:manifestGenerated': (_wxt, { background }) => {
      if (background && 'scripts' in background) background.scripts?.push(LATER_PART);
    },
  },
  vite: () => ({
    plugins: [tailwindcss(), iconFiles, plainImports, assetsLast],
    // React has had it itself since version 18.
    resolve: { alias: [{ find: /^use-sync-external-store\/shim$/, replacement: 'react' }] },
    build: {
      target: 'chrome120',
      modulePreload: false,
      minify: 'terser',
      terserOptions: {
        ecma: 2020,
        compress: { passes: 3, ecma: 2020, unsafe_arrows: true, keep_fargs: false },
      },
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [{ name: pageChunk, includeDependenciesRecursively: false }],
          },
        },
      },
    },
  }),
  manifest: ({ browser }) => ({
    name: '__MSG_name__',
    description: '__MSG_description__',
    default_locale: 'en',
    minimum_chrome_version: '120',
    permissions: ['storage', 'alarms', 'activeTab', 'scripting'],
    host_permissions: ['http://localhost/*', 'http://127.0.0.1/*'],
    optional_host_permissions: ['*://*/*'],
    // The one policy is that by which the worker loads its later part (scripts/worker-parts).
    content_security_policy: {
      extension_pages:
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src http: https:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types keyferry-parts",
    },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'keyferry@keyferry.app',
              strict_min_version: '140.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }
      : // No other extension may speak to the worker.
        { externally_connectable: { ids: [] } }),
  }),
});
