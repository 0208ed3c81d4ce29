// @vitest-environment happy-dom
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { BATCH_DEFAULTS } from '../../../src/core/batch/batch';
import { amountsOf, sumPlans } from '../../../src/core/import/plan-sum';
import { fail, ok } from '../../../src/core/failures/result';
import '../../../src/ui/batch/dialog';
import { KeyBoard } from '../../../src/ui/keys/board';
import { useView } from '../../../src/ui/use-view';
import { renderPage, setWidth, type Scene, type SceneOptions } from '../render-page';
import { batchView, connectionView, keyView, running, view } from '../samples';

const NAS = connectionView({ id: 'nas', name: 'NAS', place: 1, host: 'nas:8317', pattern: '*://nas/*' });
const KEYS = [keyView({ id: 'k1', name: 'A' }), keyView({ id: 'k2', name: 'B' })];
const Board = () => <KeyBoard view={useView()} />;

const dialog = () => within(screen.getByRole('dialog'));
const lineOfNas = (): HTMLElement => dialog().getByText('NAS').closest('li')!;
const press = (name: string): void => act(() => dialog().getByRole('button', { name }).click());
const tick = (): void => act(() => dialog().getByRole('checkbox', { name: /^NAS/ }).click());
const sentTo = ({ asked }: Scene, name: string): string[] =>
  asked.filter((one) => one.name === name).map(({ proxyId = '' }) => proxyId);

/** A batch of two keys, open at the first of two CLIProxyAPIs. */
async function open(script: SceneOptions['script'] = {}): Promise<Scene> {
  setWidth(1400);
  const scene = await renderPage(<Board />, {
    page: { isPopup: false },
    view: { connection: connectionView({ name: 'Laptop' }), others: [NAS], keys: KEYS },
    script: {
      'batch.open': (_input, proxyId) => ok(batchView({ hash: `opened ${proxyId ?? ''}` })),
      'batch.plan': (_input, proxyId) => ok(batchView({ hash: `planned ${proxyId ?? ''}` })),
      'batch.apply': ({ batchId }) => ok({ kind: 'done', served: 2, total: 2, importId: batchId }),
      ...script,
    },
  });
  await scene.user.click(screen.getByRole('button', { name: 'Import all 2' }));
  await screen.findByRole('dialog');
  await dialog().findByRole('button', { name: 'Import 2 keys' });
  return scene;
}

describe('a batch to several', () => {
  test('is read at the other one only once it is ticked, and says what it comes to there', async () => {
    const sum = { ...sumPlans([]), adds: amountsOf({ keys: 1 }) };
    const skipped = [
      { keyId: 'k2', name: 'B', mask: 'm', failure: { code: 'duplicate', name: 'A' } as const },
    ];
    const scene = await open({
      'batch.open': (_input, proxyId) => ok(batchView(proxyId ? { sum, skipped } : {})),
    });
    expect(sentTo(scene, 'batch.open')).toEqual(['']);
    tick();
    await waitFor(() => expect(lineOfNas()).toHaveTextContent('Adds 1 key.'));
    expect(lineOfNas()).toHaveTextContent('1 key cannot be imported');
    const [own, there] = scene.inputs('batch.open');
    expect(there).toEqual(own);
    expect(sentTo(scene, 'batch.open')).toEqual(['', 'nas']);
  });

  test('is planned with the same options, sent side by side, and taken back with one undo', async () => {
    const scene = await open({ 'import.undo': () => ok({ kind: 'undone' }) });
    tick();
    await dialog().findByRole('button', { name: 'Import to 2 CLIProxyAPIs' });
    act(() =>
      dialog()
        .getByRole('checkbox', { name: /^Keep names apart/ })
        .click(),
    );
    await waitFor(() => expect(sentTo(scene, 'batch.plan')).toEqual(['', 'nas']));
    await waitFor(() => expect(dialog().getByRole('button', { name: /^Import to 2/ })).toBeEnabled());
    press('Import to 2 CLIProxyAPIs');
    await screen.findByRole('dialog', { name: '2 of 2 keys served' });
    await waitFor(() => expect(lineOfNas()).toHaveTextContent('2 of 2 keys served'));
    const [own, there] = scene.inputs('batch.apply');
    expect([own?.hash, there?.hash]).toEqual(['planned ', 'planned nas']);
    expect(there).toEqual({ ...own, hash: 'planned nas' });
    press('Undo everywhere');
    await waitFor(() => expect(scene.inputs('import.undo')).toEqual([{ importId: own?.batchId }]));
  });

  test('leaves out one that is down, says why, and goes on', async () => {
    const scene = await open({
      'batch.open': (_input, proxyId) =>
        proxyId ? fail({ code: 'unreachable', host: 'nas:8317' }) : ok(batchView()),
    });
    tick();
    await waitFor(() => expect(lineOfNas()).toHaveTextContent('Nothing answers at nas:8317'));
    press('Import 2 keys');
    await screen.findByRole('dialog', { name: '2 of 2 keys served' });
    expect(lineOfNas()).toHaveTextContent('Nothing answers at nas:8317');
    expect(sentTo(scene, 'batch.apply')).toEqual(['']);
    scene.answer({ 'batch.open': () => ok(batchView()) });
    press('Try again');
    await dialog().findByRole('button', { name: 'Import there too' });
    press('Import there too');
    await waitFor(() => expect(lineOfNas()).toHaveTextContent('2 of 2 keys served'));
  });

  test('keeps keys, options and ticks where the prompt for its host closes the popup', async () => {
    const scene = await open({
      'batch.open': (_input, proxyId) =>
        proxyId ? fail({ code: 'host-permission', host: 'nas:8317' }) : ok(batchView()),
    });
    tick();
    await dialog().findByRole('button', { name: 'Allow access to nas:8317' });
    press('Allow access to nas:8317');
    await waitFor(() => expect(scene.inputs('intent.clear')).toHaveLength(1));
    const batch = { keyIds: ['k1', 'k2'], options: BATCH_DEFAULTS, also: ['nas'] };
    expect(scene.inputs('intent.set')).toEqual([{ kind: 'import', id: '', pattern: '*://nas/*', batch }]);
    // A page that lives on tries again by itself.
    await waitFor(() => expect(sentTo(scene, 'batch.open')).toEqual(['', 'nas', 'nas']));
  });

  test('says how far it is there, may be stopped there, and how it failed there', async () => {
    let answer = (): void => {};
    const slow = new Promise<void>((resolve) => (answer = resolve));
    const scene = await open({
      'batch.apply': ({ batchId }, proxyId) =>
        proxyId
          ? slow.then(() =>
              ok({
                kind: 'failed' as const,
                failure: { code: 'timeout', host: 'nas:8317', seconds: 10 } as const,
              }),
            )
          : ok({ kind: 'done', served: 2, total: 2, importId: batchId }),
    });
    tick();
    await dialog().findByRole('button', { name: 'Import to 2 CLIProxyAPIs' });
    press('Import to 2 CLIProxyAPIs');
    await screen.findByRole('dialog', { name: '2 of 2 keys served' });
    const there = {
      proxyId: 'nas',
      card: null,
      presence: 'absent',
      running: running({ stage: 'asking' }),
    } as const;
    await act(() => scene.change({ keys: [{ ...KEYS[0]!, others: [there] }, KEYS[1]!] }));
    expect(lineOfNas()).toHaveTextContent('Checking keys… 1 of 2');
    press('Stop checking');
    expect(sentTo(scene, 'work.stop')).toEqual(['nas']);
    answer();
    await waitFor(() => expect(lineOfNas()).toHaveTextContent('nas:8317 did not answer within 10 s'));
  });

  test('is planned anew at one whose list has changed, and asks there again', async () => {
    let first = true;
    await open({
      'batch.apply': ({ batchId }, proxyId) => {
        if (!proxyId || !first) return ok({ kind: 'done', served: 2, total: 2, importId: batchId });
        first = false;
        return ok({ kind: 'replan', view: batchView({ hash: 'newer' }) });
      },
    });
    tick();
    await dialog().findByRole('button', { name: 'Import to 2 CLIProxyAPIs' });
    press('Import to 2 CLIProxyAPIs');
    await waitFor(() => expect(lineOfNas()).toHaveTextContent('Nothing was written there'));
    press('Import there too');
    await waitFor(() => expect(lineOfNas()).toHaveTextContent('2 of 2 keys served'));
  });
});

