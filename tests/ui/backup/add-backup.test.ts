import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createHandlers } from '../../../src/worker/handlers';
import { createClient } from '../../../src/contract/client';
import { MESSAGES } from '../../../src/contract/messages';
import { createRouter } from '../../../src/contract/router';
import { listItems, type BackupItems } from '../../../src/core/backup/items';
import { maskKey } from '../../../src/core/mask';
import { DEFAULT_UNIT } from '../../../src/core/accounts/quota';
import { readBackup, readSealed } from '../../../src/core/backup/read-backup';
import type { Settings } from '../../../src/core/view/settings';
import { emptySaved } from '../../../src/storage/empty';
import { sealing } from '../../../src/platform/sealing';
import type { Account, Saved } from '../../../src/storage/schema';
import { addBackup } from '../../../src/ui/backup/add-backup';
import { stateOf } from '../../../src/ui/backup/use-backup-file';
import { createViewStore } from '../../../src/ui/view-store';
import { exportBackup } from '../../../src/workflows/backup/export-backup';
import { readNewApis } from '../../../src/workflows/new-api/keep-new-apis';
import { readView } from '../../../src/workflows/view/read-view';
import type { Ports } from '../../../src/workflows/ports';
import { must } from '../../workflows/scene';
import { testPorts } from '../../workflows/test-ports';
import { settings } from '../samples';

const PASSPHRASE = 'correct horse';
/** Every secret begins so, and nothing else does. */
const MARK = 'Sekret';

const secret = fc.stringMatching(/^[A-Za-z0-9]{12,30}$/).map((text) => `${MARK}-${text}`);
const host = fc.constantFrom('r1.example', 'r2.example:8443', '127.0.0.1:3000', 'sub.r3.example');
const anyName = fc.constantFrom('', 'Hoshi', '星站', 'Hoshi "two"', 'a · b');
const note = fc.option(fc.record({ name: anyName, note: secret }), { nil: undefined });

const anyAccount = fc.record({
  host,
  name: anyName,
  userId: fc.constantFrom('', '1', '42'),
  accessToken: secret,
});
const anyKey = fc.record({
  relayName: anyName,
  baseUrl: fc
    .tuple(host, fc.constantFrom('', '/v1', '/v1/', '/openai?k=', '/#k='), fc.boolean(), secret)
    .map(([at, path, user, word]) => {
      const tail = path.endsWith('=') ? path + word : path;
      return `https://${user ? `me:${word}@` : ''}${at}${tail}`;
    }),
  text: secret,
  label: note,
});

/** What is kept in the beginning, as work at one CLIProxyAPI sees it. */
function nothingSaved(): Saved {
  const { proxies: _proxies, ...shared } = emptySaved();
  return { ...shared, proxyId: 'first', connection: null, cards: {}, elsewhere: [] };
}

/** What is kept: accounts and keys as the workflows would have kept them, no two the same. */
const kept = fc
  .record({
    theme: fc.constantFrom<Settings['theme']>('system', 'light', 'dark'),
    accounts: fc.uniqueArray(anyAccount, {
      maxLength: 5,
      selector: (one) => `${one.host} ${one.userId || one.accessToken}`,
    }),
    keys: fc.uniqueArray(anyKey, { maxLength: 6, selector: ({ text }) => text }),
    listed: note,
  })
  .map(({ theme, accounts, keys, listed }): Saved => ({
    ...nothingSaved(),
    settings: settings({
      theme,
      skipWhenOnlyAdds: true,
      told: ['cherry-studio'],
      sites: { nextchat: 'https://chat.example' },
      rules: ['lower-case'],
    }),
    connection: {
      address: 'http://localhost:8317/v0/management',
      remember: 'device',
      managementKey: `${MARK}-management`,
      refusals: { count: 0, at: 0 },
      halted: null,
      seen: null,
      version: null,
    },
    accounts: accounts.map((one, at): Account => ({
      id: `account-${at}`,
      family: 'new-api',
      name: one.name,
      siteUrl: `https://${one.host}`,
      accessToken: one.accessToken,
      userId: one.userId,
      unit: DEFAULT_UNIT,
      balance: null,
      refreshedAt: null,
      failure: null,
      keys: [],
      more: false,
    })),
    keys: keys.map(({ relayName, baseUrl, text }, at) => ({
      id: `key-${at}`,
      relayName,
      baseUrl,
      text,
      addedAt: at,
    })),
    labels: {
      ...Object.fromEntries(keys.flatMap(({ label }, at) => (label ? [[`key-${at}`, label]] : []))),
      ...(listed && { 'account-0/7': listed }),
    },
  }));

/** A world that keeps this, and may reach nobody: accounts stay unread. */
async function worldWith(document?: Saved): Promise<Ports> {
  const ports = testPorts(undefined, {
    hosts: { granted: async () => false, list: async () => [], revoke: async () => false },
  });
  if (document)
    must(await ports.saved.change((empty) => void Object.assign(empty, structuredClone(document))));
  return ports;
}

