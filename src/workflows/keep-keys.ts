import { hostOf, parseHttpUrl, relayIdentity } from '../core/base-url';
import { bareKey, parseKeyText, sameKey } from '../core/key-text';
import type { KeyVerdict } from '../core/key-verdict';
import { OPTIONAL_PREFIX } from '../core/relay-family';
import { fail, ok, type Result } from '../core/result';
import type { Kept, ManualKey } from '../storage/schema';
import { allKeys } from './find-key';
import type { World } from './world';

type Needs = Pick<World, 'kept' | 'passing' | 'ids' | 'clock' | 'pulse'>;

export interface KeyInput {
  relayName: string;
  baseUrl: string;
  key: string;
}

/** Keeps one key entered by hand, on the device. The same key at the same relay is refused as known. */
export async function addKey(world: Needs, input: KeyInput): Promise<Result<string>> {
  const key = newKey(input, world.ids.next(), world.clock.now());
  if (!key.ok) return key;
  const { id, baseUrl, text } = key.value;
  const kept = await world.kept.read();
  if (!kept.ok) return kept;
  const same = kept.value.keys.find(
    (other) =>
      relayIdentity(other.baseUrl) === relayIdentity(baseUrl) && sameKey(other.text, text, OPTIONAL_PREFIX),
  );
  if (same) return fail({ code: 'duplicate', name: same.relayName || hostOf(baseUrl) });
  const added = await world.kept.change((document) => {
    document.keys.unshift(key.value);
  });
  if (!added.ok) return added;
  await world.pulse.changed();
  return ok(id);
}

/**
 * Keeps several keys by one write and says of each, in order, what became of it; with `dry` nothing is written. A key is
 * known if it was entered by hand, if an account lists it and its text was seen since the browser started, or if it
 * stands in the list before.
 */
export async function addKeys(
  world: Needs,
  inputs: readonly KeyInput[],
  dry: boolean,
): Promise<Result<KeyVerdict[]>> {
  const passing = await world.passing.read();
  if (!passing.ok) return passing;
  const verdicts: KeyVerdict[] = [];
  const decide = (document: Kept): void => {
    const known = knownKeys(document, passing.value.revealed);
    const added = inputs.flatMap((input) => {
      const key = newKey(input, world.ids.next(), world.clock.now());
      const place = key.ok ? placeOf(key.value.baseUrl, key.value.text) : '';
      const name = known.get(place);
      if (!key.ok) verdicts.push({ kind: 'refused', failure: key.failure });
      else verdicts.push(name === undefined ? { kind: 'added' } : { kind: 'known', name });
      if (!key.ok || name !== undefined) return [];
      known.set(place, key.value.relayName || hostOf(key.value.baseUrl));
      return [key.value];
    });
    if (!dry) document.keys.unshift(...added);
  };
  if (dry) {
    const kept = await world.kept.read();
    if (!kept.ok) return kept;
    decide(kept.value);
    return ok(verdicts);
  }
  const added = await world.kept.change(decide);
  if (!added.ok) return added;
  await world.pulse.changed();
  return ok(verdicts);
}

/** One text for all spellings of a key at one relay (`sameKey`). */
const placeOf = (baseUrl: string, text: string): string =>
  `${relayIdentity(baseUrl)} ${bareKey(text, OPTIONAL_PREFIX)}`;

/** The names of all keys whose texts are here. */
function knownKeys(kept: Kept, revealed: Record<string, string>): Map<string, string> {
  const texts = new Map([
    ...Object.entries(revealed),
    ...kept.keys.map(({ id, text }) => [id, text] as const),
  ]);
  return new Map(
    allKeys(kept).flatMap(({ id, address, name }) => {
      const text = texts.get(id);
      return text ? [[placeOf(address, text), name] as const] : [];
    }),
  );
}

/** A key from what was typed or stands in a backup. */
export function newKey(input: KeyInput, id: string, addedAt: number): Result<ManualKey> {
  const text = parseKeyText(input.key);
  if (!text.ok) return text;
  const typed = input.baseUrl.trim();
  const url = parseHttpUrl(typed);
  if (!url) return fail({ code: 'bad-url', text: typed.slice(0, 80) });
  const baseUrl = /^https?:\/\//i.test(typed) ? typed : url.href;
  return ok({ id, relayName: input.relayName.trim(), baseUrl, text: text.value, addedAt });
}

/** Forgets a key here. What was imported stays in CLIProxyAPI. */
export async function removeKey(world: Needs, keyId: string): Promise<Result<true>> {
  const removed = await world.kept.change((document) => {
    document.keys = document.keys.filter((key) => key.id !== keyId);
    delete document.cards[keyId];
    delete document.labels?.[keyId];
  });
  if (!removed.ok) return removed;
  await world.pulse.changed();
  return ok(true);
}