test('a batch where the first is down goes to another with one click, under the same id and options', async () => {
  const down = { code: 'unreachable', host: 'laptop:8317' } as const;
  const scene = await open({
    'batch.apply': ({ batchId }, proxyId) =>
      proxyId
        ? ok({ kind: 'done', served: 2, total: 2, importId: batchId })
        : ok({ kind: 'failed', failure: down }),
    view: (_input, proxyId) =>
      ok(
        proxyId
          ? view({ connection: NAS, others: [connectionView({ name: 'Laptop' })], keys: KEYS })
          : view({ connection: connectionView({ name: 'Laptop' }), others: [NAS], keys: KEYS }),
      ),
  });
  act(() =>
    dialog()
      .getByRole('checkbox', { name: /^Keep names apart/ })
      .click(),
  );
  await waitFor(() => expect(dialog().getByRole('button', { name: 'Import 2 keys' })).toBeEnabled());
  press('Import 2 keys');
  await dialog().findByRole('button', { name: 'Import to “NAS” instead…' });
  press('Import to “NAS” instead…');
  await dialog().findByRole('button', { name: 'Import 2 keys' });
  // What rested on the list of the first is dropped there.
  expect(sentTo(scene, 'plan.close')).toEqual(['']);
  expect(dialog().getByRole('checkbox', { name: /^Keep names apart/ })).toBeChecked();
  press('Import 2 keys');
  await screen.findByRole('dialog', { name: '2 of 2 keys served' });
  const [own, there] = scene.inputs('batch.apply');
  expect(there).toEqual({ ...own, hash: 'planned nas' });
  expect(sentTo(scene, 'batch.apply')).toEqual(['', 'nas']);
});

test('a batch that cannot be read at the first is read at another', async () => {
  setWidth(1400);
  const scene = await renderPage(<Board />, {
    page: { isPopup: false },
    view: { connection: connectionView({ name: 'Laptop' }), others: [NAS], keys: KEYS },
    script: {
      'batch.open': (_input, proxyId) =>
        proxyId ? ok(batchView()) : fail({ code: 'banned', until: Date.now() + 60_000 }),
    },
  });
  await scene.user.click(screen.getByRole('button', { name: 'Import all 2' }));
  await screen.findByRole('dialog');
  await dialog().findByRole('button', { name: 'Import to “NAS” instead…' });
  press('Import to “NAS” instead…');
  await dialog().findByRole('button', { name: 'Import 2 keys' });
  expect(sentTo(scene, 'batch.open')).toEqual(['', 'nas']);
});
