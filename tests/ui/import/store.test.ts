import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Client } from '../../../src/contract/client';
import { quickRules } from '../../../src/core/aliases/alias-models';
import { proposedModels } from '../../../src/core/aliases/proposed-models';
import type { OpenedImport } from '../../../src/core/import/opened';
import { fail, ok } from '../../../src/core/failures/result';
import { createImportStore, type ImportState, type ImportStore } from '../../../src/ui/import-store';
import { scriptedWorker, type Script, type Worker } from '../scripted-worker';
import { draftOf, openedImport, planned, proved } from '../samples';

/** Typing is planned when it pauses this long. */
const PAUSE = 120;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const flush = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
const pause = (): Promise<unknown> => vi.advanceTimersByTimeAsync(PAUSE);

interface Scene extends Worker {
  imports: ImportStore;
}

function scene(script: Script = {}, opened: Partial<OpenedImport> = {}): Scene {
  const worker = scriptedWorker({
    'import.open': () => ok(openedImport(opened)),
    'import.plan': ({ draft }) => ok(planned({ hash: draft.providerName })),
    'import.apply': () => ok({ kind: 'proved', card: proved() }),
    ...script,
  });
  return { ...worker, imports: createImportStore(worker.ask, () => undefined) };
}

type Open = ImportState & { kind: 'open' };
const openState = ({ imports }: Scene): Open => {
  const state = imports.getState();
  expect(state.kind).toBe('open');
  return state as Open;
};
const hashOf = (state: Open): string => (state.planned.kind === 'plan' ? state.planned.plan.hash : '');

/** An answer that comes when it is told to. */
function later(): { come(): void; arrived: Promise<void> } {
  let come = (): void => {};
  const arrived = new Promise<void>((resolve) => (come = resolve));
  return { come, arrived };
}

describe('typing is planned', () => {
  test('when it pauses, with what stands there then', async () => {
    const the = scene();
    await the.imports.open('k1', {});
    for (const name of ['a', 'ab', 'abc']) {
      the.imports.edit(draftOf({ providerName: name }));
      await vi.advanceTimersByTimeAsync(PAUSE - 1);
    }
    expect(the.inputs('import.plan')).toEqual([]);
    expect(openState(the)).toMatchObject({ planning: true, draft: { providerName: 'abc' } });
    await pause();
    expect(the.inputs('import.plan').map(({ draft }) => draft.providerName)).toEqual(['abc']);
    expect(openState(the)).toMatchObject({ planning: false });
    expect(hashOf(openState(the))).toBe('abc');
  });

  test('and only the last plan counts, whichever comes last', async () => {
    const slow = later();
    const the = scene({
      'import.plan': async ({ draft }) => {
        if (draft.providerName === 'first') await slow.arrived;
        return ok(planned({ hash: draft.providerName }));
      },
    });
    await the.imports.open('k1', {});
    the.imports.edit(draftOf({ providerName: 'first' }));
    await pause();
    the.imports.edit(draftOf({ providerName: 'second' }));
    await pause();
    expect(hashOf(openState(the))).toBe('second');
    slow.come();
    await flush();
    expect(hashOf(openState(the))).toBe('second');
    expect(the.inputs('import.plan')).toHaveLength(2);
  });

  test('and a plan that comes while more is typed is not shown as the plan of what stands there', async () => {
    const slow = later();
    const the = scene({
      'import.plan': () => slow.arrived.then(() => ok(planned({ hash: 'old' }))),
    });
    await the.imports.open('k1', {});
    the.imports.edit(draftOf({ providerName: 'first' }));
    await pause();
    the.imports.edit(draftOf({ providerName: 'second' }));
    slow.come();
    await flush();
    expect(openState(the)).toMatchObject({ planning: true });
    expect(hashOf(openState(the))).toBe('hash-1');
  });

  test('and what cannot be planned is the plan’s failure, not silence', async () => {
    const the = scene({ 'import.plan': () => fail({ code: 'worker-gone' }) });
    await the.imports.open('k1', {});
    the.imports.edit(draftOf());
    await pause();
    expect(openState(the).planned).toEqual({ kind: 'failed', failure: { code: 'worker-gone' } });
  });

  test('but not after the import was closed', async () => {
    const the = scene();
    await the.imports.open('k1', {});
    the.imports.edit(draftOf({ providerName: 'x' }));
    the.imports.close();
    await pause();
    expect(the.inputs('import.plan')).toEqual([]);
    expect(the.imports.getState()).toEqual({ kind: 'closed' });
  });

  test('and a plan that comes after the import was closed opens nothing', async () => {
    const slow = later();
    const the = scene({ 'import.plan': () => slow.arrived.then(() => ok(planned())) });
    await the.imports.open('k1', {});
    the.imports.edit(draftOf());
    await pause();
    the.imports.close();
    slow.come();
    await flush();
    expect(the.imports.getState()).toEqual({ kind: 'closed' });
  });

  test('anew for other models, with what was refused kept apart', async () => {
    const the = scene();
    await the.imports.open('k1', {});
    the.imports.relist({ kind: 'listed', names: ['o3'], via: 'proxy' }, draftOf({ providerName: 'again' }));
    expect(openState(the)).toMatchObject({ planning: true, opened: { models: { names: ['o3'] } } });
    await pause();
    expect(hashOf(openState(the))).toBe('again');
  });
});

