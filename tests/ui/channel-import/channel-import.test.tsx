// @vitest-environment happy-dom
import { act, screen, waitFor, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, test } from 'vitest';
import { fail, ok } from '../../../src/core/failures/result';
import '../../../src/ui/channel-import/layer';
import '../../../src/ui/channel-import/conflict-dialog';
import { HandoffHost } from '../../../src/ui/shell/handoff-host';
import '../../../src/ui/handoff/send-key';
import { Keys } from '../open-dialog';
import { bringUp, enter, renderPage, settle, setWidth, type Scene, type SceneOptions } from '../render-page';
import {
  candidateOf,
  channelOf,
  channelPlan,
  failureOf,
  newApiShort,
  openedChannel,
  view as sampleView,
} from '../samples';

function Page(): ReactNode {
  return (
    <>
      <Keys />
      <HandoffHost />
    </>
  );
}

/** Each plan has a hash of its own. */
function answers(): NonNullable<SceneOptions['script']> {
  let plans = 1;
  return {
    'channel-import.open': () => ok(openedChannel()),
    'channel-import.plan': ({ draft }) => ok(channelPlan({ hash: `hash-${++plans}`, added: draft.models })),
    'channel-import.apply': () => ok({ kind: 'written', importId: 'i7', channel: channelOf(), made: true }),
    'channels.undo': () => ok({ kind: 'undone' }),
  };
}

const show = ({ script, view, ...more }: SceneOptions = {}): Promise<Scene> =>
  renderPage(<Page />, {
    view: {
      settings: { ...sampleView().settings, icons: [{ id: 'new-api', shown: true }] },
      newApis: [newApiShort()],
      ...view,
    },
    script: { ...answers(), ...script },
    ...more,
  });

const icon = (): HTMLElement => screen.getByRole('button', { name: 'Import into New API' });
const dialog = (): HTMLElement => screen.getByRole('dialog');
const inDialog = (name: string | RegExp): HTMLElement => within(dialog()).getByRole('button', { name });

async function openIt(options: SceneOptions = {}): Promise<Scene> {
  const scene = await show(options);
  await bringUp(icon());
  await act(settle);
  return scene;
}
/** The pause after the last edit. */
const planned = (scene: Scene, times: number): Promise<void> =>
  waitFor(() => expect(scene.inputs('channel-import.plan')).toHaveLength(times));
const draft = (scene: Scene) => scene.inputs('channel-import.apply')[0]!.draft;

describe('the icon', () => {
  test('leads to the settings of New APIs where none is kept', async () => {
    const { page, asked } = await openIt({ view: { newApis: [] } });
    expect(page.opened).toEqual(['#/new-api']);
    expect(asked.map(({ name }) => name)).toEqual(['view']);
  });

  test('asks for the host from the click, and remembers what comes after', async () => {
    const newApis = [newApiShort({ granted: false })];
    const scene = await openIt({ view: { newApis } });
    expect(scene.page.requested).toEqual(['*://n1.example/*']);
    expect(scene.inputs('intent.set')).toEqual([{ kind: 'channel', id: 'k1', pattern: '*://n1.example/*' }]);
    expect(dialog()).toHaveAccessibleName('Import “Work key” as a channel');
  });

  test('says that the host was refused, and sends nothing', async () => {
    const newApis = [newApiShort({ granted: false })];
    const { toasts, asked } = await openIt({ view: { newApis }, page: { grants: false } });
    expect(toasts[0]).toMatch(/^You did not allow access to n1\.example/);
    expect(asked.map(({ name }) => name)).not.toContain('channel-import.open');
  });

  test('is pressed by N on the card', async () => {
    const { user } = await show();
    screen.getByRole('listitem', { name: /^Work key/ }).focus();
    await user.keyboard('n');
    expect(await screen.findByRole('dialog')).toHaveAccessibleName('Import “Work key” as a channel');
  });
});

