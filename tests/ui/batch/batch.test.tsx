// @vitest-environment happy-dom
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { BATCH_DEFAULTS } from '../../../src/core/batch/batch';
import { ok } from '../../../src/core/failures/result';
import '../../../src/ui/batch/dialog';
import { KeyBoard } from '../../../src/ui/keys/board';
import { KeyList } from '../../../src/ui/keys/list';
import { ToastHost } from '../../../src/ui/shell/toast-host';
import { useView } from '../../../src/ui/use-view';
import { Keys } from '../open-dialog';
import { failing, renderPage, setWidth, type Scene } from '../render-page';
import type { Script } from '../scripted-worker';
import { batchView, keyView, notice, proved, running } from '../samples';

const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });

function Board() {
  return (
    <>
      <KeyBoard view={useView()} />
      <ToastHost />
    </>
  );
}

function PopupKeys() {
  return <KeyList view={useView()} empty={null} />;
}

const show = (script: Script = {}, isPopup = false): Promise<Scene> => {
  setWidth(1400);
  return renderPage(isPopup ? <PopupKeys /> : <Board />, {
    page: { isPopup },
    script: {
      'batch.open': () => ok(batchView()),
      'batch.plan': () => ok(batchView({ hash: 'h2' })),
      'batch.apply': () => ok({ kind: 'done', served: 2, total: 2, importId: 'b1' }),
      ...script,
    },
    view: {
      keys: [
        keyView({ id: 'k1', name: 'A' }),
        keyView({ id: 'k2', name: 'B' }),
        keyView({ id: 'k3', name: 'C', card: proved() }),
      ],
    },
  });
};

const openBatch = async (script: Script = {}): Promise<Scene> => {
  const scene = await show(script);
  await scene.user.click(button('Select 2 that can be imported'));
  await scene.user.click(await screen.findByRole('button', { name: 'Import 2 keys' }));
  await screen.findByRole('dialog');
  await waitFor(() => expect(screen.queryByText(/^Reading models and preparing/)).not.toBeInTheDocument());
  return scene;
};
const dialog = () => within(screen.getByRole('dialog'));

test('a plan says that its write converts config.yaml', async () => {
  await openBatch({ 'batch.open': () => ok(batchView({ file: [{ kind: 'converts' }] })) });
  expect(dialog().getByText(/This write converts all of it/)).toBeVisible();
});

test('a plan says how many models are beyond what one key brings, and of which keys', async () => {
  await openBatch({ 'batch.open': () => ok(batchView({ beyond: { models: 95_000, names: ['A'] } })) });
  expect(
    dialog().getByText(/^95,000 models of A are not taken: one key brings at most 5,000, the first in/),
  ).toBeVisible();
});

