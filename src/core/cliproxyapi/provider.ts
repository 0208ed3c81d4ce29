import * as v from 'valibot';
import { hostOf } from '../base-url';
import { mapOf, openObject } from '../shapes';

/**
 * Loose shapes of CLIProxyAPI's lists of providers (CLIProxyAPI 7.2). Only what KeyFerry decides on is named; every
 * other field goes back as it came. Lists may be absent or null. In `openai-compatibility` an entry has a list of keys;
 * in the other lists the entry itself is one key.
 */
const modelMappingSchema = openObject({ name: v.optional(v.string()), alias: v.optional(v.string()) });

const keyEntrySchema = openObject({ 'api-key': v.optional(v.string()), 'proxy-url': v.optional(v.string()) });

const providerSchema = openObject({
  name: v.optional(v.string()),
  'base-url': v.optional(v.string()),
  disabled: v.optional(v.boolean()),
  prefix: v.optional(v.string()),
  headers: v.optional(v.nullable(mapOf(v.string()))),
  'api-key-entries': v.optional(v.nullable(v.array(keyEntrySchema))),
  'api-key': v.optional(v.string()),
  'proxy-url': v.optional(v.string()),
  'excluded-models': v.optional(v.nullable(v.array(v.string()))),
  models: v.optional(v.nullable(v.array(modelMappingSchema))),
});

/** `null` and absent mean an empty list (servers before 6.9.29); anything else that is no list is a failure. */
export const providersSchema = v.nullish(v.array(providerSchema));

export type ModelMapping = v.InferOutput<typeof modelMappingSchema>;
export type KeyEntry = v.InferOutput<typeof keyEntrySchema>;
export type Provider = v.InferOutput<typeof providerSchema>;

/** The keys of an entry, in their order; an entry that is a key has itself. */
export const keyEntries = (provider: Provider): KeyEntry[] =>
  provider['api-key'] === undefined ? (provider['api-key-entries'] ?? []) : [provider];
/** The text of one of its keys; empty: there is none. */
export const apiKeyOf = (provider: Provider, at = 0): string =>
  keyEntries(provider)[at]?.['api-key']?.trim() ?? '';
export const modelsOf = (provider: Provider): ModelMapping[] => provider.models ?? [];
export const nameOf = (provider: Provider): string => provider.name?.trim() ?? '';
/** What a sentence calls an entry: its name, or the host of one that has none. */
export const labelOf = (provider: Provider): string => nameOf(provider) || hostOf(baseUrlOf(provider));
export const baseUrlOf = (provider: Provider): string => provider['base-url']?.trim() ?? '';

/** The relay's own name of a model. CLIProxyAPI registers names trimmed (CLIProxyAPI 7.2). */
export const upstreamOf = (model: ModelMapping): string => model.name?.trim() ?? '';
/** The name that clients see: the alias, or the name if there is none. */
export const clientNameOf = (model: ModelMapping): string => model.alias?.trim() || upstreamOf(model);

/** All models of a provider, by both names. */
export const servedModelsOf = (provider: Provider): { name: string; alias: string }[] =>
  modelsOf(provider).map((model) => ({ name: upstreamOf(model), alias: clientNameOf(model) }));

/** A priority of absent or ill-typed is 0, as the server has it. A number kept as it came is read from its text. */
export const priorityOf = (provider: Provider): number =>
  Number(JSON.stringify(provider['priority'] ?? 0)) || 0;

/** Names equal but for case and outer blanks share one provider inside CLIProxyAPI (CLIProxyAPI 7.2). */
export const sameName = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** What CLIProxyAPI itself puts into `excluded-models` of an entry that has no `disabled`, to switch it off. */
export const EXCLUDE_ALL = '*';
export const excludedOf = (provider: Provider): string[] => provider['excluded-models'] ?? [];

/** Switched off, so that nothing is served through it. */
export const isPaused = (provider: Provider): boolean =>
  provider.disabled === true || excludedOf(provider).some((pattern) => pattern.trim() === EXCLUDE_ALL);

/** What switches a paused entry on again. */
export function resumed(before: Provider): Partial<Provider> {
  if (!isPaused(before)) return {};
  if (before.disabled === true) return { disabled: false };
  return { 'excluded-models': excludedOf(before).filter((pattern) => pattern.trim() !== EXCLUDE_ALL) };
}

/** `auth-index` is computed by the server and must not be written back; everything else stays. */
export function withoutComputed(provider: Provider): Provider {
  const { 'auth-index': _index, ...rest } = provider;
  const entries = rest['api-key-entries'];
  if (!entries?.some((entry) => 'auth-index' in entry)) return rest;
  return {
    ...rest,
    'api-key-entries': entries.map(({ 'auth-index': _computed, ...entry }) => entry),
  };
}