/** The page's side of a world: real client, router and handlers, JSON between them. */
function pageOf(ports: Ports) {
  const { handlers } = createHandlers(ports);
  const route = createRouter(handlers, MESSAGES);
  const clone = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;
  const ask = createClient(async (message) => clone(await route(clone(message))));
  const view = createViewStore(ask, ask, {
    onPulse: () => () => undefined,
    onWorkerStopped: () => () => undefined,
  });
  const page = { requestHosts: async () => false } as never;
  return { ask, view, page };
}

/** What a page knows of what is here. */
const hereAt = async (ports: Ports): Promise<Parameters<typeof listItems>[1]> => ({
  ...must(await readView(ports)),
  newApis: must(await readNewApis(ports)),
});

async function importInto(ports: Ports, backup: BackupItems) {
  const context = pageOf(ports);
  await context.view.load();
  const keys = backup.keys.filter(({ text }) => text);
  const verdicts = must(
    await context.ask('keys.add', {
      keys: keys.map(({ name, baseUrl, text }) => ({ relayName: name, baseUrl, key: text })),
      dry: true,
    }),
  );
  const items = listItems(backup, await hereAt(ports), verdicts.map(stateOf));
  const chosen = items.filter(({ state }) => state.kind === 'new');
  return { items, chosen, added: await addBackup(context, chosen) };
}

async function unseal(text: string, passphrase = PASSPHRASE): Promise<BackupItems> {
  const file = must(readBackup(text));
  if (file.kind !== 'sealed') throw new Error('not sealed');
  const opened = await sealing.open(
    await sealing.derive(passphrase, file.salt, file.iterations),
    file.sealed,
  );
  return must(readSealed(opened!));
}

const sorted = <T>(items: readonly T[]): string[] => items.map((item) => JSON.stringify(item)).sort();
const accountsOf = ({ accounts }: Saved) =>
  sorted(accounts.map(({ name, siteUrl, userId, accessToken }) => ({ name, siteUrl, userId, accessToken })));
const keysOf = ({ keys }: Saved) =>
  keys.map(({ relayName, baseUrl, text }) => ({ relayName, baseUrl, text }));
const labelsOf = ({ keys, labels }: Saved) => keys.map(({ id }) => labels[id] ?? null);

describe('a backup with secrets', () => {
  test('brings the same accounts, keys and settings into an empty KeyFerry', async () => {
    await fc.assert(
      fc.asyncProperty(kept, async (before) => {
        const text = must(await exportBackup(await worldWith(before), PASSPHRASE, 10));
        expect(text).not.toContain(MARK);
        const ports = await worldWith();
        await importInto(ports, await unseal(text));
        const after = must(await ports.saved.read());
        expect(accountsOf(after)).toEqual(accountsOf(before));
        expect(keysOf(after)).toEqual(keysOf(before));
        expect(labelsOf(after)).toEqual(labelsOf(before));
        // Where keys are sent, and what is shown before, is not for a file to set: this one may be somebody else's.
        const own = { skipWhenOnlyAdds: false, told: [], sites: {} };
        expect(after.settings).toEqual({ ...before.settings, ...own });
        expect(after.connection).toBeNull();
      }),
      { numRuns: 60 },
    );
  });

  test('adds nothing and changes nothing where it came from', async () => {
    await fc.assert(
      fc.asyncProperty(kept, async (before) => {
        const ports = await worldWith(before);
        const backup = await unseal(must(await exportBackup(ports, PASSPHRASE, 10)));
        const { items, added } = await importInto(ports, { ...backup, settings: null });
        expect(items.filter(({ thing, state }) => thing.kind === 'key' && state.kind !== 'here')).toEqual([]);
        expect(Object.values(added.states).filter(({ kind }) => kind === 'added')).toEqual([]);
        expect(must(await ports.saved.read())).toEqual(before);
      }),
      { numRuns: 40 },
    );
  });

  test('does not open with another passphrase', async () => {
    const text = must(await exportBackup(await worldWith(), PASSPHRASE, 10));
    const file = must(readBackup(text));
    if (file.kind !== 'sealed') throw new Error('not sealed');
    const key = await sealing.derive('battery staple', file.salt, file.iterations);
    expect(await sealing.open(key, file.sealed)).toBeUndefined();
    expect(must(readBackup(must(await exportBackup(await worldWith(), PASSPHRASE))))).toMatchObject({
      iterations: 600_000,
    });
  });

  test('holds neither the connection nor cards, journal or what lives for the session', async () => {
    const ports = await worldWith(fc.sample(kept, { numRuns: 1, seed: 3 })[0]);
    must(await ports.saved.change((document) => void (document.cards['key-0'] = CARD)));
    const file = must(readBackup(must(await exportBackup(ports, PASSPHRASE, 10))));
    if (file.kind !== 'sealed') throw new Error('not sealed');
    const opened = await sealing.open(await sealing.derive(PASSPHRASE, file.salt, 10), file.sealed);
    expect(Object.keys(JSON.parse(opened!) as object)).toEqual(['settings', 'accounts', 'keys', 'labels']);
    expect(opened).not.toContain(`${MARK}-management`);
  });
});

