import { describe, expect, test } from 'vitest';
import { isMasked } from '../../src/core/mask';
import type { RelayFamily } from '../../src/core/accounts/relay-family';
import { fetchHttp } from '../../src/platform/fetch-http';
import type { Http } from '../../src/ports/http';
import { REVEALS } from '../../src/relays/reveal-table';
import type { Credentials, KeyDraft, Relay } from '../../src/relays/relay';
import { RELAYS } from '../../src/relays/table';
import type { Exchange } from './recordings.ts';
import { startReplayer, type Replayer } from './replayer.ts';
import { KEY_EDITS } from '../../src/relays/edits-table';

type Account = Omit<Credentials, 'siteUrl'>;

/** One family in front of one recorded server. */
export interface Contract {
  family: RelayFamily;
  server: string;
  /** How the server takes queries for equal. */
  query: (params: URLSearchParams, path: string) => URLSearchParams;
  /** An account whose site, balance and keys were recorded. */
  reading: { steps: Exchange[]; account: Account; systemName: string; balance: number; count: number };
  /** Whether the list shows whole keys. */
  whole: boolean;
  /** A key whose text can be had, and one that is not there. */
  reveal: { steps: Exchange[]; account: Account; id: number; text: string; missing: Exchange };
  wrongToken: { steps: Exchange[]; account: Account };
  /** Undefined: no banned user was recorded. */
  banned?: { steps: Exchange[]; account: Account };
  create: { script: Exchange[]; draft: KeyDraft; id: number };
  switching: { off: Exchange[]; on: Exchange[]; id: number };
  remove: { done: Exchange; again: Exchange; id: number };
}

