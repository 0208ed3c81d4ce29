// @vitest-environment happy-dom
import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { CopyView } from '../../../src/core/channels/copy';
import { fail, ok } from '../../../src/core/failures/result';
import type { NewApiView } from '../../../src/core/new-api/view';
import { ChannelsPage } from '../../../src/ui/channels/page';
import { channelOf, channelScript, channelsView } from './samples';
import { enter, renderPage, type Scene } from '../render-page';
import { newApiShort } from '../samples';
import type { Script } from '../scripted-worker';

const view = (more: Partial<CopyView> = {}): CopyView => ({
  name: 'C1_复制',
  changes: [{ field: 'name', from: '', to: 'C1_复制' }],
  left: [],
  key: 'kept',
  onAtFirst: true,
  elsewhere: false,
  hash: 'h1',
  ...more,
});
const made = channelOf(9, { name: 'C1_复制', state: 'off' });
const written = { kind: 'written', importId: 'i1', channel: made, failure: null } as const;

const show = (script: Script = {}, more: Partial<NewApiView> = {}): Promise<Scene> =>
  renderPage(<ChannelsPage />, {
    page: { isPopup: false },
    view: { newApis: [newApiShort(), newApiShort({ id: 'n2', name: 'Second', host: 'n2.example' })] },
    script: {
      ...channelScript([channelOf(1), channelOf(2)], more),
      'channels.plan-copy': ({ targetId }) =>
        ok(
          targetId === 'n1'
            ? view()
            : view({ key: 'asked', onAtFirst: false, elsewhere: true, hash: 'h2', left: ['keys', 'remark'] }),
        ),
      'channels.copy': () => ok(written),
      ...script,
    },
  });

const row = (id: number): HTMLElement => document.querySelector<HTMLElement>(`[data-row="${id}"]`)!;

async function openIt(scene: Scene): Promise<HTMLElement> {
  await scene.user.click(within(row(1)).getByRole('button', { name: 'More' }));
  await scene.user.click(screen.getByRole('menuitem', { name: 'Copy channel…' }));
  return screen.findByRole('dialog', { name: 'Copy channel “C1”' });
}

test('a copy is planned, said to be off, made on a click, and can be undone', async () => {
  const scene = await show();
  const dialog = within(await openIt(scene));
  const plan = within(await dialog.findByRole('region', { name: 'Changes to be saved' }));
  expect(plan.getByText('C1_复制')).toBeVisible();
  expect(plan.getByText('Off')).toBeVisible();
  expect(plan.getByText(/switches it off right after/)).toBeVisible();
  expect(scene.inputs('channels.copy')).toEqual([]);
  const reads = scene.inputs('channels.list').length;
  scene.answer({ 'channels.list': () => ok(channelsView([channelOf(1), channelOf(2), made])) });
  await scene.user.click(dialog.getByRole('button', { name: 'Copy channel' }));
  const [sent] = scene.inputs('channels.copy');
  expect(sent).toMatchObject({ newApiId: 'n1', channelId: 1, targetId: 'n1', planHash: 'h1' });
  expect(sent).not.toHaveProperty('key');
  await waitFor(() => expect(row(9)).toBeInTheDocument());
  expect(scene.inputs('channels.list').length).toBe(reads + 1);
  expect(scene.toasts).toEqual(['“C1_复制” created, switched off']);
  scene.answer({ 'channels.undo': () => ok({ kind: 'undone' }) });
  act(() => scene.undos.at(-1)?.());
  await waitFor(() => expect(scene.inputs('channels.undo')).toEqual([{ importId: 'i1' }]));
});

test('to another New API it needs the key where no site tells it, and names what stays behind', async () => {
  const scene = await show();
  const dialog = within(await openIt(scene));
  await scene.user.selectOptions(dialog.getByLabelText('Copy to'), 'n2');
  expect(await dialog.findByText('Not copied: all keys but the one you enter, remark.')).toBeVisible();
  const submit = dialog.getByRole('button', { name: 'Copy channel' });
  expect(submit).toBeDisabled();
  await enter(scene, dialog.getByLabelText('Key'), 'sk-typed-1');
  await scene.user.click(submit);
  expect(scene.inputs('channels.copy')[0]).toMatchObject({
    targetId: 'n2',
    key: 'sk-typed-1',
    planHash: 'h2',
  });
  // The list of this site has nothing new.
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(scene.inputs('channels.list').length).toBe(1);
});

