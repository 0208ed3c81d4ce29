import * as v from 'valibot';
import { openObject } from '../shapes';
import { LIST_NAMES, type ListName } from './lists/list-traits';
import type { OtherModels } from './pools';
import { isPaused, nameOf, priorityOf, providersSchema, withoutComputed, type Provider } from './provider';
import { allServedNames } from './served-names';

/** All lists whose models can share a name with an import; the last is only looked at. */
const LISTS = [...LIST_NAMES, 'interactions-api-key'] as const;
type AnyList = (typeof LISTS)[number];

/** `GET /config`: the whole runtime configuration (CLIProxyAPI 7.2). Only what is decided on is named. */
const configSchema = openObject({
  'api-keys': v.nullish(v.array(v.string())),
  'force-model-prefix': v.optional(v.boolean()),
  'openai-compatibility': providersSchema,
});

/** One look at a CLIProxyAPI: what a plan rests on. Holds keys; never leaves the worker. */
export interface ConfigSnapshot {
  /** The list that is being looked at, and its entries. */
  family: ListName;
  providers: Provider[];
  /** What all other lists serve under explicit names. */
  others: OtherModels[];
  /** Every list that could be read. */
  lists: Partial<Record<AnyList, Provider[]>>;
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
  const lists: ConfigSnapshot['lists'] = {};
  for (const name of LISTS) {
    // The reply itself, checked: a schema's copy lacks what no copy can hold, such as a header named `__proto__`.
    const raw = (json as Record<string, unknown>)[name];
    if (v.is(providersSchema, raw)) lists[name] = (raw ?? []).map(withoutComputed);
  }
  const snapshot = {
    family: 'openai-compatibility' as const,
    providers: lists['openai-compatibility'] ?? [],
    others: [],
    lists,
    forcePrefix: parsed.output['force-model-prefix'] === true,
    proxyKeys: parsed.output['api-keys'] ?? [],
    otherEntries: LISTS.reduce(
      (sum, name) => sum + (name === 'openai-compatibility' ? 0 : (lists[name]?.length ?? 0)),
      0,
    ),
  };
  return inFamily(snapshot, 'openai-compatibility');
}

/** The same look with another list in its middle. A list that was not understood is undefined: never "empty". */
export function inFamily<T extends ConfigSnapshot>(config: T, family: ListName): T | undefined {
  const providers = config.lists[family];
  return providers && { ...config, family, providers, others: othersOf(config, family) };
}

function othersOf({ lists, forcePrefix }: ConfigSnapshot, family: ListName): OtherModels[] {
  return LISTS.filter((name) => name !== family).flatMap((name) =>
    (lists[name] ?? [])
      .filter((entry) => !isPaused(entry))
      .map((entry) => ({
        family: nameOf(entry) || name,
        priority: priorityOf(entry),
        names: allServedNames(entry, forcePrefix).filter(Boolean),
      })),
  );
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

/** Keys of the example configuration; with one of them left in, every client call is refused (CLIProxyAPI 7.2). */
export const hasExampleKeys = (proxyKeys: readonly string[]): boolean =>
  proxyKeys.some((key) => /^your-api-key-\d+$/.test(key.trim()));
