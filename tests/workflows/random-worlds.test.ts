import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BATCH_DEFAULTS } from '../../src/core/batch/batch';
import type { ListName } from '../../src/core/cliproxyapi/lists/list-traits';
import { importBatch } from '../../src/workflows/batch/import-batch';
import { openBatch, planOpenBatch, type Batches } from '../../src/workflows/batch/open-batch';
import { carryOver } from '../../src/workflows/carry-over/carry-over';
import { openCarry, planCarryOver } from '../../src/workflows/carry-over/open-carry';
import { addConnection } from '../../src/workflows/connection/add-connection';
import type { Chosen } from '../../src/workflows/entries/chosen';
import { editEntries } from '../../src/workflows/entries/edit-entries';
import { openEdits } from '../../src/workflows/entries/open-edits';
import type { Bases } from '../../src/workflows/import/open-import';
import type { Ports } from '../../src/workflows/ports';
import { recover } from '../../src/workflows/undo/recover';
import { undoImport } from '../../src/workflows/undo/undo-import';
import {
  startCliproxyapi,
  type CliproxyapiOptions,
  type FakeCliproxyapi,
  type JsonObject,
} from '../fakes/cliproxyapi.ts';
import { fakeKey } from '../fakes/new-api.ts';
import {
  accountAt,
  apply,
  must,
  never,
  nextLife,
  openImport,
  planDialog,
  recordsOf,
  scene,
  stoppingHttp,
  writes,
  type Scene,
} from './scene';
import { clock } from './test-ports';

interface World extends Scene {
  nas: FakeCliproxyapi;
  nasId: string;
}

const LISTS = ['openai-compatibility', 'codex-api-key', 'claude-api-key', 'gemini-api-key'] as const;
type List = (typeof LISTS)[number];

/** What the user does. */
type Deed =
  | { do: 'import'; key: 0 | 1; list: List }
  | { do: 'batch'; list: List }
  | { do: 'edit'; what: 'pause' | 'resume' | 'priority' | 'remove' }
  | { do: 'carry' }
  | { do: 'undo' };
/** What somebody else does when our request of this number arrives. */
interface Other {
  at: number;
  do: 'add' | 'edit' | 'remove' | 'stale';
  list: List;
}
interface Fault {
  at: number;
  do: 'stop' | 'drop-before' | 'drop-after' | 'error' | 'page' | 'revert';
}
interface Step {
  deed: Deed;
  other: Other | null;
  fault: Fault | null;
}

const list = fc.constantFrom(...LISTS);
const step: fc.Arbitrary<Step> = fc.record({
  deed: fc.oneof(
    fc.record({ do: fc.constant('import' as const), key: fc.constantFrom(0, 1), list }),
    fc.record({ do: fc.constant('batch' as const), list }),
    fc.record({
      do: fc.constant('edit' as const),
      what: fc.constantFrom('pause', 'resume', 'priority', 'remove'),
    }),
    fc.record({ do: fc.constant('carry' as const) }),
    fc.record({ do: fc.constant('undo' as const) }),
  ),
  other: fc.option(
    fc.record({ at: fc.nat(9), do: fc.constantFrom('add', 'edit', 'remove', 'stale'), list }),
    { freq: 2 },
  ),
  fault: fc.option(
    fc.record({
      at: fc.nat(7),
      do: fc.constantFrom('stop', 'drop-before', 'drop-after', 'error', 'page', 'revert'),
    }),
    { freq: 2 },
  ),
}) as fc.Arbitrary<Step>;

/** The entries of everybody else, by their keys. */
class Others {
  private last = 0;
  private readonly entries = new Map<List, JsonObject[]>();

  constructor(private readonly proxy: FakeCliproxyapi) {
    for (const name of LISTS) this.entries.set(name, structuredClone(proxy.lists[name]));
  }