test('where the channel has changed since, the new plan is shown and nothing else happens', async () => {
  const plan = view({ hash: 'h3', changes: [{ field: 'name', from: '', to: 'another' }] });
  const scene = await show({ 'channels.copy': () => ok({ kind: 'replan', plan }) });
  const dialog = within(await openIt(scene));
  await dialog.findByRole('region');
  await scene.user.click(dialog.getByRole('button', { name: 'Copy channel' }));
  expect(await dialog.findByText(/^Nothing was written/)).toBeVisible();
  expect(dialog.getByText('another')).toBeVisible();
  expect(scene.toasts).toEqual([]);
});

test('what was refused is said where the key can be entered', async () => {
  const failure = { code: 'channel-key-untold', host: 'n1.example' } as const;
  const scene = await show({ 'channels.copy': () => ok({ kind: 'failed', failure }) });
  const dialog = within(await openIt(scene));
  await dialog.findByRole('region');
  await scene.user.click(dialog.getByRole('button', { name: 'Copy channel' }));
  expect(await dialog.findByText(/cannot copy this channel without its key/)).toBeVisible();
  await enter(scene, dialog.getByLabelText('New key'), 'sk-typed-1');
  await scene.user.click(dialog.getByRole('button', { name: 'Copy channel' }));
  expect(scene.inputs('channels.copy')[1]).toMatchObject({ key: 'sk-typed-1' });
});

test('one that is still on says so, with why', async () => {
  const channel = { ...made, state: 'on' as const };
  const failure = { code: 'relay-error', host: 'n1.example', status: 500 } as const;
  const scene = await show({ 'channels.copy': () => ok({ ...written, channel, failure }) });
  const dialog = within(await openIt(scene));
  await dialog.findByRole('region');
  await scene.user.click(dialog.getByRole('button', { name: 'Copy channel' }));
  await waitFor(() => expect(scene.toasts.length).toBe(2));
  expect(scene.toasts[0]).toBe('“C1_复制” created, but it is still on');
  expect(scene.toasts[1]).toMatch(/n1\.example/);
});

test('a site that may not be reached is asked for by name, and then planned for', async () => {
  const denied = fail({ code: 'relay-permission', host: 'n2.example' } as const);
  const scene = await show({
    'channels.plan-copy': ({ targetId }) => (targetId === 'n1' ? ok(view()) : denied),
  });
  const dialog = within(await openIt(scene));
  await scene.user.selectOptions(dialog.getByLabelText('Copy to'), 'n2');
  const allow = await dialog.findByRole('button', { name: /n2\.example/ });
  scene.answer({ 'channels.plan-copy': () => ok(view({ key: 'told', elsewhere: true })) });
  await scene.user.click(allow);
  expect(await dialog.findByRole('region', { name: 'Changes to be saved' })).toBeVisible();
});

test('an account that may not make channels finds why in the menu', async () => {
  const scene = await show({}, { rights: { admin: true, write: true, sensitive: false } });
  await scene.user.click(within(row(1)).getByRole('button', { name: 'More' }));
  const item = screen.getByRole('menuitem', { name: 'Copy channel: not allowed for this account' });
  expect(item).toHaveAttribute('aria-disabled', 'true');
});

test('the rules of sync of one channel are in its menu', async () => {
  const scene = await show();
  await scene.user.click(within(row(1)).getByRole('button', { name: 'More' }));
  await scene.user.click(screen.getByRole('menuitem', { name: 'Model sync rules…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Model sync of “C1”' }));
  await scene.user.selectOptions(dialog.getByLabelText('New models of this channel'), 'Skip this channel');
  await scene.user.click(dialog.getByRole('button', { name: 'Save' }));
  expect(scene.inputs('sync.save')[0]?.settings.skip).toEqual([1]);
});
