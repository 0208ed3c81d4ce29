import { expect, test } from 'vitest';
import type { ChannelRecord, JournalRecord, ProviderRecord } from '../../../src/storage/journal-schema';
import { findImport, openRecords, updateRecord, updateRecords } from '../../../src/workflows/history/journal';
import { readHistory } from '../../../src/workflows/view/read-history';
import type { Ports } from '../../../src/workflows/ports';
import { must } from '../scene';
import { testPorts } from '../test-ports';

const DAY = 24 * 60 * 60 * 1000;
const NOW = 1_800_000_000_000;

const envelope = (id: string) => ({
  id,
  at: NOW,
  batch: null,
  key: { id: null, name: id, mask: '' },
  undoneAt: null,
  phase: 'done' as const,
});

const provider = (id: string, more: Partial<ProviderRecord> = {}): ProviderRecord => ({
  about: 'provider',
  ...envelope(id),
  action: 'import',
  changes: [],
  undoes: null,
  keyIds: [],
  relayName: 'r',
  proxyRoot: 'http://localhost:8317',
  list: 'openai-compatibility',
  providerName: 'p',
  place: null,
  alike: 1,
  before: null,
  after: '{}',
  planHash: 'h',
  draft: null,
  draftTrimmed: false,
  served: null,
  total: null,
  tookMs: null,
  ...more,
});

const channel = (id: string, more: Partial<ChannelRecord> = {}): ChannelRecord => ({
  about: 'channel',
  ...envelope(id),
  action: 'edit',
  changes: [],
  newApiId: 'n',
  siteUrl: 'https://n.example',
  channelId: 1,
  channelName: 'c',
  above: 0,
  before: {},
  after: {},
  foundBy: null,
  linked: false,
  ...more,
});

const portsAt = (now = NOW): Ports => {
  const ports = testPorts();
  return { ...ports, clock: { ...ports.clock, now: () => now } };
};
const idsIn = async ({ journal }: Ports): Promise<string[]> =>
  must(await journal.read()).records.map(({ id }) => id);

async function holding(ports: Ports, records: JournalRecord[]): Promise<Ports> {
  must(await ports.journal.change((journal) => void (journal.records = records)));
  return ports;
}

test('records are added before all others', async () => {
  const ports = await holding(portsAt(), [channel('old')]);
  must(await openRecords(ports, [provider('a'), provider('b')]));
  expect(await idsIn(ports)).toEqual(['a', 'b', 'old']);
});

test('a closed record is forgotten after a week, an open one never', async () => {
  const old = { at: NOW - 7 * DAY };
  const ports = await holding(portsAt(), [
    provider('young', { at: NOW - 6 * DAY }),
    provider('closed', old),
    provider('written', { ...old, phase: 'written' }),
    channel('closed too', { ...old, phase: 'needs-look' }),
    channel('writing', { ...old, phase: 'writing' }),
  ]);
  must(await openRecords(ports, [channel('new', { phase: 'writing' })]));
  expect(await idsIn(ports)).toEqual(['new', 'young', 'written', 'writing']);
});

test.each<[string, () => JournalRecord[], (id: string) => JournalRecord, number]>([
  [
    'channels, many small ones',
    () => Array.from({ length: 3_000 }, (_, at) => channel(`f${at}`)),
    provider,
    2_000,
  ],
  [
    'channels, large ones',
    () =>
      Array.from({ length: 60 }, (_, at) => channel(`f${at}`, { after: { models: 'm'.repeat(100_000) } })),
    provider,
    27,
  ],
  [
    'providers, large ones',
    () =>
      Array.from({ length: 60 }, (_, at) => provider(`f${at}`, { after: `{"x":"${'m'.repeat(100_000)}"}` })),
    channel,
    27,
  ],
])('a flood of %s does not push out the other kind, nor what is open', async (_name, flood, rare, fits) => {
  const [newest, ...older] = flood();
  if (!newest) throw new Error('a flood has records');
  const ports = await holding(portsAt(), [
    ...older,
    { ...newest, id: 'open', phase: 'writing' },
    rare('rare'),
  ]);
  must(await openRecords(ports, [{ ...newest, phase: 'writing' }]));
  const ids = await idsIn(ports);
  expect(ids.slice(-2)).toEqual(['open', 'rare']);
  expect(ids).toHaveLength(fits + 2);
  // The newest stay.
  expect(ids.slice(0, 2)).toEqual(['f0', 'f1']);
});

test('a secret is forgotten with the last record that names it', async () => {
  const print = (char: string): string => char.repeat(24);
  const ports = await holding(portsAt(), [
    provider('old', { at: NOW - 8 * DAY, after: `{"api-key":"secret:${print('a')}"}` }),
    provider('young', { before: `{"api-key":"secret:${print('b')}"}` }),
  ]);
  must(await openRecords(ports, [], { [print('a')]: 'sk-a', [print('b')]: 'sk-b' }));
  expect(must(await ports.journal.read()).secrets).toEqual({ [print('b')]: 'sk-b' });
});

test('records are noted by their ids; one that was dropped meanwhile is passed over', async () => {
  const ports = await holding(portsAt(), [provider('a'), channel('b'), channel('c')]);
  must(
    await updateRecords(
      ports,
      new Map([
        ['b', { phase: 'needs-look' as const }],
        ['gone', { phase: 'done' as const }],
      ]),
    ),
  );
  must(await updateRecord(ports, 'a', { served: 3 }));
  expect(must(await ports.journal.read()).records).toEqual([
    provider('a', { served: 3 }),
    channel('b', { phase: 'needs-look' }),
    channel('c'),
  ]);
});

test('an import is found among the records of providers only', async () => {
  const ports = await holding(portsAt(), [channel('a'), provider('b')]);
  expect(await findImport(ports, 'a')).toBeUndefined();
  expect(await findImport(ports, 'b')).toEqual(provider('b'));
});

test('History shows all writes by time, and a write to a channel that was cut off as one that wants a look', async () => {
  const ports = await holding(portsAt(NOW + 5 * 60_000), [
    channel('cut off', { phase: 'writing' }),
    provider('newest', { at: NOW + 60_000, phase: 'writing' }),
    channel('oldest', { at: NOW - 1 }),
  ]);
  expect(must(await readHistory(ports))).toMatchObject([
    { about: 'provider', keyName: 'newest', phase: 'writing', proxyHost: 'localhost:8317' },
    { about: 'channel', keyName: 'cut off', phase: 'needs-look', host: 'n.example', undoable: false },
    // The New API is forgotten: nothing can be undone there.
    { about: 'channel', keyName: 'oldest', phase: 'done', undoable: false },
  ]);
});
