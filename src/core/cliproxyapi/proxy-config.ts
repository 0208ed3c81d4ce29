import * as v from 'valibot';
import { openObject } from '../shapes';
import { LIST_NAMES } from './lists/list-traits';
import type { Layout } from '../connection/layout';
import type { FileFindings } from './v8/file-notices';
import { providersSchema, withoutComputed, type Provider } from './provider';

/** All lists whose models can share a name with an import; the last, of 8.x, is only looked at. */
export const READ_LISTS = [...LIST_NAMES, 'meta-api-key'] as const;
export type ReadList = (typeof READ_LISTS)[number];

/** `GET /config`: the whole runtime configuration (CLIProxyAPI 7.2). Only what is decided on is named. */
const configSchema = openObject({
  'api-keys': v.nullish(v.array(v.string())),
  'force-model-prefix': v.optional(v.boolean()),
  'openai-compatibility': providersSchema,
});

/**
 * One look at a whole CLIProxyAPI. It holds keys and never leaves the worker. What concerns one list takes a
 * `ProviderList`, which `selectList` makes of this.
 */
export interface ProxyConfig {
  /** The address of the server without a path of its API: what is agreed to for one server is not done at another. */
  root: string;
  /** Every list that was understood; one that is missing here was not, and is not empty. */
  lists: Partial<Record<ReadList, readonly Provider[]>>;
  forcePrefix: boolean;
  /** Keys that clients of the proxy use. */
  proxyKeys: string[];
  /** `X-CPA-VERSION`, or null where the server or a reverse proxy gives none. */
  version: string | null;
  /** Of config.yaml: null before 8.0, which has only one; undefined where it was not looked at. */
  layout?: Layout | null;
  /** There is no `/v0`: the lists are those of the file, and what is loaded of them is not known. */
  ofFile?: boolean;
  /** Of the groups of 8.x; undefined where they were not looked at. */
  findings?: FileFindings;
  /** config.yaml has more than is loaded, which a write of ours would have loaded. */
  ahead?: boolean;
  /** Whether the server sent a header that exists since 7.1.69: it tells an unnamed build from an old one. */
  supportsPlugins: boolean;
}

/** What is known of the server: its address, and what the headers of a reply say. */
export type ServerFacts = Pick<ProxyConfig, 'root' | 'version' | 'supportsPlugins'>;

/** Undefined when the reply is not what `/config` gives: nothing may be planned on it, least of all "empty". */
export function readConfig(json: unknown, server: ServerFacts): ProxyConfig | undefined {
  const parsed = v.safeParse(configSchema, json);
  if (!parsed.success || !('openai-compatibility' in parsed.output)) return undefined;
  const lists: ProxyConfig['lists'] = {};
  for (const name of READ_LISTS) {
    // The reply itself, checked: a schema's copy lacks what no copy can hold, such as a header named `__proto__`.
    const raw = (json as Record<string, unknown>)[name];
    if (v.is(providersSchema, raw)) lists[name] = (raw ?? []).map(withoutComputed);
  }
  return {
    lists,
    forcePrefix: parsed.output['force-model-prefix'] === true,
    proxyKeys: parsed.output['api-keys'] ?? [],
    ...server,
  };
}

/** What was once seen in a proxy, to recognise an emptied one. */
export interface SeenContent {
  proxyKeys: boolean;
  entries: boolean;
}

export const contentOf = ({ proxyKeys, lists }: ProxyConfig): SeenContent => ({
  proxyKeys: proxyKeys.length > 0,
  entries: READ_LISTS.some((name) => (lists[name]?.length ?? 0) > 0),
});

/**
 * A reload that meets a half-written file installs an empty configuration (CLIProxyAPI 7.2): proxy keys gone and all
 * lists empty. `suspicious` alone is also what a new installation looks like.
 */
export function collapseOf(
  config: ProxyConfig,
  seen: SeenContent | undefined,
): 'collapsed' | 'suspicious' | undefined {
  const now = contentOf(config);
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

/** Keys of the example configuration; with one of them left in, every client call is refused (CLIProxyAPI 7.2). */
export const hasExampleKeys = (proxyKeys: readonly string[]): boolean =>
  proxyKeys.some((key) => /^your-api-key-\d+$/.test(key.trim()));
