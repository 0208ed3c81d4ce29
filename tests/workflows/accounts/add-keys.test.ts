import { describe, expect, test } from 'vitest';
import { findKey } from '../../../src/workflows/accounts/find-key';
import { labelKey } from '../../../src/workflows/accounts/edit-keys';
import { addKeys, type KeyInput } from '../../../src/workflows/accounts/keep-keys';
import { revealKey } from '../../../src/workflows/accounts/reveal-key';
import { fakeKey } from '../../fakes/new-api.ts';
import { accountAt, must, RELAY_KEY, scene, SECOND_KEY, type Scene } from '../scene';

const input = (baseUrl: string, key: string, relayName = ''): KeyInput => ({ relayName, baseUrl, key });
const NEW = [
  input('https://a.example/v1', 'sk-new-key-0000000001', 'A'),
  input('b.example', 'Bearer sk-new-key-0000000002'),
];

const stored = (made: Scene): string | undefined => made.device.local.get('keyferry');
const keysOf = async (made: Scene) => must(await made.ports.saved.read()).keys;

describe('several keys', () => {
  test('are kept in their order before those that are there, by one write', async () => {
    const made = await scene();
    let writes = 0;
    let pulses = 0;
    const saved: typeof made.ports.saved = {
      ...made.ports.saved,
      change: (change) => (writes++, made.ports.saved.change(change)),
    };
    const pages = { notify: async () => void pulses++ };
    const verdicts = must(await addKeys({ ...made.ports, saved, pages }, NEW, false));
    expect(verdicts).toEqual([{ kind: 'added' }, { kind: 'added' }]);
    expect({ writes, pulses }).toEqual({ writes: 1, pulses: 1 });
    const keys = await keysOf(made);
    expect(keys).toMatchObject([
      { relayName: 'A', baseUrl: 'https://a.example/v1', text: 'sk-new-key-0000000001' },
      { relayName: '', baseUrl: 'https://b.example/', text: 'sk-new-key-0000000002' },
      { relayName: 'My relay', text: RELAY_KEY },
    ]);
    expect(new Set(keys.map(({ id }) => id)).size).toBe(3);
    expect(stored(made)).toContain('sk-new-key-0000000002');
  });

  test('are only judged when it is a dry run', async () => {
    const made = await scene();
    const before = stored(made);
    expect(must(await addKeys(made.ports, NEW, true))).toEqual([{ kind: 'added' }, { kind: 'added' }]);
    expect(stored(made)).toBe(before);
    expect(await keysOf(made)).toHaveLength(1);
  });

  test.each([true, false])('are told apart: new, known and refused (dry: %s)', async (dry) => {
    const made = await scene();
    const verdicts = must(
      await addKeys(
        made.ports,
        [
          input(`${made.relay.origin}/v1/`, RELAY_KEY.slice(3)),
          ...NEW,
          input('https://A.example:443', 'sk-new-key-0000000001'),
          input('https://b.example/v1', 'new-key-0000000002'),
          input('https://a.example', 'Labt**********0002'),
          input('two words', SECOND_KEY),
          input('https://other.example', RELAY_KEY),
        ],
        dry,
      ),
    );
    expect(verdicts).toEqual([
      { kind: 'known', name: 'My relay' },
      { kind: 'added' },
      { kind: 'added' },
      { kind: 'known', name: 'A' },
      { kind: 'known', name: 'b.example' },
      { kind: 'refused', failure: { code: 'bad-key', reason: 'masked' } },
      { kind: 'refused', failure: { code: 'bad-url', text: 'two words' } },
      { kind: 'added' },
    ]);
    expect(await keysOf(made)).toHaveLength(dry ? 1 : 4);
  });

  test('are known by the name that the user gave them', async () => {
    const made = await scene();
    must(await labelKey(made.ports, made.keyId, { name: 'Work', note: '' }));
    expect(must(await addKeys(made.ports, [input(made.relay.origin, RELAY_KEY)], true))).toEqual([
      { kind: 'known', name: 'Work' },
    ]);
  });

  test('of an account are known once their text was seen, and not before', async () => {
    const made = await scene({ relay: { keys: [{ id: 2, name: 'two', key: fakeKey('two', 2) }] } });
    const account = must(await accountAt(made));
    const ask = async () =>
      must(await addKeys(made.ports, [input(`${made.relay.origin}/v1`, SECOND_KEY)], true));
    expect(await ask()).toEqual([{ kind: 'added' }]);
    must(await revealKey(made.ports, must(await findKey(made.ports, `${account}/2`))));
    expect(await ask()).toEqual([{ kind: 'known', name: 'two' }]);
  });

  test('leave everything as it was when the storage is full', async () => {
    const made = await scene();
    const before = stored(made);
    const full = {
      ...made.ports,
      saved: {
        ...made.ports.saved,
        change: async () => ({ ok: false as const, failure: { code: 'storage-full' as const } }),
      },
    };
    expect(await addKeys(full, NEW, false)).toEqual({ ok: false, failure: { code: 'storage-full' } });
    expect(stored(made)).toBe(before);
  });

  test('tell no text of a key that is stored', async () => {
    const made = await scene();
    const verdicts = await addKeys(made.ports, [input(made.relay.origin, RELAY_KEY.slice(3))], false);
    expect(JSON.stringify(verdicts)).not.toContain(RELAY_KEY.slice(3));
  });
});
