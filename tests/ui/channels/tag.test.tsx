// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { ok } from '../../../src/core/failures/result';
import type { NewApiView } from '../../../src/core/new-api/view';
import { ChannelsPage } from '../../../src/ui/channels/page';
import { channelOf, channelScript } from './samples';
import { enter, renderPage, type Scene } from '../render-page';

const CHANNELS = [
  channelOf(1, { tag: 'team' }),
  channelOf(2, { tag: 'team', state: 'off' }),
  channelOf(3, { tag: 'team', state: 'auto-off' }),
  channelOf(4, { tag: 'alone' }),
  channelOf(5),
];

const show = (more: Partial<NewApiView> = {}): Promise<Scene> =>
  renderPage(<ChannelsPage />, {
    page: { isPopup: false },
    script: {
      ...channelScript(CHANNELS, more),
      'channels.switch': ({ channels, state }) =>
        ok(
          channels.map(({ id }) => ({
            channelId: id,
            kind: 'done',
            channel: channelOf(id, { state }),
            tookMs: 1,
          })),
        ),
    },
  });

const row = (id: number): HTMLElement => document.querySelector<HTMLElement>(`[data-row="${id}"]`)!;
const question = (): HTMLElement => screen.getByRole('alertdialog');
const asked = () => within(question());

async function askAbout(scene: Scene, id: number): Promise<void> {
  await scene.user.click(within(row(id)).getByRole('button', { name: 'More' }));
  await scene.user.click(screen.getByRole('menuitem', { name: /^All channels with tag/ }));
}

test('all channels of a tag are named before they are switched, with those that are so already', async () => {
  const scene = await show();
  await askAbout(scene, 1);
  expect(question()).toHaveAccessibleName('3 channels have the tag “team”');
  // What the site switched off, it might switch on again: off by hand is a change.
  expect(asked().getByText('Will change (2): C1, C3')).toBeVisible();
  expect(asked().getByText('Stays as it is (1): C2')).toBeVisible();
  await scene.user.selectOptions(asked().getByLabelText('Change'), 'Switch on');
  expect(asked().getByText('Will change (2): C2, C3')).toBeVisible();
  expect(asked().getByText('1 of them was auto-disabled by the site.')).toBeVisible();
  expect(scene.inputs('channels.switch')).toEqual([]);
  await scene.user.click(asked().getByRole('button', { name: 'Switch on 2 channels' }));
  // Exactly these go to the worker, whoever has the tag by then.
  expect(scene.inputs('channels.switch')[0]).toMatchObject({
    siteUrl: 'https://n1.example',
    state: 'on',
    channels: [
      { id: 2, name: 'C2', baseUrl: 'https://r2.example' },
      { id: 3, name: 'C3', baseUrl: 'https://r3.example' },
    ],
  });
  await waitFor(() => expect(scene.toasts).toEqual(['2 channels are switched on']));
});

test('a filter hides no channel of a tag, and nothing else is changed', async () => {
  const scene = await show();
  await enter(scene, screen.getByRole('searchbox'), '#1');
  await askAbout(scene, 1);
  expect(question()).toHaveAccessibleName('3 channels have the tag “team”');
  await scene.user.keyboard('{Escape}');
  expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument();
  expect(scene.inputs('channels.switch')).toEqual([]);
});

test('any tag can be chosen from the menu of all channels; where nothing would change there is no button', async () => {
  const scene = await show();
  await scene.user.click(screen.getAllByRole('button', { name: 'More' })[0]!);
  await scene.user.click(screen.getByRole('menuitem', { name: 'Change a whole tag…' }));
  expect(question()).toHaveAccessibleName('1 channel has the tag “alone”');
  await scene.user.selectOptions(asked().getByLabelText('Change'), 'Switch on');
  expect(asked().getByRole('button', { name: /^Switch on/ })).toBeDisabled();
  await scene.user.selectOptions(asked().getByLabelText('Tag'), 'team');
  expect(asked().getByRole('button', { name: 'Switch on 2 channels' })).toBeEnabled();
});

test('all channels of a tag are edited by the plan that any others are', async () => {
  const scene = await show();
  scene.answer({ 'channels.edit': () => ok([]) });
  await askAbout(scene, 2);
  await scene.user.selectOptions(asked().getByLabelText('Change'), 'Edit');
  await scene.user.click(asked().getByRole('button', { name: 'Edit 3 channels…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Edit 3 channels' }));
  await enter(scene, dialog.getByLabelText('Priority'), '9');
  await scene.user.click(dialog.getByRole('button', { name: 'Save 3 channels' }));
  expect(scene.inputs('channels.edit')[0]?.edits).toMatchObject(
    [1, 2, 3].map((id) => ({ channelId: id, fields: { priority: 9 }, seen: { priority: id } })),
  );
});

test('a channel without a tag has no such choice', async () => {
  const scene = await show();
  await scene.user.click(within(row(5)).getByRole('button', { name: 'More' }));
  expect(screen.queryByRole('menuitem', { name: /tag/ })).not.toBeInTheDocument();
});

test('an account that may not write has no such choice', async () => {
  const scene = await show({ rights: { admin: true, write: false, sensitive: false } });
  await scene.user.click(within(row(1)).getByRole('button', { name: 'More' }));
  expect(screen.queryByRole('menuitem', { name: /tag/ })).not.toBeInTheDocument();
});