const CARD = {
  kind: 'interrupted',
  importId: 'i1',
  finding: 'unread',
  root: 'http://localhost:8317',
  at: 0,
} as const;

describe('a backup without secrets', () => {
  test('has no secret text in it, wherever one stood', async () => {
    await fc.assert(
      fc.asyncProperty(kept, async (before) => {
        const text = must(await exportBackup(await worldWith(before), undefined));
        for (const { text: whole } of before.keys) expect(text).not.toContain(whole.slice(8, -4));
        // Of a key its first seven signs may be shown, which hold the mark itself.
        expect(text.replaceAll(/"mask": ?"[^"]*"/g, '')).not.toContain(MARK);
      }),
      { numRuns: 100 },
    );
  });

  test('says of each account and key that it needs its secret, and of those that are here that they are', async () => {
    await fc.assert(
      fc.asyncProperty(kept, async (before) => {
        const origin = await worldWith(before);
        const file = must(readBackup(must(await exportBackup(origin, undefined))));
        if (file.kind !== 'items') throw new Error('sealed');
        const { accounts, keys, settings: read } = file.items;
        expect(read).toEqual(before.settings);
        expect(accounts.map(({ accessToken }) => accessToken)).toEqual(before.accounts.map(() => ''));
        expect(keys.map(({ text, mask }) => [text, mask])).toEqual(
          before.keys.map(({ text }) => ['', maskKey(text)]),
        );
        const elsewhere = listItems(file.items, await hereAt(await worldWith()), []);
        const states = elsewhere
          .filter(({ thing }) => thing.kind !== 'settings')
          .map(({ state }) => state.kind);
        expect(states.filter((kind) => kind !== 'needs-secret' && kind !== 'here')).toEqual([]);
        const here = listItems(file.items, await hereAt(origin), []);
        for (const { thing, state } of here) {
          const known = thing.kind === 'key' || (thing.kind === 'account' && thing.account.userId !== '');
          if (known) expect(state).toEqual({ kind: 'here' });
        }
      }),
      { numRuns: 40 },
    );
  });
});

test('an account that is refused, or here after all, says so, and the others are added', async () => {
  const ports = await worldWith();
  const account = {
    name: 'A',
    siteUrl: 'https://r1.example',
    userId: '',
    accessToken: 'token-1',
    labels: {},
    off: false,
    failure: null,
  };
  const accounts = [
    account,
    { ...account, accessToken: 'zwei Wörter' },
    { ...account, siteUrl: 'https://r2.example' },
  ];
  const backup: BackupItems = { source: 'keyferry', settings: null, accounts, keys: [], newApis: [] };
  await importInto(ports, { ...backup, accounts: [account] });
  const context = pageOf(ports);
  await context.view.load();
  const items = listItems(backup, { accounts: [], keys: [], newApis: [] }, []).map((item) => ({
    ...item,
    state: { kind: 'new' as const },
  }));
  const { states, waiting } = await addBackup(context, items);
  expect(Object.values(states)).toEqual([
    { kind: 'here' },
    { kind: 'unusable', failure: { code: 'bad-token' } },
    { kind: 'added' },
  ]);
  // The new one may not be reached yet, and says why on its own page.
  expect(waiting).toBe(1);
});

test('a New API is kept with its token, once; without a token it asks for it, unless it is here', async () => {
  const ports = await worldWith();
  const newApi = { name: 'Mine', siteUrl: 'https://n1.example/', userId: '1', accessToken: 'token-1' };
  const backup: BackupItems = {
    source: 'keyferry',
    settings: null,
    accounts: [],
    keys: [],
    newApis: [newApi],
  };
  const { added } = await importInto(ports, backup);
  expect(added.states).toEqual({ 'new-api 0': { kind: 'added' } });
  expect(must(await ports.saved.read()).newApis).toMatchObject([
    { name: 'Mine', siteUrl: 'https://n1.example', userId: '1', accessToken: 'token-1' },
  ]);
  const bare = { ...backup, newApis: [{ ...newApi, accessToken: '' }] };
  expect(listItems(bare, await hereAt(ports), [])).toMatchObject([{ state: { kind: 'here' } }]);
  expect(listItems(bare, await hereAt(await worldWith()), [])).toMatchObject([
    { state: { kind: 'needs-secret' } },
  ]);
  // Told as new all the same, the worker knows better.
  const items = listItems(backup, { accounts: [], keys: [], newApis: [] }, []);
  expect((await addBackup(pageOf(ports), items)).states).toEqual({ 'new-api 0': { kind: 'here' } });
});
