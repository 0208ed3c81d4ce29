import * as v from 'valibot';
import { openObject } from './shapes';
import type { OtherModels } from './pools';
import { providersSchema, withoutComputed, type Provider } from './provider';

/** Lists beside `openai-compatibility` whose explicit models can share a name with an import. */
const OTHER_FAMILIES = [
  'claude-api-key',
  'codex-api-key',
  'gemini-api-key',
  'vertex-api-key',
  'xai-api-key',
  'interactions-api-key',
] as const;

const otherEntry = openObject({
  priority: v.optional(v.nullable(v.number())),
  models: v.optional(
    v.nullable(v.array(openObject({ name: v.optional(v.string()), alias: v.optional(v.string()) }))),
  ),
});

/** `GET /config`: the whole runtime configuration (contract section 2.8). Only what is decided on is named. */
const configSchema = openObject({
  'api-keys': v.nullish(v.array(v.string())),
  'force-model-prefix': v.optional(v.boolean()),
  'openai-compatibility': providersSchema,
});

/** One look at a CLIProxyAPI: what a plan rests on. Holds keys; never leaves the worker. */
export interface ConfigSnapshot {
  providers: Provider[];
  others: OtherModels[];
  forcePrefix: boolean;
  /** Keys that clients of the proxy use. */
  proxyKeys: string[];
  /** Entries in all other families together. */
  otherEntries: number;
}

/** Undefined when the reply is not what `/config` gives: nothing may be planned on it, least of all "empty". */
export function readConfig(json: unknown): ConfigSnapshot | undefined {
  const parsed = v.safeParse(configSchema, json);
  if (!parsed.success || !('openai-compatibility' in parsed.output)) return undefined;
  const others: OtherModels[] = [];
  let otherEntries = 0;
  for (const family of OTHER_FAMILIES) {
    const list = v.safeParse(v.nullish(v.array(otherEntry)), parsed.output[family]);
    if (!list.success) continue;
    otherEntries += list.output?.length ?? 0;
    for (const entry of list.output ?? []) {
      const names = (entry.models ?? []).map((model) => model.alias?.trim() || model.name?.trim() || '');
      others.push({ family, priority: entry.priority ?? 0, names: names.filter(Boolean) });
    }
  }
  // The reply itself, checked: a schema's copy lacks what no copy can hold, such as a header named `__proto__`.
  const { 'openai-compatibility': providers } = json as typeof parsed.output;
  return {
    providers: (providers ?? []).map(withoutComputed),
    others,
    forcePrefix: parsed.output['force-model-prefix'] === true,
    proxyKeys: parsed.output['api-keys'] ?? [],
    otherEntries,
  };
}

/** What was once seen in a proxy, to recognise an emptied one. */
export interface SeenContent {
  proxyKeys: boolean;
  entries: boolean;
}

export const contentOf = (snapshot: ConfigSnapshot): SeenContent => ({
  proxyKeys: snapshot.proxyKeys.length > 0,
  entries: snapshot.providers.length + snapshot.otherEntries > 0,
});

/**
 * A reload that met a half-written file installs an empty configuration (seen on running servers): proxy keys gone and
 * all families empty. `suspicious` alone is also what a new installation looks like.
 */
export function collapseOf(
  snapshot: ConfigSnapshot,
  seen: SeenContent | undefined,
): 'collapsed' | 'suspicious' | undefined {
  const now = contentOf(snapshot);
  if (now.proxyKeys || now.entries) return undefined;
  return seen?.proxyKeys ? 'collapsed' : 'suspicious';
}

/** True if a config.yaml names proxy keys or provider keys outside its comments: then an empty memory is a collapse. */
export function yamlHasContent(yaml: string): boolean {
  const lines = yaml
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, ''))
    .filter((line) => line.trim());
  const at = lines.findIndex((line) => /^api-keys:\s*$/.test(line));
  const hasProxyKeys =
    (at >= 0 && /^\s*-\s*\S/.test(lines[at + 1] ?? '')) ||
    lines.some((line) => /^api-keys:\s*\[\s*[^\]\s]/.test(line));
  return (
    hasProxyKeys ||
    lines.some((line) => /(?:^\s*-?\s*|[{,]\s*)["']?(?:base-url|api-key)["']?:\s*["']?[^\s"',}]/.test(line))
  );
}

/** Keys of the example configuration; with one of them left in, every client call is refused (contract section 1.5). */
export const hasExampleKeys = (proxyKeys: readonly string[]): boolean =>
  proxyKeys.some((key) => /^your-api-key-\d+$/.test(key.trim()));
