// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { ExportItem, ExportResult, ExportView } from '../../../src/core/channels/view';
import { ok } from '../../../src/core/failures/result';
import '../../../src/ui/channel-export/dialog';
import { KeyBoard } from '../../../src/ui/keys/board';
import { useView } from '../../../src/ui/use-view';
import { bringUp, enter, failing, renderPage, setWidth, type Scene } from '../render-page';
import { candidateOf, failureOf, keyView, newApiShort } from '../samples';
import type { Script } from '../scripted-worker';

function Board() {
  return <KeyBoard view={useView()} />;
}

const about = (keyId: string, keyName: string) => ({
  keyId,
  keyName,
  mask: `sk-Lab${keyId}…0001`,
  models: 2,
});
const ITEMS: ExportItem[] = [
  { ...about('k1', 'A'), kind: 'create', channelName: 'Hoshi A', changes: [] },
  { ...about('k2', 'B'), kind: 'passed-over', candidates: [candidateOf()] },
  { ...about('k3', 'C'), kind: 'failed', failure: failureOf('relay-unreachable') },
];
const exportView = (more: Partial<ExportView> = {}): ExportView => ({
  exportId: 'e',
  newApiId: 'n1',
  items: ITEMS,
  groups: ['default', 'vip'],
  hash: 'h1',
  ...more,
});
const RESULTS: ExportResult[] = [
  { keyId: 'k1', kind: 'written', importId: 'i1', channelId: 7, channelName: 'Hoshi A', made: true },
  { keyId: 'k2', kind: 'passed-over' },
  { keyId: 'k3', kind: 'failed', failure: failureOf('relay-unreachable') },
];

async function open(
  script: Script = {},
  newApis = [newApiShort()],
  to: string | null = 'New API channels',
): Promise<Scene> {
  setWidth(1400);
  const scene = await renderPage(<Board />, {
    page: { isPopup: false },
    script: {
      'channel-export.open': () => ok(exportView()),
      'channel-export.plan': () => ok(exportView({ hash: 'h2' })),
      'channel-export.apply': () => ok({ kind: 'done', results: RESULTS }),
      'work.progress': () => ok({ done: 1, total: 3 }),
      'work.stop': () => ok(true),
      'channels.undo': () => ok({ kind: 'undone' }),
      'key.text': ({ keyId }) => ok(`sk-LabSecret-${keyId}`),
      ...script,
    },
    view: {
      newApis,
      keys: ['k1', 'k2', 'k3'].map((id, at) => keyView({ id, name: 'ABC'[at]!, mask: `sk-Lab…000${at}` })),
    },
  });
  await scene.user.click(screen.getByRole('button', { name: 'Select 3 that can be imported' }));
  await bringUp(await screen.findByRole('button', { name: 'Export 3 keys' }));
  if (to) await bringUp(button(to));
  return scene;
}
const dialog = () => within(screen.getByRole('dialog'));
const button = (name: string): HTMLElement => dialog().getByRole('button', { name });
const rows = (): (string | null)[] =>
  dialog()
    .getAllByRole('listitem')
    .map((row) => row.textContent);