describe('keys are chosen', () => {
  test('one by one, all shown, or those that are not imported', async () => {
    const { user } = await show();
    await user.click(screen.getByRole('checkbox', { name: 'Select “C”' }));
    expect(await screen.findByText('1 selected')).toBeVisible();
    await user.click(button('Select all 3 shown'));
    expect(await screen.findByText('3 selected')).toBeVisible();
    await user.click(button('Clear'));
    expect(screen.queryByText(/selected/)).not.toBeInTheDocument();
    await user.click(button('Select 2 that can be imported'));
    expect(await screen.findByRole('checkbox', { name: 'Select “A”' })).toBeChecked();
    expect(screen.getByRole('checkbox', { name: 'Select “C”' })).not.toBeChecked();
  });

  test('with the keyboard: space on a card, Ctrl+A for all', async () => {
    const { user } = await show();
    screen.getByRole('listitem', { name: /^B,/ }).focus();
    await user.keyboard(' ');
    expect(await screen.findByRole('checkbox', { name: 'Select “B”' })).toBeChecked();
    await user.keyboard('{Control>}a{/Control}');
    expect(await screen.findByText('3 selected')).toBeVisible();
  });

  test('in the popup too, once it is asked for, and imported together', async () => {
    const { user, inputs } = await show({}, true);
    expect(screen.queryByRole('checkbox', { name: 'Select “A”' })).not.toBeInTheDocument();
    await user.click(button('Select keys'));
    await user.click(screen.getByRole('checkbox', { name: 'Select “A”' }));
    await user.click(screen.getByRole('checkbox', { name: 'Select “C”' }));
    await user.click(await screen.findByRole('button', { name: 'Import 2 keys' }));
    await screen.findByRole('dialog');
    expect(inputs('batch.open')).toMatchObject([{ keyIds: ['k1', 'k3'] }]);
  });

  test('that can be imported come into a plan with one click', async () => {
    const { user, inputs } = await show();
    await user.click(button('Import all 2'));
    await screen.findByRole('dialog');
    expect(inputs('batch.open')).toMatchObject([{ keyIds: ['k1', 'k2'] }]);
  });

  test('and one that is gone is no longer counted', async () => {
    const { user, change } = await show();
    await user.click(button('Select 2 that can be imported'));
    await change({ keys: [keyView({ id: 'k1', name: 'A' })] });
    expect(await screen.findByText('1 selected')).toBeVisible();
  });
});