describe('an import is opened', () => {
  test('once at a time', async () => {
    const the = scene();
    await Promise.all([the.imports.open('k1', {}), the.imports.open('k1', {})]);
    expect(the.inputs('import.open')).toHaveLength(1);
  });

  test('as the short sheet, or as the full dialog where that is wanted or the relay gave no list', async () => {
    const the = scene();
    await the.imports.open('k1', {});
    expect(openState(the).full).toBe(false);
    the.imports.showFull();
    expect(openState(the).full).toBe(true);
    await the.imports.open('k1', { full: true });
    expect(openState(the).full).toBe(true);
    the.answer({
      'import.open': () =>
        ok(
          openedImport({ models: { kind: 'refused', failure: { code: 'relay-empty', host: 'r1.example' } } }),
        ),
    });
    await the.imports.open('k1', {});
    expect(openState(the).full).toBe(true);
  });

  test('and says why it could not be', async () => {
    const the = scene({ 'import.open': () => fail({ code: 'not-configured' }) });
    await the.imports.open('k1', {});
    expect(the.imports.getState()).toEqual({
      kind: 'failed',
      start: { keyId: 'k1' },
      failure: { code: 'not-configured' },
    });
  });

  test('with a change that is planned before it may be imported', async () => {
    const slow = later();
    const the = scene({ 'import.plan': () => slow.arrived.then(() => ok(planned({ hash: 'changed' }))) });
    const opening = the.imports.open('k1', { change: { enable: true } });
    await flush();
    expect(openState(the)).toMatchObject({ planning: true, draft: { enable: true } });
    await the.imports.apply();
    expect(the.inputs('import.apply')).toEqual([]);
    slow.come();
    await opening;
    expect(hashOf(openState(the))).toBe('changed');
  });

  test('and what comes after it was closed is not shown', async () => {
    const slow = later();
    const the = scene({ 'import.open': () => slow.arrived.then(() => ok(openedImport())) });
    const opening = the.imports.open('k1', {});
    the.imports.close();
    slow.come();
    await opening;
    expect(the.imports.getState()).toEqual({ kind: 'closed' });
  });
});

