import type { CredentialSource } from './credentials.ts';
import type { Family } from '../management/lists-table.ts';
import { modelsOf, text } from '../management/normalise.ts';
import type { Entry } from '../management/schema.ts';

export interface RegisteredModel {
  id: string;
  displayName: string;
  ownedBy: string;
  type: string;
}

/** What a credential registers: own models by alias or name, or the catalogue of the family; prefixed on top. */
export function modelsFor(source: CredentialSource, forcePrefix: boolean): RegisteredModel[] {
  const own = configuredModels(source);
  const compat = source.family === 'openai-compatibility';
  const models = own.length || compat ? own : (CATALOGUE[source.family] ?? []);
  const left = models.filter((model) => !isExcluded(source.entry, model.id));
  return withPrefix(left, text(source.entry, 'prefix'), forcePrefix);
}

function configuredModels({ family, entry }: CredentialSource): RegisteredModel[] {
  const compat = family === 'openai-compatibility';
  const ownedBy = compat ? text(entry, 'name') : OWNERS[family];
  return modelsOf(entry).flatMap((model) => {
    const name = text(model, 'name').trim();
    const id = text(model, 'alias').trim() || name;
    if (id === '') return [];
    const displayName = text(model, 'display-name').trim() || (compat ? id : name || id);
    const compatType = model['image'] === true ? 'openai-image' : 'openai-compatibility';
    return [{ id, displayName, ownedBy, type: compat ? compatType : TYPES[family] }];
  });
}

function isExcluded(entry: Entry, id: string): boolean {
  const patterns = (entry['excluded-models'] as string[] | undefined) ?? [];
  return patterns.some((pattern) => {
    const source = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${source.join('.*')}$`).test(id.toLowerCase());
  });
}

function withPrefix(models: RegisteredModel[], prefix: string, force: boolean): RegisteredModel[] {
  const seen = new Set<string>();
  const all = models.flatMap((model) => {
    if (prefix === '') return [model];
    const prefixed = { ...model, id: `${prefix}/${model.id}` };
    return force && prefix !== model.id ? [prefixed] : [model, prefixed];
  });
  return all.filter(({ id }) => (seen.has(id) ? false : Boolean(seen.add(id))));
}

const OWNERS: Record<Exclude<Family, 'openai-compatibility'>, string> = {
  'gemini-api-key': 'google',
  'interactions-api-key': 'google',
  'claude-api-key': 'anthropic',
  'codex-api-key': 'openai',
  'xai-api-key': 'xai',
  'vertex-api-key': 'google',
};

const TYPES: Record<Exclude<Family, 'openai-compatibility'>, string> = {
  'gemini-api-key': 'gemini',
  'interactions-api-key': 'gemini',
  'claude-api-key': 'claude',
  'codex-api-key': 'openai',
  'xai-api-key': 'xai',
  'vertex-api-key': 'vertex',
};

const catalogue = (family: keyof typeof OWNERS, ids: string[]): RegisteredModel[] =>
  ids.map((id) => ({ id, displayName: id, ownedBy: OWNERS[family], type: TYPES[family] }));

/** A few models of each family that serves its own list when an entry names none. */
const CATALOGUE: Partial<Record<Family, RegisteredModel[]>> = {
  'gemini-api-key': catalogue('gemini-api-key', ['gemini-2.5-pro', 'gemini-2.5-flash']),
  'interactions-api-key': catalogue('interactions-api-key', ['gemini-2.5-pro', 'gemini-2.5-flash']),
  'claude-api-key': catalogue('claude-api-key', ['claude-3-5-haiku-20241022', 'claude-sonnet-4-6']),
  'codex-api-key': catalogue('codex-api-key', ['gpt-5.4-mini', 'gpt-5.6-terra']),
  'xai-api-key': catalogue('xai-api-key', ['grok-4']),
  'vertex-api-key': catalogue('vertex-api-key', ['gemini-2.5-pro', 'gemini-2.5-flash']),
};
