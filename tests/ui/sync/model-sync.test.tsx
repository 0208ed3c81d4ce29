// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { ok } from '../../../src/core/failures/result';
import { NO_SYNC } from '../../../src/core/sync/run';
import { ChannelsPage } from '../../../src/ui/channels/page';
import { channelOf, channelScript, runOf, syncedOf } from '../channels/samples';
import { enter, renderPage, type Scene } from '../render-page';
import type { Script } from '../scripted-worker';
import type { NewApiView } from '../../../src/core/new-api/view';

const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });
const of = (name: string) => within(screen.getByRole('region', { name }));

const FOUND = runOf([
  syncedOf(1, {
    found: {
      added: ['o3', 'gpt-4.1'],
      removed: [{ name: 'old', upstream: 'old' }],
      renamed: [{ name: 'fast', from: 'fast-1', to: 'fast-2' }],
    },
  }),
  syncedOf(2, { failure: { code: 'channel-upstream', text: 'status code: 500' } }),
]);

const show = (script: Script = {}, more: Partial<NewApiView> = {}): Promise<Scene> => {
  location.hash = '#/channels/n1/sync';
  return renderPage(<ChannelsPage />, {
    page: { isPopup: false },
    script: {
      ...channelScript(
        [1, 2, 3].map((id) => channelOf(id)),
        more,
      ),
      'sync.run': () => ok(FOUND),
      ...script,
    },
  });
};

test('all channels are looked at but those that are passed over', async () => {
  const scene = await show({}, { sync: { ...NO_SYNC, skip: [3] } });
  await scene.user.click(button('Check 2 channels'));
  expect(scene.inputs('sync.run')[0]).toMatchObject({ newApiId: 'n1', channelIds: null });
});

test('what has come is ticked, what is gone or renamed never is; a broken channel is a row with its reason', async () => {
  const { user } = await show();
  await user.click(button(/^Check/));
  await screen.findByRole('region', { name: 'C1' });
  expect(of('C1').getByRole('checkbox', { name: /o3/ })).toBeChecked();
  expect(of('C1').getByRole('checkbox', { name: /old/ })).not.toBeChecked();
  expect(of('C1').getByRole('checkbox', { name: /fast/ })).not.toBeChecked();
  expect(screen.getByRole('region', { name: 'C2' })).toHaveTextContent('status code: 500');
  expect(button('Apply 2 changes')).toHaveClass('primary');
  expect(button(/^Check/)).not.toHaveClass('primary');
});

test('only what is ticked is applied, on what was seen, with a result for each', async () => {
  const after = channelOf(1, { models: 'gpt-4o,o3' });
  const scene = await show({
    'sync.apply': () => ok([{ channelId: 1, kind: 'done', channel: after, tookMs: 3 }]),
  });
  await scene.user.click(button(/^Check/));
  await screen.findByRole('region', { name: 'C1' });
  await scene.user.click(of('C1').getByRole('checkbox', { name: /gpt-4\.1/ }));
  await scene.user.click(of('C1').getByRole('checkbox', { name: /fast/ }));
  await scene.user.click(button('Apply 2 changes'));
  expect(scene.inputs('sync.apply')[0]?.chosen).toEqual([
    {
      channelId: 1,
      name: 'C1',
      seen: { models: 'gpt-4o', mapping: '' },
      choice: { add: ['o3'], remove: [], rename: [{ name: 'fast', to: 'fast-2' }] },
    },
  ]);
  expect(of('C1').getByText('Written and read back.')).toBeVisible();
  expect(screen.queryByRole('button', { name: /^Apply/ })).not.toBeInTheDocument();
});

test('a run of old proposes nothing for a channel that has changed since', async () => {
  const moved = runOf([syncedOf(1, { ...FOUND.channels[0], seen: { models: 'other', mapping: '' } })]);
  await show({ 'sync.runs': () => ok([moved]) });
  expect(of('C1').getByText(/has changed since this check/)).toBeVisible();
  expect(of('C1').queryByRole('checkbox')).not.toBeInTheDocument();
});

test('a run that was refused says how many channels it did not ask', async () => {
  await show({ 'sync.runs': () => ok([{ ...FOUND, notTried: 4 }]) });
  expect(screen.getByText(/^4 were not checked/)).toBeVisible();
});

test('runs are kept, and each can be looked at again', async () => {
  const older = runOf([], { id: 'run0', by: 'schedule', at: Date.now() - 3_600_000, inOrder: 3 });
  const { user } = await show({ 'sync.runs': () => ok([FOUND, older]) });
  const log = of('Past checks');
  expect(log.getByRole('button', { name: /1 changed, 1 not read/ })).toHaveAttribute('aria-current', 'true');
  await user.click(log.getByRole('button', { name: /scheduled/ }));
  expect(await screen.findByText('No new, removed or renamed models.')).toBeVisible();
});

test('rules and schedule are kept; a channel can be passed over from its row', async () => {
  const scene = await show({ 'sync.runs': () => ok([FOUND]) });
  await enter(scene, screen.getByLabelText('Add only models that contain'), 'gpt, claude*');
  await enter(scene, screen.getByLabelText('Never add models that contain'), 'image');
  await scene.user.selectOptions(screen.getByLabelText('Check automatically'), 'Every 6 hours');
  await scene.user.click(screen.getByLabelText(/Add new models automatically/));
  await scene.user.click(button('Save'));
  const rules = { include: ['gpt', 'claude*'], exclude: ['image'] };
  expect(scene.inputs('sync.save')[0]?.settings).toEqual({
    everyHours: 6,
    applyAdded: true,
    rules,
    skip: [],
    own: [],
  });
  await scene.user.click(of('C2').getByRole('button', { name: 'Skip channel' }));
  expect(scene.inputs('sync.save')[1]?.settings.skip).toEqual([2]);
});

test('one channel gets words of its own, from its finding, and goes back to those of all', async () => {
  const own = [{ channelId: 3, rules: { include: ['o3'], exclude: ['mini'] } }];
  const scene = await show({ 'sync.runs': () => ok([FOUND]) }, { sync: { ...NO_SYNC, own } });
  await scene.user.click(of('C2').getByRole('button', { name: 'Rules…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Model sync of “C2”' }));
  expect(dialog.queryByLabelText('Add only models that contain')).not.toBeInTheDocument();
  await scene.user.selectOptions(dialog.getByLabelText('New models of this channel'), 'Own rules');
  await enter(scene, dialog.getByLabelText('Add only models that contain'), 'gpt, claude*');
  await scene.user.click(dialog.getByRole('button', { name: 'Save' }));
  expect(scene.inputs('sync.save')[0]?.settings).toMatchObject({
    skip: [],
    own: [...own, { channelId: 2, rules: { include: ['gpt', 'claude*'], exclude: [] } }],
  });
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());

  expect(screen.getByText('1 channel has its own rules')).toBeVisible();
  await scene.user.click(within(screen.getByRole('complementary')).getByRole('button', { name: 'Rules…' }));
  const third = within(await screen.findByRole('dialog', { name: 'Model sync of “C3”' }));
  expect(third.getByLabelText('Never add models that contain')).toHaveValue('mini');
  await scene.user.selectOptions(third.getByLabelText('New models of this channel'), 'As for all channels');
  await scene.user.click(third.getByRole('button', { name: 'Save' }));
  expect(scene.inputs('sync.save')[1]?.settings.own).toEqual([]);
});