describe('the step with the plan is skipped', () => {
  test('when the plan only adds: nothing is shown, and exactly that plan is imported', async () => {
    const the = scene();
    const shown: string[] = [];
    the.imports.subscribe((state) => shown.push(state.kind));
    await the.imports.open('k1', { skip: true });
    expect(the.inputs('import.apply')).toEqual([{ keyId: 'k1', draft: draftOf(), planHash: 'hash-1' }]);
    expect(shown).toEqual(['opening', 'closed']);
  });

  test.each<[string, Partial<OpenedImport>]>([
    ['when it changes something', { planned: planned({ onlyAdds: false }) }],
    ['when somebody has to choose', { planned: { kind: 'choose', candidates: [] } }],
    [
      'when the relay may list more models than one key brings',
      {
        draft: draftOf({
          models: proposedModels(
            Array.from({ length: 5_001 }, (_, n) => `m-${n}`),
            quickRules([]),
          ).models,
        }),
      },
    ],
    ['when there is none', { planned: { kind: 'failed', failure: { code: 'no-models' } } }],
  ])('but not %s', async (_when, opened) => {
    const the = scene({}, opened);
    await the.imports.open('k1', { skip: true });
    expect(openState(the).full).toBe(false);
    expect(the.inputs('import.apply')).toEqual([]);
  });

  test('but not when it is opened with a change', async () => {
    const the = scene();
    await the.imports.open('k1', { skip: true, change: { enable: true } });
    expect(the.inputs('import.apply')).toEqual([]);
  });

  test('but not when it was closed while it was read', async () => {
    const slow = later();
    const the = scene({ 'import.open': () => slow.arrived.then(() => ok(openedImport())) });
    const opening = the.imports.open('k1', { skip: true });
    the.imports.close();
    slow.come();
    await opening;
    expect(the.inputs('import.apply')).toEqual([]);
  });

  test('but not when it was closed and opened again to be looked at', async () => {
    const slow = later();
    const the = scene({ 'import.open': () => slow.arrived.then(() => ok(openedImport())) });
    const first = the.imports.open('k1', { skip: true });
    the.imports.close();
    const second = the.imports.open('k1', { full: true });
    slow.come();
    await Promise.all([first, second]);
    expect(the.inputs('import.apply')).toEqual([]);
    expect(openState(the).full).toBe(true);
  });

  test('and the plan comes back when the list was changed meanwhile', async () => {
    const the = scene({
      'import.apply': () => ok({ kind: 'replan', planned: planned({ hash: 'new', onlyAdds: false }) }),
    });
    await the.imports.open('k1', { skip: true });
    expect(openState(the)).toMatchObject({ replanned: true, full: false });
    expect(hashOf(openState(the))).toBe('new');
  });
});