  private fresh(name: List): JsonObject {
    const n = ++this.last;
    const base = `https://others-${n}.example`;
    const models = [{ name: `m${n}`, alias: `others-m${n}` }];
    return name === 'openai-compatibility'
      ? {
          name: `others ${n}`,
          'base-url': base,
          'api-key-entries': [{ 'api-key': `sk-others-${n}` }],
          models,
        }
      : { 'api-key': `sk-others-${n}`, 'base-url': base, models };
  }

  /** From a look of the moment, or from an old one: then what came since goes, which is the other's doing. */
  async act({ do: what, list: name }: Other, look: Record<string, JsonObject[]>): Promise<void> {
    const own = this.entries.get(name)!;
    const now = structuredClone(what === 'stale' ? look[name]! : this.proxy.lists[name]);
    const isOwn = (entry: JsonObject) => own.some((one) => idOf(one) === idOf(entry));
    const first = now.find(isOwn);
    let next = now;
    if (what === 'add' || what === 'stale' || !first) next = [...now, this.fresh(name)];
    else if (what === 'remove') next = now.filter((entry) => entry !== first);
    else next = now.map((entry) => (entry === first ? { ...entry, priority: ++this.last } : entry));
    this.entries.set(
      name,
      structuredClone(next.filter((entry) => isOwn(entry) || idOf(entry).includes('others-'))),
    );
    await this.proxy.setLists(name, next);
  }

  /** All of it, as they left it. */
  expectKept(): void {
    for (const name of LISTS)
      for (const where of [this.proxy.lists, this.proxy.savedLists]) {
        const there = where[name].filter((entry) => !isOurs(entry));
        expect(there.map(said), name).toEqual(this.entries.get(name)!.map(said));
      }
  }
}

const idOf = (entry: JsonObject): string =>
  JSON.stringify([
    entry['api-key'],
    (entry['api-key-entries'] as JsonObject[] | undefined)?.map((key) => key['api-key']),
  ]);
/** What an entry says: servers show what it does not have as null or empty. */
function said(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(said);
  if (typeof value !== 'object' || value === null) return value;
  const pairs = Object.entries(value)
    .filter(([name]) => name !== 'auth-index')
    .map(([name, item]) => [name, said(item)] as const)
    .filter(
      ([, item]) =>
        ![null, '', false].includes(item as null) &&
        JSON.stringify(item) !== '[]' &&
        JSON.stringify(item) !== '{}',
    );
  return Object.fromEntries(pairs.toSorted(([x], [y]) => x.localeCompare(y)));
}
const OURS = [fakeKey('one', 1), fakeKey('two', 2), 'sk-nas-'];
/** What another CLIProxyAPI of the user has, and this one has not. */
const NAS = {
  providers: [
    {
      name: 'nas',
      'base-url': 'https://nas.example/v1',
      'api-key-entries': [{ 'api-key': 'sk-nas-1' }, { 'api-key': 'sk-nas-2', weight: 2 }],
      models: [{ name: 'n1', alias: 'nas-n1' }],
    },
  ],
  lists: {
    'codex-api-key': [{ 'api-key': 'sk-nas-3', 'base-url': 'https://nas.example', priority: 3 }],
    'claude-api-key': [{ 'api-key': 'sk-nas-4', 'base-url': 'https://nas.example', prefix: 'n' }],
  },
};
const isOurs = (entry: JsonObject): boolean => OURS.some((text) => JSON.stringify(entry).includes(text));