describe('the plan of a batch', () => {
  test('says what each provider gets and what stays, and is carried out as it was shown', async () => {
    const scene = await openBatch();
    const plan = screen.getByRole('dialog', { name: 'Import 2 keys' });
    for (const text of [
      'Adds 1 provider, 2 keys, 4 models. Changes and removes no provider or key.',
      'Hoshi',
      'Already in CLIProxyAPI, unchanged: 3 providers, 5 keys',
    ])
      expect(plan).toHaveTextContent(text);
    await scene.user.click(dialog().getByRole('button', { name: 'Import 2 keys' }));
    const { batchId } = scene.inputs('batch.open')[0]!;
    expect(scene.inputs('batch.apply')).toEqual([
      {
        batchId,
        options: { ...BATCH_DEFAULTS, perKey: false, apart: false, priority: '', without: [] },
        hash: 'h1',
      },
    ]);
    expect(await screen.findByRole('dialog', { name: '2 of 2 keys served' })).toBeVisible();
    expect(screen.queryByText(/selected/)).not.toBeInTheDocument();
  });

  test('sends real requests only when it is asked to, and says how many before', async () => {
    const scene = await openBatch();
    const box = dialog().getByRole('checkbox', { name: /^Prove each key with a real request/ });
    expect(box).not.toBeChecked();
    expect(dialog().getByText(/^Sends at most 4 tiny chats, two for each key/)).toBeVisible();
    await scene.user.click(box);
    await scene.user.click(dialog().getByRole('button', { name: 'Import 2 keys' }));
    expect(scene.inputs('batch.apply')).toMatchObject([{ options: { tryChat: true } }]);
    expect(scene.page.requested).toEqual([]);
  });

  test('asks for the relays that only the browser can send a real request to', async () => {
    const [provider] = batchView().providers;
    const scene = await openBatch({
      'batch.open': () => ok(batchView({ providers: [{ ...provider!, list: 'gemini-api-key' }] })),
    });
    await scene.change({
      keys: [keyView({ id: 'k1', granted: false, pattern: 'https://r1.example/*' }), keyView({ id: 'k2' })],
    });
    await scene.user.click(dialog().getByRole('checkbox', { name: /^Prove each key/ }));
    expect(scene.page.requested).toEqual(['https://r1.example/*']);
  });

  test('is made anew with every option', async () => {
    const scene = await openBatch();
    await scene.user.click(dialog().getByRole('checkbox', { name: /^Keep names apart/ }));
    await scene.user.click(dialog().getByRole('checkbox', { name: /^One provider for each key/ }));
    await scene.user.type(dialog().getByLabelText('Priority'), '5');
    await scene.user.tab();
    await scene.user.click(dialog().getByRole('button', { name: 'Leave out “B”' }));
    expect(scene.inputs('batch.plan').map(({ options }) => options)).toEqual([
      { ...BATCH_DEFAULTS, perKey: false, apart: true, priority: '', without: [] },
      { ...BATCH_DEFAULTS, perKey: true, apart: true, priority: '', without: [] },
      { ...BATCH_DEFAULTS, perKey: true, apart: true, priority: '5', without: [] },
      { ...BATCH_DEFAULTS, perKey: true, apart: true, priority: '5', without: ['k2'] },
    ]);
    await scene.user.click(dialog().getByRole('button', { name: 'Import 2 keys' }));
    expect(scene.inputs('batch.apply')).toMatchObject([{ hash: 'h2' }]);
  });

  test('names shared names, models left out, keys with other models and keys that cannot go along', async () => {
    const [provider] = batchView().providers;
    const failure = { code: 'relay-key-refused', host: 'r2.example' } as const;
    const scene = await openBatch({
      'batch.open': () =>
        ok(
          batchView({
            providers: [{ ...provider!, differs: true, disabled: true }],
            pooled: { names: 3, others: ['Kumo'] },
            leftOut: 2,
            skipped: [{ keyId: 'k9', name: 'Dead', mask: 'sk-D…0009', failure }],
          }),
        ),
    });
    const plan = screen.getByRole('dialog');
    for (const text of [
      '3 names are served by several providers (Kumo)',
      '2 models are left out',
      'not offered the same models',
      'It is switched off',
      '1 key cannot be imported',
      'Dead sk-D…0009: r2.example refused the key (401)',
    ])
      expect(plan).toHaveTextContent(text);
    await scene.user.click(dialog().getByRole('button', { name: 'One provider for each key' }));
    expect(scene.inputs('batch.plan')).toMatchObject([{ options: { perKey: true } }]);
    await waitFor(() => expect(screen.queryByText(/cannot be imported/)).not.toBeInTheDocument());
  });

  test('with keys that cannot go along can be asked for anew, for what may answer now', async () => {
    const failure = { code: 'relay-unreachable', host: 'r2.example' } as const;
    const scene = await openBatch({
      'batch.open': () =>
        ok(batchView({ skipped: [{ keyId: 'k9', name: 'Down', mask: 'sk-D…0009', failure }] })),
    });
    const now = () => ok(batchView({ keys: 3 }));
    scene.answer({ 'batch.open': now, 'batch.plan': now });
    await scene.user.click(dialog().getByRole('button', { name: 'Try again' }));
    expect(await dialog().findByRole('button', { name: 'Import 3 keys' })).toBeEnabled();
    expect(scene.inputs('batch.open')).toHaveLength(2);
  });

  test('that changed meanwhile comes back as the new one', async () => {
    const scene = await openBatch({
      'batch.apply': () => ok({ kind: 'replan', view: batchView({ hash: 'h3', keys: 1 }) }),
    });
    await scene.user.click(dialog().getByRole('button', { name: 'Import 2 keys' }));
    expect(
      await screen.findByText(/^Nothing was written: the list in CLIProxyAPI has changed/),
    ).toBeVisible();
    expect(dialog().getByRole('button', { name: 'Import 1 key' })).toBeEnabled();
  });

  test('that cannot be had says why and can be tried again', async () => {
    const scene = await openBatch({ 'batch.open': failing({ code: 'unreachable', host: 'localhost:8317' }) });
    expect(dialog().getByRole('alert')).toHaveTextContent('Nothing answers at localhost:8317');
    scene.answer({ 'batch.open': () => ok(batchView()) });
    await scene.user.click(dialog().getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/^Adds 1 provider/)).toBeVisible();
  });

  test('with nothing to write only asks', async () => {
    await openBatch({ 'batch.open': () => ok(batchView({ unchanged: true })) });
    expect(dialog().getByRole('button', { name: 'Check what is served of 2 keys' })).toBeEnabled();
  });

  test('is given up with Cancel, and the relays are asked no further', async () => {
    const scene = await openBatch();
    await scene.user.click(dialog().getByRole('button', { name: 'Cancel' }));
    const { batchId } = scene.inputs('batch.open')[0]!;
    expect(scene.inputs('work.stop')).toEqual([{ workId: batchId }]);
    expect(scene.inputs('batch.apply')).toEqual([]);
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(screen.getByText('2 selected')).toBeVisible();
  });
});