describe('the plan', () => {
  test('stands there before the button, which has the focus and writes just that', async () => {
    const scene = await openIt();
    expect(dialog()).toHaveTextContent('added2 models');
    expect(dialog()).toHaveTextContent('3 other channels stay as they are');
    expect(inDialog('Import key with 2 models')).toHaveFocus();
    await bringUp(inDialog('Import key with 2 models'));
    expect(scene.inputs('channel-import.apply')).toMatchObject([
      { newApiId: 'n1', keyId: 'k1', planHash: 'hash-1', draft: openedChannel().draft },
    ]);
    expect(scene.toasts).toEqual(['“Work key”: channel no. 7 at “Home server” was written and read back']);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  test('takes name, groups, priority and tag, planned once editing pauses', async () => {
    const scene = await openIt();
    await bringUp(inDialog(/^More/));
    await enter(scene, within(dialog()).getByLabelText('Channel name'), 'Mine');
    await scene.user.click(inDialog('vip'));
    await scene.user.click(inDialog('default'));
    await enter(scene, within(dialog()).getByLabelText('Priority'), '-3');
    await enter(scene, within(dialog()).getByLabelText('Tag'), 'ferry');
    await planned(scene, 1);
    await waitFor(() => expect(inDialog('Import key with 2 models')).toBeEnabled());
    await bringUp(inDialog('Import key with 2 models'));
    expect(draft(scene)).toMatchObject({ name: 'Mine', groups: ['vip'], priority: -3, tag: 'ferry' });
  });

  test('takes models and the names that clients ask for', async () => {
    setWidth(400);
    const scene = await openIt();
    await bringUp(inDialog('Choose models'));
    await scene.user.click(within(dialog()).getByRole('checkbox', { name: 'claude-sonnet-4' }));
    await scene.user.click(inDialog('Edit the alias of “gpt-4o”'));
    await enter(scene, within(dialog()).getByLabelText('Alias of “gpt-4o”'), 'my-4o');
    await waitFor(() => expect(inDialog('Import key with 1 model')).toBeEnabled());
    await bringUp(inDialog('Plan'));
    await bringUp(inDialog('Import key with 1 model'));
    expect(draft(scene).models).toEqual([{ name: 'gpt-4o', alias: 'my-4o' }]);
  });

  test('that could go to several channels waits for a choice, each with why it is thought of', async () => {
    const candidates = [
      candidateOf({ grade: 'same-models', state: 'off' }),
      candidateOf({ channelId: 5, name: 'b' }),
    ];
    const opened = openedChannel({ planned: { kind: 'choose', candidates } });
    const scene = await openIt({ script: { 'channel-import.open': () => ok(opened) } });
    expect(inDialog('Import key with 2 models')).toBeDisabled();
    const radios = within(dialog()).getAllByRole('radio');
    expect(radios.map((radio) => radio.parentElement?.textContent)).toEqual([
      '“theirs” (no. 4)same relay and the same models, 2 models, switched off',
      '“b” (no. 5)same relay, 2 models',
      'New channel',
    ]);
    expect(radios.filter((radio) => (radio as HTMLInputElement).checked)).toEqual([]);
    await scene.user.click(radios[1]!);
    await planned(scene, 1);
    expect(scene.inputs('channel-import.plan')[0]!.draft.target).toEqual({ kind: 'join', channelId: 5 });
  });

  test('for its own channel adds models alone; with nothing to add there is nothing to press', async () => {
    const candidates = [candidateOf({ grade: 'own' })];
    const unchanged = channelPlan({
      kind: 'unchanged',
      channelId: 4,
      channelName: 'theirs',
      changes: [],
      added: [],
      kept: [{ alias: 'gpt-4o', has: 'gpt-4', wanted: 'gpt-4o' }],
      candidates,
    });
    await openIt({
      script: { 'channel-import.open': () => ok(openedChannel({ planned: unchanged })) },
    });
    expect(dialog()).toHaveTextContent('This channel already has everything. Nothing will be written.');
    expect(dialog()).toHaveTextContent(
      '1 name already means another model in this channel and stays as it is',
    );
    expect(dialog()).toHaveTextContent('written by KeyFerry for this key');
    expect(within(dialog()).queryByRole('button', { name: /^More/ })).not.toBeInTheDocument();
    expect(inDialog('Remember this channel')).toBeDisabled();
  });

  test('that is no longer true comes back as the new one; a failure stays in the dialog', async () => {
    const scene = await openIt({
      script: {
        'channel-import.apply': () => ok({ kind: 'replan', planned: channelPlan({ rest: 9, hash: 'h9' }) }),
      },
    });
    await bringUp(inDialog('Import key with 2 models'));
    expect(dialog()).toHaveTextContent('Nothing was written. The channels changed after you saw the plan');
    expect(dialog()).toHaveTextContent('9 other channels');
    const failure = failureOf('channel-no-right');
    scene.answer({ 'channel-import.apply': () => ok({ kind: 'failed', failure }) });
    await bringUp(inDialog('Import key with 2 models'));
    expect(within(dialog()).getByRole('alert')).toBeVisible();
    expect(scene.inputs('channel-import.apply')[1]!.planHash).toBe('h9');
    expect(scene.toasts).toEqual([]);
  });

  test('that cannot be had says why, and is asked for again', async () => {
    const scene = await openIt({
      script: { 'channel-import.open': () => fail(failureOf('relay-unreachable')) },
    });
    expect(within(dialog()).getByRole('alert')).toHaveTextContent('KeyFerry cannot reach h1.example');
    scene.answer(answers());
    await bringUp(inDialog('Try again'));
    expect(inDialog('Import key with 2 models')).toBeVisible();
  });
});

test('a write goes on when the dialog is closed, and ends with a toast that closes no other', async () => {
  let answer = (): void => undefined;
  const scene = await openIt({
    script: {
      'channel-import.apply': () =>
        new Promise((resolve) => {
          answer = () => resolve(ok({ kind: 'failed', failure: failureOf('relay-unreachable') }));
        }),
    },
  });
  await bringUp(inDialog('Import key with 2 models'));
  await scene.user.keyboard('{Escape}');
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  await bringUp(icon());
  await act(async () => {
    answer();
    await settle();
  });
  expect(scene.toasts[0]).toMatch(/^“Work key”: KeyFerry cannot reach h1\.example/);
  expect(dialog()).toBeVisible();
});

test('of several New APIs the one that has the key comes first, and another can be chosen', async () => {
  const newApis = [
    newApiShort(),
    newApiShort({ id: 'n2', name: 'Second', host: 'n2.example', keys: ['k1'] }),
  ];
  const scene = await openIt({ view: { newApis } });
  expect(scene.inputs('channel-import.open')).toEqual([{ newApiId: 'n2', keyId: 'k1' }]);
  await scene.user.selectOptions(within(dialog()).getByLabelText('New API site'), 'n1');
  expect(scene.inputs('channel-import.open')[1]).toEqual({ newApiId: 'n1', keyId: 'k1' });
});

test('Undo takes the write back; what that would lose is shown first', async () => {
  const scene = await openIt();
  await bringUp(inDialog('Import key with 2 models'));
  const lost = [{ field: 'priority' as const, from: '0', to: '9' }];
  scene.answer({
    'channels.undo': ({ confirmedLoss }) =>
      ok(confirmedLoss ? { kind: 'undone' } : { kind: 'changed', channelName: 'theirs', lost, hash: 'h' }),
  });
  await act(async () => {
    scene.undos[0]!();
    await settle();
  });
  expect(dialog()).toHaveAccessibleName('“theirs” has been changed since');
  expect(dialog()).toHaveTextContent('0 → 9');
  await bringUp(inDialog('Undo anyway'));
  expect(scene.inputs('channels.undo')).toEqual([{ importId: 'i7' }, { importId: 'i7', confirmedLoss: 'h' }]);
  expect(scene.toasts.at(-1)).toBe('The change to the channel was undone');
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});