async function run(made: World, keyIds: [string, string], ports: Ports, deed: Deed): Promise<unknown> {
  switch (deed.do) {
    case 'import': {
      const bases: Bases = new Map();
      const keyId = keyIds[deed.key];
      const open = await openImport(ports, bases, keyId);
      if (!open.ok) return open;
      const draft = { ...open.value.draft, list: deed.list as ListName };
      const planned = await planDialog(ports, bases, keyId, draft);
      return planned.kind === 'plan' ? apply(ports, keyId, draft, planned.plan.hash) : planned;
    }
    case 'batch': {
      const batches: Batches = new Map();
      const batchId = `batch-${made.clock.now()}`;
      const open = await openBatch(ports, batches, { batchId, keyIds }, never());
      if (!open.ok) return open;
      const options = { ...BATCH_DEFAULTS, rows: { [keyIds[1]]: { list: deed.list as ListName } } };
      const view = await planOpenBatch(ports, batches, batchId, options);
      if (!view.ok) return view;
      const batch = batches.get(batchId)!;
      return importBatch(ports, { batchId, batch, options, hash: view.value.hash, signal: never() });
    }
    case 'edit': {
      const bases = new Map<string, Chosen>();
      const edit = {
        pause: { paused: true },
        resume: { paused: false },
        priority: { priority: '7' },
        remove: { remove: 'key' },
      }[deed.what] as never;
      const order = { edit, emptied: true };
      const open = await openEdits(ports, bases, 'e', { keyIds, entries: [] }, order);
      if (!open.ok) return open;
      return editEntries(ports, {
        editId: `edit-${made.clock.now()}`,
        chosen: bases.get('e')!,
        order,
        hash: open.value.hash,
        signal: never(),
      });
    }
    case 'carry': {
      const from = made.nasId;
      const open = await openCarry(ports, from, never());
      if (open.kind !== 'open' || open.items.length === 0) return open;
      const chosen = open.items.map(({ id }) => id);
      const planned = await planCarryOver(ports, { from, chosen });
      if (planned.kind !== 'plan') return planned;
      const { hash } = planned.plan;
      const carryId = `carry-${made.clock.now()}`;
      return carryOver(ports, { carryId, from, chosen, hash, signal: never(), report: () => undefined });
    }
    case 'undo': {
      const records = await recordsOf(ports);
      const last = records.find(({ action, phase }) => action !== 'undo' && phase !== 'undone');
      return last ? undoImport(ports, last.batch ?? last.id, undefined, never()) : null;
    }
  }
}

async function take(
  made: World,
  keyIds: [string, string],
  others: Others,
  { deed, other, fault }: Step,
): Promise<void> {
  const { proxy } = made;
  const look = structuredClone(proxy.lists) as Record<string, JsonObject[]>;
  let arrived = 0;
  let acted = false;
  // Between our last look and our write nobody can be kept safe: CLIProxyAPI has no locks and no versions.
  proxy.faults.onRequest = async (method) => {
    if (other && !acted && arrived++ >= other.at && method === 'GET') {
      acted = true;
      // What is taken away would come back by it, as the other's.
      const takesAway = deed.do === 'undo' || deed.do === 'edit';
      await others.act(takesAway && other.do === 'stale' ? { ...other, do: 'add' } : other, look);
    }
  };
  let asked = 0;
  proxy.faults.answer = (method) => {
    if (method !== 'GET' && fault?.do === 'error' && asked++ === 0)
      return { status: 500, body: { error: 'x' } };
    if (method !== 'GET' && fault?.do === 'page' && asked++ === 0)
      return { status: 502, body: '<html></html>' };
    return undefined;
  };
  if (fault?.do === 'revert' && !other) proxy.faults.revertNextWrites = 1;
  if (fault?.do === 'drop-before') proxy.faults.dropBeforeWrite = 1;
  if (fault?.do === 'drop-after') proxy.faults.dropAfterWrite = 1;
  let sent = 0;
  const { http, reached } = stoppingHttp(
    ({ url }) => fault?.do === 'stop' && url.startsWith(proxy.origin) && sent++ === fault.at,
    'after',
  );
  const ports = nextLife(made, { http });
  const outcome = await Promise.race([run(made, keyIds, ports, deed), reached]);
  proxy.faults.onRequest = null;
  proxy.faults.answer = null;
  Object.assign(proxy.faults, { revertNextWrites: 0, dropBeforeWrite: 0, dropAfterWrite: 0 });
  await proxy.settled();
  others.expectKept();
  const { kind } = (outcome ?? {}) as { kind?: string };
  if (deed.do === 'import' && kind === 'proved' && other?.do !== 'stale')
    expect(JSON.stringify([proxy.lists, proxy.savedLists])).toMatch(twice(OURS[deed.key]!));
  // Where nobody disturbs, what is done ends well.
  if (!other && !fault && deed.do !== 'undo') expect(kind).toMatch(/^(?:proved|done|open)$/);
}