describe('a batch that was sent', () => {
  const keysNow = (more: Parameters<typeof keyView>[0] = {}) => [
    keyView({ id: 'k1', name: 'A', card: proved() }),
    keyView({ id: 'k2', name: 'B', ...more }),
    keyView({ id: 'k3', name: 'C', card: proved() }),
  ];
  const send = async (script: Script = {}): Promise<Scene> => {
    const scene = await openBatch(script);
    act(() => dialog().getByRole('button', { name: 'Import 2 keys' }).click());
    return scene;
  };

  test('shows in its place how far it is, and can be closed without stopping it', async () => {
    const scene = await send({ 'batch.apply': () => new Promise(() => {}) });
    await waitFor(() => expect(screen.getByRole('heading', { name: 'Importing 2 keys' })).toHaveFocus());
    await act(() => scene.change({ keys: keysNow({ running: running({ stage: 'asking' }) }) }));
    expect(dialog().getByRole('status')).toHaveTextContent('Checking keys… 1 of 2');
    expect(dialog().getByText(/^The keys are already imported/)).toBeVisible();
    await scene.user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(scene.inputs('work.stop')).toEqual([]);
  });

  test('is stopped by its id', async () => {
    const scene = await send({ 'batch.apply': () => new Promise(() => {}) });
    act(() => button('Cancel import').click());
    expect(scene.inputs('work.stop')).toEqual([{ workId: scene.inputs('batch.open')[0]!.batchId }]);
  });

  test('ends with how many keys are served, why others are not, and a plan for those', async () => {
    const scene = await send({
      'batch.apply': () => ok({ kind: 'done', served: 1, total: 2, importId: 'b1' }),
    });
    const failure = { code: 'relay-key-refused', host: 'r1.example' } as const;
    const card = { kind: 'failed', failure, importId: null, root: '', at: 0 } as const;
    await act(() => scene.change({ keys: keysNow({ card }) }));
    await waitFor(() => expect(screen.getByRole('heading', { name: '1 of 2 keys served' })).toHaveFocus());
    expect(dialog().getByRole('listitem')).toHaveTextContent(/^r1\.example refused the key \(401\).*B sk-/);
    expect(dialog().getByText(/^How this was checked/)).toBeVisible();
    act(() => button('Retry 1 key').click());
    expect(await screen.findByRole('dialog', { name: 'Import 1 key' })).toBeVisible();
    expect(scene.inputs('batch.open').map(({ keyIds }) => keyIds)).toEqual([['k1', 'k2'], ['k2']]);
  });

  test('has no toast beside its dialog', async () => {
    const scene = await send({ 'batch.apply': () => new Promise(() => {}) });
    await screen.findByRole('heading', { name: 'Importing 2 keys' });
    const { id } = notice({ kind: 'batch', served: 2, total: 2, importId: 'b1' });
    const said = { ...notice({ kind: 'batch', served: 2, total: 2, importId: 'b1' }), keyId: null };
    await act(() => scene.change({ notices: [said] }));
    await waitFor(() => expect(scene.inputs('notices.seen')).toEqual([{ ids: [id] }]));
    expect(document.querySelector('[data-sonner-toast]')).toBeNull();
  });

  test('is taken back whole', async () => {
    const scene = await send({ 'import.undo': () => ok({ kind: 'undone' }) });
    await screen.findByRole('dialog', { name: '2 of 2 keys served' });
    act(() => dialog().getByRole('button', { name: 'Undo import' }).click());
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(scene.inputs('import.undo')).toEqual([{ importId: 'b1' }]);
  });

  test('that failed as a whole says why', async () => {
    await send({ 'batch.apply': failing({ code: 'unreachable', host: 'localhost:8317' }) });
    expect(await screen.findByRole('dialog', { name: 'The import did not finish' })).toBeVisible();
    expect(dialog().getByRole('alert')).toHaveTextContent('Nothing answers at localhost:8317');
  });
});