describe('the plan of an export', () => {
  test('says of each key which channel it becomes, or why none', async () => {
    const scene = await open();
    expect(scene.inputs('channel-export.open')[0]).toMatchObject({
      newApiId: 'n1',
      keyIds: ['k1', 'k2', 'k3'],
      options: { groups: ['default'], existing: 'pass-over' },
    });
    expect(rows()).toEqual([
      expect.stringContaining('New channel “Hoshi A”'),
      expect.stringContaining(
        'there is already 1 channel of its relay, not known to be of this key (theirs)',
      ),
      expect.stringContaining('KeyFerry cannot reach h1.example'),
    ]);
    expect(button('Write 1 channel')).toBeEnabled();
  });

  test('counts the names that no channel can hold', async () => {
    const items = [{ ...ITEMS[0]!, leftOut: 3 }];
    await open({ 'channel-export.open': () => ok(exportView({ items })) });
    expect(rows()).toEqual([expect.stringContaining('3 names with commas left out')]);
  });

  test('is made anew with every option, and written as it was shown', async () => {
    const scene = await open();
    await scene.user.click(dialog().getByRole('checkbox', { name: /^Create new channels even/ }));
    await scene.user.click(dialog().getByRole('button', { name: /^For all new channels/ }));
    await scene.user.click(button('vip'));
    await enter(scene, dialog().getByLabelText('Priority'), '4');
    await waitFor(() => expect(button('Write 1 channel')).toBeEnabled());
    await bringUp(button('Write 1 channel'));
    expect(scene.inputs('channel-export.apply')[0]).toMatchObject({
      hash: 'h2',
      options: { groups: ['default', 'vip'], priority: 4, existing: 'make-new' },
    });
  });

  test('that is no longer true comes back as the new one', async () => {
    await open({ 'channel-export.apply': () => ok({ kind: 'replan', view: exportView({ hash: 'h3' }) }) });
    await bringUp(button('Write 1 channel'));
    expect(screen.getByRole('dialog')).toHaveTextContent(
      'Nothing was written. The channels changed after you saw the plan',
    );
    expect(button('Write 1 channel')).toBeEnabled();
  });

  test('that cannot be had says why; where the host is not allowed it is asked for', async () => {
    const failure = { code: 'relay-permission', host: 'n1.example' } as const;
    const scene = await open({ 'channel-export.open': failing(failure) });
    await bringUp(button('Allow access to n1.example'));
    expect(scene.page.requested).toEqual(['*://n1.example/*']);
    expect(scene.inputs('channel-export.open')).toHaveLength(2);
  });

  test('asks nothing before its target is chosen', async () => {
    const scene = await open({}, [newApiShort()], null);
    expect(button('New API channels')).toHaveAttribute('aria-pressed', 'false');
    expect(scene.inputs('channel-export.open')).toEqual([]);
    expect(scene.inputs('key.text')).toEqual([]);
    await bringUp(button('Cancel'));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  test('lets the user allow all relays that the browser may not reach, in one question', async () => {
    const shut = (keyId: string, name: string): ExportItem => ({
      ...about(keyId, name),
      kind: 'failed',
      failure: { code: 'relay-permission', host: 'r1.example' },
    });
    const scene = await open({
      'channel-export.open': () => ok(exportView({ items: [shut('k1', 'A'), shut('k2', 'B'), ITEMS[2]!] })),
    });
    scene.answer({ 'channel-export.open': () => ok(exportView()) });
    await bringUp(button('Allow access to 1 relay'));
    expect(scene.page.requested).toEqual(['*://r1.example/*']);
    expect(rows()[0]).toContain('New channel “Hoshi A”');
    expect(dialog().queryByRole('button', { name: /^Allow access/ })).not.toBeInTheDocument();
  });

  test('is given up with Escape, and the relays are asked no further', async () => {
    const scene = await open({ 'channel-export.open': () => new Promise(() => undefined) });
    await scene.user.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    const [{ exportId } = { exportId: '' }] = scene.inputs('channel-export.open');
    expect(scene.inputs('work.stop')).toEqual([{ workId: exportId }]);
  });
});

describe('an export', () => {
  test('shows how far it is, and stops when it is told to', async () => {
    const scene = await open({ 'channel-export.apply': () => new Promise(() => undefined) });
    await bringUp(button('Write 1 channel'));
    expect(await dialog().findByText('1 of 3 keys done…')).toBeVisible();
    await scene.user.click(button('Stop after this key'));
    const [{ exportId } = { exportId: '' }] = scene.inputs('channel-export.apply');
    expect(scene.inputs('work.stop')).toEqual([{ workId: exportId }]);
  });

  test('goes on when its dialog is closed, and then ends with a toast', async () => {
    let answer = (): void => undefined;
    const scene = await open({
      'channel-export.apply': () =>
        new Promise((resolve) => {
          answer = () => resolve(ok({ kind: 'done', results: RESULTS }));
        }),
    });
    await bringUp(button('Write 1 channel'));
    await scene.user.click(dialog().getAllByRole('button', { name: 'Close' })[0]!);
    expect(scene.inputs('work.stop')).toEqual([]);
    answer();
    await waitFor(() => expect(scene.toasts).toEqual(['1 of 3 keys are at “Home server”']));
  });

  test('ends with a result for each key; what failed is tried again, and the rest stays in sight', async () => {
    const scene = await open();
    await bringUp(button('Write 1 channel'));
    expect(screen.getByRole('dialog')).toHaveTextContent('1 of 3 keys are at “Home server”');
    expect(rows()[0]).toContain('Channel “Hoshi A” (no. 7) was written and read back');
    expect(rows()[2]).toContain('KeyFerry cannot reach h1.example');
    const item: ExportItem = { ...about('k3', 'C'), kind: 'create', channelName: 'Hoshi C', changes: [] };
    const result = { keyId: 'k3', kind: 'written', importId: 'i3', channelId: 8, made: true } as const;
    scene.answer({
      'channel-export.open': () => ok(exportView({ items: [item] })),
      'channel-export.apply': () => ok({ kind: 'done', results: [{ ...result, channelName: 'Hoshi C' }] }),
    });
    await bringUp(button('Try 1 key again'));
    expect(scene.inputs('channel-export.open')[1]!.keyIds).toEqual(['k3']);
    await bringUp(button('Write 1 channel'));
    expect(screen.getByRole('dialog')).toHaveTextContent('2 of 3 keys are at “Home server”');
    expect(rows()).toHaveLength(3);
  });

  test('is undone key by key, after showing what that would lose', async () => {
    const lost = [{ field: 'priority' as const, from: '0', to: '9' }];
    const scene = await open({
      'channels.undo': ({ confirmedLoss }) =>
        ok(confirmedLoss ? { kind: 'undone' } : { kind: 'changed', channelName: 'Hoshi A', lost, hash: 'h' }),
    });
    await bringUp(button('Write 1 channel'));
    await bringUp(button('Undo the export of “A”'));
    expect(rows().join(' ')).toContain('“Hoshi A” has been changed since');
    await bringUp(button('Undo anyway'));
    expect(scene.inputs('channels.undo')).toEqual([
      { importId: 'i1' },
      { importId: 'i1', confirmedLoss: 'h' },
    ]);
    expect(rows()[0]).toContain('Undone');
  });
});

describe('many keys as one text', () => {
  test('are shown masked and copied whole; one that cannot be had is named', async () => {
    const scene = await open({
      'key.text': ({ keyId }) =>
        keyId === 'k2' ? failing(failureOf('relay-unreachable'))() : ok(`sk-LabSecret-${keyId}`),
    });
    await bringUp(button('.env lines'));
    expect(dialog().getByLabelText('Text that will be copied')).toHaveTextContent('sk-Lab…0001');
    await bringUp(button('Copy 3 keys'));
    const [text = ''] = scene.page.copied;
    expect(text).toContain('OPENAI_API_KEY=sk-LabSecret-k1');
    expect(text).toContain('OPENAI_API_KEY_2=sk-LabSecret-k3');
    expect(screen.getByRole('dialog')).toHaveTextContent(
      '1 key could not be fetched and is missing from the text',
    );
    expect(document.body.innerHTML).not.toContain('LabSecret');
  });

  test('are there without a New API, too, which can be added from here', async () => {
    const scene = await open({}, []);
    expect(scene.inputs('channel-export.open')).toEqual([]);
    await bringUp(button('Add New API site'));
    expect(scene.page.opened).toEqual(['#/new-api']);
  });
});
