import { hostOf, parseHttpUrl, relayIdentity } from '../core/base-url';
import { parseKeyText, sameKey } from '../core/key-text';
import { OPTIONAL_PREFIX } from '../core/relay-family';
import { fail, ok, type Result } from '../core/result';
import type { ManualKey } from '../storage/schema';
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
