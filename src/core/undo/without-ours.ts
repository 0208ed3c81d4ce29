import { keyEntries, modelsOf, upstreamOf, type KeyEntry, type ModelMapping } from '../cliproxyapi/provider';
import type { RedactedProvider } from '../cliproxyapi/redact';
import { isEmptyField, sameContent } from '../cliproxyapi/same-entry';
import { groupBy } from '../group-by';
import { mergeFields, minus, type Versions } from './merge-back';

/** An entry without our part, or why there is none: `nothing`: nothing in it is ours, `no-key`: nobody else's key is. */
export type WithoutOurs = { entry: RedactedProvider } | 'nothing' | 'no-key';

/** What everybody's requests go by: in an entry that we made it stays for the keys that others put there. */
const FRAME = ['name', 'base-url', 'prefix', 'headers'];
const BY_ITEM = ['api-key-entries', 'models'];

/**
 * An entry without what one write of ours made of it, where others changed it since: our keys and models go, those that we
 * took out come back, and fields that are as we left them are as they were before. All that others added or changed stays,
 * and so do our models where other keys would have none without them. An entry that had a key is never left without one:
 * CLIProxyAPI would go on asking the relay with none (CLIProxyAPI 7.2). `before` null: we made the entry.
 */
export function withoutOurs({
  before: made,
  left,
  now,
}: Omit<Versions<RedactedProvider>, 'before'> & { before: RedactedProvider | null }): WithoutOurs {
  const frame = Object.entries(left).filter(([name]) => FRAME.includes(name));
  const before = made ?? (Object.fromEntries(frame) as RedactedProvider);
  const all = { before, left, now };
  const fields = mergeFields(all, BY_ITEM);
  // An entry that is a key has itself among its keys.
  const isKey = 'api-key' in now;
  const keys = isKey ? [] : mergeKeys(versionsOf(all, keyEntries));
  const hasKey = isKey ? made !== null : keys.some(keyOf) || (made !== null && !keyEntries(made).some(keyOf));
  if (!hasKey) return 'no-key';
  const entry = {
    ...fields,
    ...(!isKey && listField('api-key-entries', keys, now)),
    ...listField('models', mergeModels(all, keys), now),
  } as RedactedProvider;
  return sameContent(entry, now) ? 'nothing' : { entry };
}

const versionsOf = <T>(
  { before, left, now }: Versions<RedactedProvider>,
  read: (entry: RedactedProvider) => T,
): Versions<T> => ({ before: read(before), left: read(left), now: read(now) });

/** An empty list stays as it came: away, null or empty. */
function listField(name: string, items: readonly unknown[], now: RedactedProvider): object {
  if (items.length === 0 && isEmptyField(name, now[name])) return {};
  return { [name]: items };
}

const keyOf = (key: KeyEntry): string => key['api-key'] ?? '';

/** Keys go and come by their text, whatever others set at them; at a key that stays, each field is merged. */
function mergeKeys({ before, left, now }: Versions<KeyEntry[]>): KeyEntry[] {
  const [then, ours, present] = [before, left, now].map(byText);
  if (!then || !ours || !present) return now;
  const known = new Set(before.map(keyOf));
  const added = new Set(left.map(keyOf).filter((text) => !known.has(text)));
  const kept = [...present].flatMap(([id, key]) => {
    const [was, written] = [then.get(id), ours.get(id)];
    if (!written && !added.has(keyOf(key))) return [key];
    return was && written ? [mergeFields({ before: was, left: written, now: key })] : [];
  });
  const back = [...then].filter(([id]) => !ours.has(id) && !present.has(id));
  return [...kept, ...back.map(([, key]) => key)];
}

/** Of keys with one text, the first is the first in all versions. */
function byText(keys: readonly KeyEntry[]): Map<string, KeyEntry> {
  const ids = [...groupBy(keys, keyOf)].flatMap(([text, equal]) =>
    equal.map((key, at): [KeyEntry, string] => [key, `${at} ${text}`]),
  );
  const idOf = new Map(ids);
  return new Map(keys.map((key) => [idOf.get(key) ?? '', key]));
}

function mergeModels(all: Versions<RedactedProvider>, keys: readonly KeyEntry[]): ModelMapping[] {
  const { before, left, now } = versionsOf(all, (entry) => groupBy(modelsOf(entry), upstreamOf));
  const names = [...new Set([...now.keys(), ...before.keys()])];
  const merged = names.flatMap((name) =>
    mergeMappings({
      before: before.get(name) ?? [],
      left: left.get(name) ?? [],
      now: now.get(name) ?? [],
    }),
  );
  const known = new Set(keyEntries(all.before).map(keyOf));
  const hadNone = modelsOf(all.before).length === 0 && keys.every((key) => known.has(keyOf(key)));
  return merged.length > 0 || hadNone ? inOrder(merged, modelsOf(all.now)) : modelsOf(all.now);
}

/**
 * The mappings of one model. What is as we wrote it goes; what we took out or renamed comes back, unless others took our
 * mapping out or renamed it since: then theirs is the last word.
 */
function mergeMappings({ before, left, now }: Versions<readonly ModelMapping[]>): ModelMapping[] {
  const ours = minus(left, before);
  const kept = minus(now, ours);
  const isTheirs = ours.length > 0 && kept.length === now.length;
  const back = isTheirs ? [] : minus(minus(before, left), kept);
  return [...kept, ...back.filter(({ alias }) => !kept.some((other) => other.alias === alias))];
}

/** The mappings in the order of those that are there, each that came back where its model stands. */
function inOrder(models: readonly ModelMapping[], now: readonly ModelMapping[]): ModelMapping[] {
  const placeOf = (model: ModelMapping): number => {
    const same = now.indexOf(model);
    const place = same < 0 ? now.findIndex((other) => upstreamOf(other) === upstreamOf(model)) : same;
    return place < 0 ? now.length : place;
  };
  return models.toSorted((a, b) => placeOf(a) - placeOf(b));
}
