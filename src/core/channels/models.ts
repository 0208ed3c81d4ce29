import { isPlainObject, jsonOrUndefined } from '../json';

/** The names that a channel answers to, and which of them its upstream knows under another. */
export interface ModelNames {
  models: string[];
  /** Asked → upstream. May hold names that are not in `models`: they are steps of a chain, or left over. */
  mapping: Map<string, string>;
}

/** Undefined: the mapping is no object of texts, so that nobody knows what it means and it is best left alone. */
export function parseModels(models: string, mapping: string): ModelNames | undefined {
  const parsed = parseMapping(mapping);
  if (!parsed) return undefined;
  const names = models.split(',').map((name) => name.trim());
  return { models: [...new Set(names.filter(Boolean))], mapping: parsed };
}

function parseMapping(text: string): Map<string, string> | undefined {
  if (!text.trim()) return new Map();
  try {
    const json: unknown = JSON.parse(text);
    if (json === null) return new Map();
    if (!isPlainObject(json)) return undefined;
    const entries = Object.entries(json);
    return entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')
      ? new Map(entries)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a text is empty or a JSON object, as servers want a channel's overrides. */
export const isObjectText = (text: string): boolean =>
  text.trim() === '' || isPlainObject(jsonOrUndefined(text));

/** The texts of names as a server keeps them; no mapping is the empty text. */
export const modelTexts = ({ models, mapping }: ModelNames): { models: string; mapping: string } => ({
  models: models.join(','),
  mapping: mapping.size > 0 ? JSON.stringify(Object.fromEntries(mapping)) : '',
});

/** A name and those by way of which it is mapped, in order, as New API follows a mapping, but not in a circle. */
export function mappedBy(name: string, mapping: ReadonlyMap<string, string>): string[] {
  const steps = new Set<string>();
  for (let step: string | undefined = name; step && !steps.has(step); step = mapping.get(step))
    steps.add(step);
  return [...steps];
}

/** What the upstream is asked for when a client asks for `name`. */
export const upstreamName = (name: string, mapping: ReadonlyMap<string, string>): string =>
  mappedBy(name, mapping).at(-1) ?? name;