test('the worker forgets a batch whose page is closed', async () => {
  const scene = await openBatch();
  const { batchId } = scene.inputs('batch.open')[0]!;
  expect(scene.inputs('plan.close')).toEqual([]);
  act(() => void dispatchEvent(new Event('pagehide')));
  expect(scene.inputs('plan.close')).toEqual([{ dialog: 'batch', id: batchId }]);
});

test('in the popup all that are not imported are one press away', async () => {
  const scene = await renderPage(<Keys />, {
    script: { 'batch.open': () => ok(batchView()) },
    view: {
      keys: [
        keyView({ id: 'k1', name: 'A' }),
        keyView({ id: 'k2', name: 'B' }),
        keyView({ id: 'k3', name: 'Off', status: 'disabled' }),
        keyView({ id: 'k4', name: 'C', card: proved() }),
      ],
    },
  });
  await scene.user.click(button('Import all 2 into CLIProxyAPI'));
  expect(await screen.findByRole('dialog', { name: 'Import 2 keys' })).toBeVisible();
  expect(scene.inputs('batch.open')).toMatchObject([{ keyIds: ['k1', 'k2'] }]);
});

test('a key that is imported out of “Not imported” stays where it was until another state is chosen', async () => {
  const fresh = keyView({ id: 'k1', name: 'A' });
  const other = keyView({ id: 'k2', name: 'B', card: proved() });
  const scene = await renderPage(<Keys />, { view: { keys: [fresh, other] } });
  await scene.user.click(button(/^Not imported/));
  expect(screen.queryByRole('listitem', { name: /^B,/ })).not.toBeInTheDocument();
  await scene.change({ keys: [{ ...fresh, card: proved() }, other] });
  expect(await screen.findByRole('button', { name: 'Not imported 0' })).toBeVisible();
  expect(screen.getByRole('listitem', { name: /^A,.*4 of 4 models served/ })).toBeVisible();
  await scene.user.click(button(/^All/));
  expect(screen.queryByRole('button', { name: /^Not imported/ })).not.toBeInTheDocument();
  await scene.user.click(button('Served 2'));
  expect(screen.getByRole('listitem', { name: /^A,/ })).toBeVisible();
});

describe('what holds for all keys', () => {
  const optionsOf = ({ inputs }: Scene) => inputs('batch.plan').map(({ options }) => options);

  test('is set once, and otherwise for one key, which can follow the others again', async () => {
    const scene = await openBatch();
    const { user } = scene;
    await user.type(dialog().getByLabelText('Prefix'), '{{relay}');
    await user.tab();
    await user.click(dialog().getByRole('button', { name: 'Adjust “Hoshi”' }));
    const adjust = within(dialog().getByRole('group', { name: 'Adjust “B”' }));
    await user.selectOptions(adjust.getByLabelText('Import “B” as'), 'claude-api-key');
    await user.type(adjust.getByLabelText('Priority'), '7');
    await user.tab();
    await user.click(adjust.getByRole('button', { name: 'As for all' }));
    expect(optionsOf(scene).map(({ prefix, rows }) => [prefix, rows])).toEqual([
      ['{relay}', {}],
      ['{relay}', { k2: { list: 'claude-api-key' } }],
      ['{relay}', { k2: { list: 'claude-api-key', priority: '7' } }],
      ['{relay}', {}],
    ]);
  });
});