/** What every family promises, whatever server is behind it. */
export function contractSuite(contract: Contract): void {
  const relay: Relay = RELAYS[contract.family];
  const edits = KEY_EDITS[contract.family];
  const serve = async (steps: readonly Exchange[], account: Account) => {
    const replayer = await startReplayer(steps, contract.query);
    return { replayer, credentials: { ...account, siteUrl: replayer.origin } };
  };
  const read = async (part: { steps: Exchange[]; account: Account }, more: Partial<Account> = {}) => {
    const { replayer, credentials } = await serve(part.steps, { ...part.account, ...more });
    return { replayer, reading: await relay.readAccount(fetchHttp, credentials) };
  };
  /** Only what was recorded was asked, and never for a new access token. */
  const wasKind = ({ unknown, calls }: Replayer): void => {
    expect(unknown).toEqual([]);
    expect(calls.filter(({ path }) => /\/api\/user\/token|auth\/refresh/.test(path))).toEqual([]);
  };
  const { reading: recorded } = contract;

  describe(`the family ${contract.family} in front of ${contract.server}`, () => {
    test('reads site, balance and every key once, newest first', async () => {
      const { replayer, reading } = await read(recorded);
      wasKind(replayer);
      expect(reading).toMatchObject({ ok: true, value: { systemName: recorded.systemName, more: false } });
      if (!reading.ok) return;
      expect(reading.value.balance).toBe(recorded.balance);
      const ids = reading.value.keys.map(({ remoteId }) => remoteId);
      expect(ids).toEqual(Array.from({ length: recorded.count }, (_, index) => recorded.count - index));
    });

    test('shows of every key a mask, and its text only where the list gives it, ready for use', async () => {
      const { reading } = await read(recorded);
      const keys = reading.ok ? reading.value.keys : [];
      expect(keys.every(({ mask }) => isMasked(mask))).toBe(true);
      expect(keys.every(({ text }) => (text !== undefined) === contract.whole)).toBe(true);
      expect(keys.every(({ text = 'sk-' }) => text.startsWith('sk-') && !isMasked(text))).toBe(true);
      expect(keys.some(({ text, mask }) => text !== undefined && mask.includes(text.slice(3, 20)))).toBe(
        false,
      );
    });

    test('asks the site who it is before it says who asks', async () => {
      const { replayer } = await read(recorded);
      const [first, ...others] = replayer.calls;
      expect(first?.headers['authorization']).toBeUndefined();
      expect(Object.keys(first?.headers ?? {}).filter((name) => /user(?!-agent)/.test(name))).toEqual([]);
      const bearer = `Bearer ${recorded.account.accessToken}`;
      expect(others.every(({ headers }) => headers['authorization'] === bearer)).toBe(true);
    });

    test('gives the text of a key, and the words of the relay for one that is not there', async () => {
      const { reveal } = contract;
      const { replayer, credentials } = await serve(reveal.steps, reveal.account);
      const one = await REVEALS[contract.family](fetchHttp, credentials, [reveal.id]);
      expect(one.ok && [...one.value]).toEqual([[reveal.id, reveal.text]]);
      expect((await REVEALS[contract.family](fetchHttp, credentials, [])).ok).toBe(true);
      wasKind(replayer);
      const gone = await serve([reveal.missing], reveal.account);
      expect(await REVEALS[contract.family](fetchHttp, gone.credentials, [9999])).toMatchObject({
        failure: { code: 'relay-refusal', text: expect.stringMatching(/not found/) as string },
      });
    });

    test('tells a wrong token, and never says it', async () => {
      const { reading } = await read(contract.wrongToken);
      expect(reading).toMatchObject({ ok: false, failure: { code: 'token-refused' } });
      expect(JSON.stringify(reading)).not.toContain(contract.wrongToken.account.accessToken);
    });

    test.each(contract.banned ? [contract.banned] : [])(
      'does not blame the token of a banned user',
      async (banned) => {
        const { reading } = await read(banned);
        expect(reading).toMatchObject({ failure: { code: 'relay-refusal' } });
      },
    );

    test('makes a key and says which it is', async () => {
      const { script, draft, id } = contract.create;
      const { replayer, credentials } = await serve([], recorded.account);
      replayer.script(...script);
      const made = await edits.createKey(fetchHttp, credentials, draft);
      expect(made).toMatchObject({ ok: true, value: { remoteId: id, name: draft.name } });
      wasKind(replayer);
    });

    test.each(['off', 'on'] as const)('switches a key %s', async (to) => {
      const { id } = contract.switching;
      const { replayer, credentials } = await serve([], recorded.account);
      replayer.script(...contract.switching[to]);
      const done = await edits.setKeyEnabled(fetchHttp, credentials, id, to === 'on');
      expect(done).toEqual({ ok: true, value: true });
      wasKind(replayer);
    });

    test('deletes a key, and is refused the second time', async () => {
      const { id, done, again } = contract.remove;
      const { replayer, credentials } = await serve([], recorded.account);
      replayer.script(done, again);
      expect(await edits.deleteKey(fetchHttp, credentials, id)).toEqual({ ok: true, value: true });
      expect(await edits.deleteKey(fetchHttp, credentials, id)).toMatchObject({
        failure: { code: 'relay-refusal' },
      });
    });

    test.each([
      ['a web page', 200, '<!doctype html><title>x</title>'],
      ['a challenge page', 403, '<html>Just a moment...</html>'],
      ['nothing', 500, ''],
      ['a limit', 429, ''],
      ['another shape', 200, '{"success":true,"code":0,"data":{"rows":[]}}'],
      ['a null', 200, 'null'],
      ['half an answer', 200, '{"success":true,"data":[{"id":1'],
      ['a refusal with a 200', 200, '{"success":false,"code":7,"message":"no rights"}'],
    ])('%s instead of the keys is a failure, never an empty list', async (_name, status, text) => {
      const { credentials } = await serve(recorded.steps, recorded.account);
      const answer = { ok: true as const, value: { status, text, header: () => null } };
      const http: Http = {
        send: (request) =>
          /\/(?:token\/|keys)\?/.test(request.url) ? Promise.resolve(answer) : fetchHttp.send(request),
      };
      const reading = await relay.readAccount(http, credentials);
      expect(reading.ok).toBe(false);
      expect(JSON.stringify(reading)).not.toContain(credentials.accessToken);
    });
  });
}