describe('an import is carried out', () => {
  test('only with a plan that is shown and is not being made anew', async () => {
    const the = scene();
    await the.imports.apply();
    await the.imports.open('k1', {});
    the.imports.edit(draftOf({ providerName: 'x' }));
    await the.imports.apply();
    expect(the.inputs('import.apply')).toEqual([]);
    await pause();
    await the.imports.apply();
    expect(the.inputs('import.apply')).toMatchObject([{ planHash: 'x' }]);
  });

  test('once, however often it is asked for', async () => {
    const the = scene();
    await the.imports.open('k1', {});
    await Promise.all([the.imports.apply(), the.imports.apply()]);
    expect(the.inputs('import.apply')).toHaveLength(1);
  });

  test('and its place shows that it is under way, then how it ended', async () => {
    const slow = later();
    const the = scene({
      'import.apply': () => slow.arrived.then(() => ok({ kind: 'proved', card: proved() })),
    });
    await the.imports.open('k1', {});
    const applying = the.imports.apply();
    expect(the.imports.getState()).toMatchObject({ kind: 'sent', end: null });
    slow.come();
    await applying;
    expect(the.imports.getState()).toMatchObject({ kind: 'sent', end: { kind: 'proved', card: proved() } });
  });

  test('also when its place was closed before the end, and nothing opens then', async () => {
    const slow = later();
    const the = scene({
      'import.apply': () => slow.arrived.then(() => ok({ kind: 'proved', card: proved() })),
    });
    await the.imports.open('k1', {});
    const applying = the.imports.apply();
    the.imports.close();
    slow.come();
    await applying;
    expect(the.imports.getState()).toEqual({ kind: 'closed' });
    expect(the.inputs('work.stop')).toEqual([]);
  });

  test('and that the worker could not be asked is said in its place, or elsewhere once that is closed', async () => {
    const said: string[] = [];
    const slow = later();
    const worker = scriptedWorker({
      'import.open': () => ok(openedImport()),
      'import.apply': () => slow.arrived.then(() => fail({ code: 'worker-gone' })),
    });
    const imports = createImportStore(worker.ask, (_key, { code }) => void said.push(code));
    await imports.open('k1', {});
    const first = imports.apply();
    slow.come();
    await first;
    expect(imports.getState()).toMatchObject({ kind: 'sent', end: { failure: { code: 'worker-gone' } } });
    expect(said).toEqual([]);
    await imports.open('k1', {});
    const second = imports.apply();
    imports.close();
    await second;
    expect(said).toEqual(['worker-gone']);
  });

  test('and a new plan for it does not take the place of another import that is open by then', async () => {
    const slow = later();
    const the = scene({
      'import.open': ({ keyId }) => ok(openedImport({ keyId })),
      'import.apply': () => slow.arrived.then(() => ok({ kind: 'replan', planned: planned() })),
    });
    await the.imports.open('k1', {});
    const applying = the.imports.apply();
    await the.imports.open('k2', {});
    slow.come();
    await applying;
    expect(openState(the).opened.keyId).toBe('k2');
  });
});

describe('an undo', () => {
  test('opens a question only when something would be lost', async () => {
    const the = scene({ 'import.undo': () => ok({ kind: 'undone' }) });
    await the.imports.undo('i1', 'Work key');
    expect(the.imports.getState()).toEqual({ kind: 'closed' });
    const lost = { keys: 1, models: [], fields: [] };
    the.answer({ 'import.undo': () => ok({ kind: 'changed', providerName: 'Kumo', lost, hash: 'h' }) });
    await the.imports.undo('i1', 'Work key');
    expect(the.imports.getState()).toEqual({
      kind: 'undo',
      importId: 'i1',
      name: 'Work key',
      providerName: 'Kumo',
      lost,
      hash: 'h',
    });
  });

  test('that failed leaves what is open as it is', async () => {
    const the = scene({ 'import.undo': () => ok({ kind: 'failed', failure: { code: 'undo-gone' } }) });
    await the.imports.open('k1', {});
    await the.imports.undo('i1', 'Work key');
    expect(openState(the).opened.keyId).toBe('k1');
  });
});

test.each<[string, Script, (imports: ImportStore) => Promise<void>]>([
  [
    'an import without its plan',
    { 'import.apply': () => fail({ code: 'worker-gone' }) },
    (imports) => imports.open('k1', { skip: true }),
  ],
  [
    'a finish',
    { 'import.finish': () => fail({ code: 'worker-gone' }) },
    (imports) => imports.finish('i1', 'k1'),
  ],
  [
    'an undo',
    { 'import.undo': () => fail({ code: 'worker-gone' }) },
    (imports) => imports.undo('i1', 'Work key'),
  ],
])('%s that the worker could not be asked for is said', async (_name, script, run) => {
  const said: string[] = [];
  const worker = scriptedWorker({ 'import.open': () => ok(openedImport()), ...script });
  const imports = createImportStore(worker.ask, (_key, { code }) => void said.push(code));
  await imports.open('k1', {});
  await run(imports);
  expect(said).toEqual(['worker-gone']);
});

test('the store takes any client: it asks nothing by itself', () => {
  const ask = vi.fn<Client>();
  expect(createImportStore(ask as Client, () => undefined).getState()).toEqual({ kind: 'closed' });
  expect(ask).not.toHaveBeenCalled();
});
