import { hostOf, relayIdentity } from '../../core/base-url';
import { bareKey } from '../../core/key-text';
import { parseKeyText } from '../../core/parse-key-text';
import type { KeyVerdict } from '../../core/accounts/key-verdict';
import { OPTIONAL_PREFIX, type RelayFamily } from '../../core/accounts/relay-family';
import { fail, ok, type Result } from '../../core/failures/result';
import { typedAddress } from '../../core/typed-address';
import type { Saved, ManualKey } from '../../storage/schema';
import { allKeys } from './find-key';
import { changeAndNotify } from '../change-and-notify';
import { forgetSecrets } from '../forget-secrets';
import type { Ports } from '../ports';

type Needs = Pick<Ports, 'saved' | 'session' | 'ids' | 'clock' | 'pages'>;

export interface KeyInput {
  relayName: string;
  baseUrl: string;
  key: string;
  /** What its relay was recognised as. */
  relay?: RelayFamily | undefined;
}

/** Saves one key entered by hand on the device. The same key at the same relay fails with `duplicate`. */
export async function addKey(ports: Needs, input: KeyInput): Promise<Result<string>> {
  const judged = await keepKeys(ports, [input], false);
  if (!judged.ok) return judged;
  const [verdict] = judged.value.verdicts;
  if (verdict?.kind === 'refused') return fail(verdict.failure);
  if (verdict?.kind === 'known') return fail({ code: 'duplicate', name: verdict.name });
  return ok(judged.value.added[0]?.id ?? '');
}

/**
 * Saves several keys with one write and returns a verdict on each, in order; `dry` writes nothing. A key is known if it
 * was entered by hand, if an account lists it and its text was seen since the browser started, or if it is already among
 * `inputs`.
 */
export async function addKeys(
  ports: Needs,
  inputs: readonly KeyInput[],
  dry: boolean,
): Promise<Result<KeyVerdict[]>> {
  const judged = await keepKeys(ports, inputs, dry);
  return judged.ok ? ok(judged.value.verdicts) : judged;
}

interface Judged {
  verdicts: KeyVerdict[];
  added: ManualKey[];
}

async function keepKeys(ports: Needs, inputs: readonly KeyInput[], dry: boolean): Promise<Result<Judged>> {
  const [saved, session] = [await ports.saved.read(), await ports.session.read()];
  if (!saved.ok) return saved;
  if (!session.ok) return session;
  const judge = (document: Saved): Judged => {
    const known = knownKeys(document, session.value.revealed);
    const added: ManualKey[] = [];
    const verdicts = inputs.map((input): KeyVerdict => {
      const key = newKey(input, ports.ids.next(), ports.clock.now());
      if (!key.ok) return { kind: 'refused', failure: key.failure };
      const place = placeOf(key.value.baseUrl, key.value.text);
      const name = known.get(place);
      if (name !== undefined) return { kind: 'known', name };
      known.set(place, key.value.relayName || hostOf(key.value.baseUrl));
      added.push(key.value);
      return { kind: 'added' };
    });
    return { verdicts, added };
  };
  const judged = judge(saved.value);
  if (dry || judged.added.length === 0) return ok(judged);
  const written = await ports.saved.change((document) => {
    const now = judge(document);
    document.keys.unshift(...now.added);
    return now;
  });
  if (written.ok) await ports.pages.notify();
  return written;
}

/** One text for all spellings of a key at one relay (`sameKey`). */
const placeOf = (baseUrl: string, text: string): string =>
  `${relayIdentity(baseUrl)} ${bareKey(text, OPTIONAL_PREFIX)}`;

/** The names of all keys whose texts are known, by place. */
function knownKeys(saved: Saved, revealed: Record<string, string>): Map<string, string> {
  const texts = new Map([
    ...Object.entries(revealed),
    ...saved.keys.map(({ id, text }) => [id, text] as const),
  ]);
  return new Map(
    allKeys(saved).flatMap(({ id, address, name }) => {
      const text = texts.get(id);
      return text ? [[placeOf(address, text), name] as const] : [];
    }),
  );
}

/** A key from what was typed or read from a backup. */
export function newKey(input: KeyInput, id: string, addedAt: number): Result<ManualKey> {
  const text = parseKeyText(input.key);
  if (!text.ok) return text;
  const typed = input.baseUrl.trim();
  const url = typedAddress(typed);
  if (!url.ok) return url;
  const baseUrl = /^https?:\/\//i.test(typed) ? typed : url.value.href;
  return ok({
    id,
    relayName: input.relayName.trim(),
    baseUrl,
    text: text.value,
    addedAt,
    ...(input.relay && { relay: input.relay }),
  });
}

/** Forgets a key here, also in History. What was imported stays in CLIProxyAPI. */
export async function removeKey(ports: Needs & Pick<Ports, 'journal'>, keyId: string): Promise<Result<true>> {
  const texts: string[] = [];
  const removed = await changeAndNotify(ports, ports.saved, (document) => {
    texts.push(...document.keys.filter(({ id }) => id === keyId).map(({ text }) => text));
    document.keys = document.keys.filter(({ id }) => id !== keyId);
    for (const cards of [document.cards, ...document.elsewhere]) delete cards[keyId];
    delete document.labels[keyId];
  });
  return removed.ok ? forgetSecrets(ports, texts) : removed;
}