const twice = (text: string): RegExp => new RegExp(`${text}.*${text}`);

const oursIn = (proxy: FakeCliproxyapi): JsonObject[] =>
  [proxy.lists, proxy.savedLists].flatMap((lists) => LISTS.flatMap((name) => lists[name].filter(isOurs)));

/** Nothing is left open, and all of ours goes by undo, if the user agrees to what else goes. */
async function expectUndone(made: Scene): Promise<void> {
  const ports = nextLife(made);
  await recover(ports);
  await made.proxy.settled();
  const open = (await recordsOf(ports)).filter(({ phase }) => phase === 'writing' || phase === 'written');
  expect(open).toEqual([]);
  const tried = new Set<string>();
  for (;;) {
    const next = (await recordsOf(ports)).find(
      ({ id, action, phase }) =>
        action !== 'undo' && phase !== 'undone' && phase !== 'not-written' && !tried.has(id),
    );
    if (!next) break;
    tried.add(next.id);
    const id = next.batch ?? next.id;
    let outcome = await undoImport(ports, id, undefined, never());
    for (let asked = 0; outcome.kind === 'changed' && asked < 4; asked++)
      outcome = await undoImport(ports, id, outcome.hash, never());
    await made.proxy.settled();
    // Gone, or gone in part, is as good.
    if (outcome.kind !== 'undone') expect(JSON.stringify(outcome)).toContain('undo-gone');
  }
  expect(oursIn(made.proxy)).toEqual([]);
}

async function worldOf(proxy: CliproxyapiOptions): Promise<World> {
  const made = await scene({ proxy });
  const nas = await startCliproxyapi({ clock, reloadDelayMs: 2, ...NAS });
  const connection = { name: 'NAS', address: nas.origin, managementKey: nas.managementKey } as const;
  const nasId = must(await addConnection(made.ports, { ...connection, remember: 'device' }));
  return { ...made, nas, nasId };
}

const world = fc.constantFrom<CliproxyapiOptions>(
  {},
  { version: '8.0.20' },
  { version: '8.0.20', layout: 'new' },
  { version: '8.0.20', layout: 'mixed' },
  { version: '8.0.20', layout: 'new', stage: 'a' },
  { version: '8.0.20', layout: 'new', etag: true },
  { version: '8.3.0', layout: 'new', v0Gone: true },
  { version: '8.3.0', v0Gone: true, stage: 'a' },
);

/** More of them: `RANDOM_WORLDS=500 RANDOM_SEED=7 npx vitest run tests/workflows/random-worlds.test.ts`. */
const { RANDOM_WORLDS: numRuns = '60', RANDOM_SEED: seed = '1' } = process.env;

test('whatever others do and whatever fails: nothing of theirs is lost, and all of ours can be taken back', async () => {
  await fc.assert(
    fc.asyncProperty(world, fc.array(step, { minLength: 1, maxLength: 5 }), async (server, steps) => {
      const made = await worldOf(server);
      const account = must(await accountAt(made, { name: 'Relay A' }));
      const theirs = { 'api-key': 'sk-others-c1', 'base-url': 'https://c1.example', priority: 2 };
      await made.proxy.setLists('codex-api-key', [theirs]);
      await made.proxy.settled();
      const others = new Others(made.proxy);
      for (const one of steps) await take(made, [`${account}/1`, `${account}/2`], others, one);
      await expectUndone(made);
      others.expectKept();
      expect(writes(made.nas)).toEqual([]);
      await Promise.all([made.proxy, made.nas, made.relay].map((one) => one.stop()));
    }),
    { numRuns: Number(numRuns), seed: Number(seed) },
  );
}, 600_000);
