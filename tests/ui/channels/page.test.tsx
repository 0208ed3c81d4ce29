// @vitest-environment happy-dom
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import type { ChannelResult } from '../../../src/core/channels/view';
import { fail, ok, type Result } from '../../../src/core/failures/result';
import { ChannelsPage } from '../../../src/ui/channels/page';
import { channelOf, channelScript, channelsView, newApiView } from './samples';
import { enter, renderPage, setWidth, type Scene } from '../render-page';
import type { Script } from '../scripted-worker';
import { connectionView, keyView } from '../samples';
import type { NewApiView } from '../../../src/core/new-api/view';

const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });
const rows = (): string[] =>
  [...document.querySelectorAll<HTMLElement>('[data-row]')].map((row) => `C${row.dataset['row']}`);
const row = (id: number): HTMLElement => document.querySelector<HTMLElement>(`[data-row="${id}"]`)!;
const inRow = (id: number, name: string | RegExp): HTMLElement =>
  within(row(id)).getByRole('button', { name });
const done = (channelId: number, more: object = {}): ChannelResult => ({
  channelId,
  kind: 'done',
  channel: channelOf(channelId, more),
  tookMs: 5,
});

const CHANNELS = [
  channelOf(1, { models: 'gpt-4o,o3', group: 'default,vip' }),
  channelOf(2, { state: 'off', tag: 'team' }),
  channelOf(3, { state: 'auto-off', priority: 9 }),
];

const show = (script: Script = {}, more: Partial<NewApiView> = {}): Promise<Scene> =>
  renderPage(<ChannelsPage />, {
    page: { isPopup: false },
    view: { keys: [keyView()], connection: connectionView() },
    script: { ...channelScript(CHANNELS, more), ...script },
  });

describe('channels', () => {
  test('are sought by name, address, model, tag and number, and narrowed by state and group', async () => {
    const scene = await show();
    expect(rows()).toEqual(['C3', 'C2', 'C1']);
    const search = screen.getByRole('searchbox');
    for (const [text, found] of [
      ['r3.exa', ['C3']],
      ['O3', ['C1']],
      ['team', ['C2']],
      ['#2', ['C2']],
    ] as const) {
      await enter(scene, search, text);
      expect(rows()).toEqual(found);
    }
    await scene.user.keyboard('{Escape}');
    await scene.user.click(button(/^Off/));
    expect(rows()).toEqual(['C2']);
    await scene.user.click(button(/^All 3/));
    await scene.user.selectOptions(screen.getByRole('combobox', { name: 'Group' }), 'vip');
    expect(rows()).toEqual(['C1']);
    await enter(scene, search, 'nowhere');
    expect(screen.getByText('No channel matches')).toBeVisible();
    await scene.user.click(button('Show all'));
    expect(rows()).toEqual(['C3', 'C2', 'C1']);
  });

  test('stand under the name and the address of their site, in the order in which it asks them', async () => {
    const alike = [
      channelOf(1, { priority: 0 }),
      channelOf(2, { priority: 10 }),
      channelOf(3, { priority: 0 }),
    ];
    await show({ 'channels.list': () => ok(channelsView(alike)) });
    expect(rows()).toEqual(['C2', 'C1', 'C3']);
    expect(screen.getByRole('columnheader', { name: 'Priority' })).toHaveAttribute('aria-sort', 'descending');
    expect(screen.getByRole('columnheader', { name: 'Weight' })).toBeVisible();
    expect(screen.getByText('Mine')).toBeVisible();
    expect(screen.getByText('n1.example')).toBeVisible();
  });

  test('are sorted by the heads of the table', async () => {
    const { user } = await show();
    await user.click(button('Models'));
    expect(rows()).toEqual(['C2', 'C3', 'C1']);
    await user.click(button('Models'));
    expect(rows()).toEqual(['C1', 'C2', 'C3']);
    expect(screen.getByRole('columnheader', { name: 'Models' })).toHaveAttribute('aria-sort', 'descending');
    await user.click(button('State'));
    expect(rows()).toEqual(['C3', 'C2', 'C1']);
  });

  test('that came from a key of ours say so', async () => {
    await show({ 'channels.list': () => ok(channelsView(CHANNELS, { 2: 'k1' })) });
    expect(row(2)).toHaveTextContent('Made from your key “Work key”');
    expect(row(1)).not.toHaveTextContent('Made from');
  });

  test('say how many keys they have, what they used, and why the site switched them off', async () => {
    const why = { reason: 'status code 401', at: new Date(2024, 0, 2, 3, 4).getTime() };
    const more = { state: 'auto-off', manyKeys: true, keys: { count: 2, mode: 'polling' } } as const;
    const channel = channelOf(1, { ...more, off: why, usedQuota: 1234, balance: { amount: 2.5, at: 1 } });
    await show({ 'channels.list': () => ok(channelsView([channel])) });
    expect(row(1)).toHaveTextContent(
      '#1 · OpenAI · balance 2.5 · r1.example · 2 keys, in turn · used quota 1,234',
    );
    expect(row(1)).toHaveTextContent(/Auto-disabledstatus code 401 · .*2024/);
  });

  test('say when they were tested last and how long that took, or that they were not', async () => {
    const tested = channelOf(1, { type: 43, responseMs: 320, testedAt: Date.now() - 2 * 3_600_000 });
    await show({ 'channels.list': () => ok(channelsView([tested, channelOf(2)])) });
    expect(row(1)).toHaveTextContent('#1 · DeepSeek · r1.example');
    expect(row(1)).toHaveTextContent(/320 ms2 hr. ago/);
    expect(within(row(2)).getByText('Not tested')).toBeVisible();
  });

  test('are of a type that only New API calls by a name', async () => {
    const channels = [channelOf(1, { type: 43 }), channelOf(2, { type: 14 }), channelOf(3, { type: 99 })];
    await show({ 'channels.list': () => ok(channelsView(channels)) }, { family: 'one-hub' });
    expect(row(1)).toHaveTextContent('#1 · type 43');
    expect(row(2)).toHaveTextContent('#2 · Anthropic');
    expect(row(3)).toHaveTextContent('#3 · type 99');
  });

  test('have Test in their menu where there is no room for it beside Edit', async () => {
    setWidth(1024);
    const scene = await show({ 'channels.test': () => ok([done(1)]) });
    expect(within(row(1)).queryByRole('button', { name: /^Test/ })).not.toBeInTheDocument();
    await scene.user.click(inRow(1, 'More'));
    await scene.user.click(screen.getByRole('menuitem', { name: 'Test with one real request' }));
    expect(scene.inputs('channels.test')).toMatchObject([{ channelIds: [1] }]);
  });

  test('stand as cards where there is no room for a table', async () => {
    setWidth(500);
    await show();
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
    expect(within(row(1)).getByText(/2 models/)).toBeVisible();
    expect(screen.getByRole('combobox', { name: 'Sort by' })).toBeVisible();
  });

  test('are moved among, chosen and opened by keys', async () => {
    const { user } = await show();
    act(() => row(3).focus());
    await user.keyboard('{ArrowDown}');
    expect(row(2)).toHaveFocus();
    await user.keyboard(' ');
    expect(await screen.findByText('1 selected')).toBeVisible();
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}');
    expect(row(1)).toHaveFocus();
    expect(screen.getByText('2 selected')).toBeVisible();
    await user.keyboard('{Home}{Control>}a{/Control}');
    expect(row(3)).toHaveFocus();
    expect(screen.getByText('3 selected')).toBeVisible();
    await user.keyboard('/');
    expect(await screen.findByRole('searchbox')).toHaveFocus();
    act(() => row(3).focus());
    await user.keyboard('{End}{Enter}');
    expect(await screen.findByRole('dialog', { name: 'Edit channel “C1”' })).toBeVisible();
  });

  test('that a key leads to are brought into sight, when the rows around them are drawn', async () => {
    const { user } = await show();
    const brought = vi.spyOn(Element.prototype, 'scrollIntoView');
    act(() => row(3).focus());
    await user.keyboard('{End}');
    await waitFor(() => expect(brought.mock.contexts).toContain(row(1)));
    expect(brought).toHaveBeenCalledWith({ block: 'nearest' });
  });

  test('that cannot be read say why, with another try', async () => {
    let reply: Result<ReturnType<typeof channelsView>> = fail({
      code: 'channel-no-admin',
      host: 'n1.example',
    });
    const { user } = await show({ 'channels.list': () => reply });
    expect(screen.getByRole('alert')).toHaveTextContent('This account is not an administrator at n1.example');
    reply = ok(channelsView(CHANNELS));
    await user.click(button('Try again'));
    await waitFor(() => expect(rows()).toHaveLength(3));
  });

  test('are read anew when the New API was turned to another site', async () => {
    let siteUrl = 'https://n1.example';
    const scene = await show({ 'new-api.list': () => ok([newApiView({ siteUrl })]) });
    expect(scene.inputs('channels.list').length).toBe(1);
    await scene.user.click(screen.getByRole('checkbox', { name: 'Select “C1”' }));
    await scene.change({});
    expect(scene.inputs('channels.list').length).toBe(1);
    siteUrl = 'https://n2.example';
    await scene.change({});
    await waitFor(() => expect(scene.inputs('channels.list').length).toBe(2));
    expect(await screen.findByRole('checkbox', { name: 'Select “C1”' })).not.toBeChecked();
  });

  test('of a New API that refuses the token are not asked for', async () => {
    const scene = await show({}, { halted: { code: 'token-refused', host: 'n1.example' } });
    expect(scene.inputs('channels.list')).toEqual([]);
    expect(screen.getByRole('alert')).toBeVisible();
  });
});

test('channels of a New API whose token went with the browser are not asked for, and it is said why', async () => {
  const scene = await show({}, { remember: 'session', hasToken: false });
  expect(scene.inputs('channels.list')).toEqual([]);
  expect(screen.getByText(/kept only until the browser closed/)).toBeVisible();
});

describe('an account without the right to delete, or to write at all,', () => {
  test('is told so, and buttons say why they do nothing', async () => {
    const { user, inputs } = await show({}, { rights: { admin: true, write: false, sensitive: false } });
    expect(screen.getByText(/may view channels at n1.example, but not change them/)).toBeVisible();
    const off = inRow(1, 'Switch off: not allowed for this account');
    expect(off).toHaveAttribute('aria-disabled', 'true');
    await user.click(off);
    expect(inputs('channels.switch')).toEqual([]);
    await user.click(screen.getByRole('checkbox', { name: 'Select “C1”' }));
    const bar = within(screen.getByRole('region', { name: 'Selected channels' }));
    expect(bar.getByRole('button', { name: 'Delete' })).toBeDisabled();
    expect(bar.getByRole('button', { name: 'Test' })).toBeEnabled();
  });

  test('finds why in the menu, where a channel would be deleted', async () => {
    const { user } = await show({}, { rights: { admin: true, write: true, sensitive: false } });
    await user.click(inRow(1, 'More'));
    const item = screen.getByRole('menuitem', { name: 'Delete: not allowed for this account' });
    expect(item).toHaveAttribute('aria-disabled', 'true');
    await user.click(item);
    expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument();
  });
});

describe('a channel', () => {
  test('is switched, and its row shows what the server holds now', async () => {
    const scene = await show({ 'channels.switch': () => ok([done(1, { state: 'off' })]) });
    await scene.user.click(inRow(1, 'Switch off'));
    expect(scene.inputs('channels.switch')[0]).toMatchObject({
      siteUrl: 'https://n1.example',
      channels: [{ id: 1, name: 'C1', baseUrl: 'https://r1.example' }],
      state: 'off',
    });
    await waitFor(() => expect(within(row(1)).getByText('Off')).toBeVisible());
    expect(scene.toasts).toEqual(['“C1” is switched off']);
    scene.answer({ 'channels.undo': () => ok({ kind: 'undone' }) });
    const reads = scene.inputs('channels.list').length;
    act(() => scene.undos.at(-1)?.());
    const [{ workId } = { workId: '' }] = scene.inputs('channels.switch');
    await waitFor(() => expect(scene.inputs('channels.undo')).toEqual([{ importId: workId }]));
    await waitFor(() => expect(scene.inputs('channels.list').length).toBe(reads + 1));
  });

  test('that was not switched offers no undo', async () => {
    const failure = { code: 'channel-changed', name: 'C1' } as const;
    const scene = await show({ 'channels.switch': () => ok([{ channelId: 1, kind: 'failed', failure }]) });
    await scene.user.click(inRow(1, 'Switch off'));
    expect(await screen.findByText('0 of 1 channel switched off')).toBeVisible();
    expect(scene.toasts).toEqual([]);
  });

  test('is deleted from its menu only, after a question', async () => {
    const scene = await show({ 'channels.delete': () => ok([done(1)]) });
    expect(within(row(1)).queryByRole('button', { name: /Delete/ })).not.toBeInTheDocument();
    await scene.user.click(inRow(1, 'More'));
    await scene.user.click(screen.getByRole('menuitem', { name: 'Delete channel…' }));
    expect(screen.getByRole('alertdialog', { name: 'Delete 1 channel from n1.example?' })).toHaveTextContent(
      /^.*C1\. .* cannot undo this/,
    );
    expect(scene.inputs('channels.delete')).toEqual([]);
    await scene.user.click(button('Delete 1 channel'));
    expect(scene.inputs('channels.delete')[0]?.channels).toEqual([
      { id: 1, name: 'C1', baseUrl: 'https://r1.example' },
    ]);
    await waitFor(() => expect(rows()).toEqual(['C3', 'C2']));
  });

  test('says in its dialog what it is, and that a save can be undone', async () => {
    const channel = channelOf(1, { state: 'auto-off', balance: { amount: 2.5, at: 1 } });
    const scene = await show({ 'channels.list': () => ok(channelsView([channel])) });
    await scene.user.click(inRow(1, 'Edit'));
    const dialog = within(screen.getByRole('dialog', { name: 'Edit channel “C1”' }));
    expect(
      dialog.getByText('Auto-disabled by the site · OpenAI API · r1.example · balance 2.5'),
    ).toBeVisible();
    expect(dialog.getByText('You can undo this in History.')).toBeVisible();
    await enter(scene, screen.getByLabelText('Priority'), '4');
    expect(dialog.getByText('You can undo this in History.')).toBeVisible();
  });

  test('is edited: only what was changed is sent, with what was seen of it', async () => {
    const scene = await show({ 'channels.edit': () => ok([done(1, { name: 'New', group: 'vip' })]) });
    await scene.user.click(inRow(1, 'Edit'));
    expect(button('Save changes')).toBeDisabled();
    await enter(scene, screen.getByLabelText('Model mapping'), 'o3 =');
    expect(screen.getByText('Each line needs two names with = between them.')).toBeVisible();
    await enter(scene, screen.getByLabelText('Model mapping'), 'o3 = o3-2025');
    await scene.user.click(screen.getByRole('checkbox', { name: 'default' }));
    await enter(scene, screen.getByLabelText('Name'), 'New');
    await scene.user.click(button('Save 3 changes to “Mine”'));
    expect(scene.inputs('channels.edit')[0]?.edits).toEqual([
      {
        channelId: 1,
        fields: { name: 'New', mapping: '{"o3":"o3-2025"}', group: 'vip' },
        seen: { name: 'C1', mapping: '', group: 'default,vip' },
      },
    ]);
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(row(1)).toHaveTextContent('New');
    expect(scene.toasts).toEqual(['Changes to “C1” saved']);
  });

  test('is compared with what its relay lists: the new is ticked in, what is gone is marked and ticked out', async () => {
    const channel = channelOf(1, { models: 'gpt-4o,old-1,fast', mapping: '{"fast":"slow-9"}' });
    const scene = await show({
      'channels.list': () => ok(channelsView([channel])),
      'channels.upstream': () => ok(['gpt-4o', 'new-1', 'new-2']),
      'channels.edit': () => ok([done(1)]),
    });
    await scene.user.click(inRow(1, 'Edit'));
    expect(scene.inputs('channels.upstream')).toMatchObject([{ newApiId: 'n1', channelId: 1 }]);
    expect(await screen.findByText('Compared with the relay: 2 new, 2 gone')).toBeVisible();
    const box = (name: string): HTMLElement =>
      screen.getByRole('checkbox', {
        name: `${name} ${name.startsWith('+') ? 'new at the relay' : 'no longer listed: requests for it will fail'}`,
      });
    expect(box('− fast (slow-9)')).not.toBeChecked();
    expect(screen.getAllByText(/old-1/)).toHaveLength(2);
    expect(button('Save changes')).toBeDisabled();
    await scene.user.click(box('+ new-2'));
    await scene.user.click(box('− old-1'));
    await scene.user.click(box('− fast (slow-9)'));
    await scene.user.click(box('− fast (slow-9)'));
    const diff = screen.getByRole('region', { name: 'Changes to be saved' });
    expect(diff).toHaveTextContent(/old-1/);
    expect(diff).toHaveTextContent(/new-2/);
    await scene.user.click(button('Save 1 change to “Mine”'));
    expect(scene.inputs('channels.edit')[0]?.edits[0]?.fields.models?.split(',').toSorted()).toEqual([
      'fast',
      'gpt-4o',
      'new-2',
    ]);
  });

  test('has models that its relay no longer lists: one click ticks them all out', async () => {
    const channel = channelOf(1, { models: 'gpt-4o,old-1,fast', mapping: '{"fast":"slow-9"}' });
    const scene = await show({
      'channels.list': () => ok(channelsView([channel])),
      'channels.upstream': () => ok(['gpt-4o']),
      'channels.edit': () => ok([done(1)]),
    });
    await scene.user.click(inRow(1, 'Edit'));
    await scene.user.click(await screen.findByRole('button', { name: 'Select all gone models' }));
    expect(scene.inputs('channels.upstream')).toHaveLength(1);
    expect(screen.getByLabelText('Models')).toHaveValue('gpt-4o');
    expect(scene.inputs('channels.edit')).toEqual([]);
    await scene.user.click(button('Save 1 change to “Mine”'));
    expect(scene.inputs('channels.edit')[0]?.edits[0]?.fields).toEqual({ models: 'gpt-4o' });
  });

  test('none of whose models its relay lists is not emptied by one click', async () => {
    const channel = channelOf(2, { models: 'old-1,old-2' });
    const scene = await show({
      'channels.list': () => ok(channelsView([channel])),
      'channels.upstream': () => ok(['new-1']),
    });
    await scene.user.click(inRow(2, 'Edit'));
    expect(await screen.findAllByText(/^no longer listed/)).toHaveLength(2);
    expect(screen.queryByRole('button', { name: 'Select all gone models' })).not.toBeInTheDocument();
  });

  test('has names in another script: each stays within its own bounds', async () => {
    const channel = channelOf(1, { models: 'שלום', mapping: '{"שלום":"עולם"}' });
    const scene = await show({
      'channels.list': () => ok(channelsView([channel])),
      'channels.upstream': () => ok(['gpt-4o']),
    });
    await scene.user.click(inRow(1, 'Edit'));
    expect(await screen.findByText(/\u2068שלום\u2069 \(\u2068עולם\u2069\)/)).toBeVisible();
  });

  test('whose relay cannot be read says why, and proposes nothing', async () => {
    const failure = { code: 'channel-upstream', text: 'status code: 401' } as const;
    const scene = await show({
      'channels.upstream': () => fail(failure),
      'channels.edit': () => ok([done(1)]),
    });
    await scene.user.click(inRow(1, 'Edit'));
    const dialog = within(screen.getByRole('dialog'));
    expect(await dialog.findByText(/401/)).toBeVisible();
    expect(dialog.queryByRole('alert')).not.toBeInTheDocument();
    expect(screen.queryByRole('checkbox', { name: /no longer listed/ })).not.toBeInTheDocument();
    expect(scene.inputs('channels.upstream')).toHaveLength(1);
    await enter(scene, screen.getByLabelText('Priority'), '4');
    await scene.user.click(button('Save 1 change to “Mine”'));
    expect(scene.inputs('channels.edit')).toHaveLength(1);
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  });

  test('gets a new address and key: the diff and what is final are said first, and neither is shown', async () => {
    const channel = channelOf(1, { headers: 'set', remark: '', autoBan: 1 });
    const scene = await show({
      'channels.list': () => ok(channelsView([channel])),
      'channels.edit': () => ok([done(1)]),
    });
    await scene.user.click(inRow(1, 'Edit'));
    await scene.user.click(button(/^Address, key and API type/));
    await enter(scene, screen.getByLabelText('Base URL'), 'https://n1.example/v1');
    expect(screen.getByText(/lead back to its own site, n1.example/)).toBeVisible();
    await enter(scene, screen.getByLabelText('Base URL'), 'https://new.example/v1');
    expect(screen.getByText(/will send its key to new.example/)).toBeVisible();
    await enter(scene, screen.getByLabelText('New key'), 'sk-fake-0001');
    expect(screen.queryByText(/will send its key to/)).not.toBeInTheDocument();
    expect(screen.getByText(/cannot be undone/)).toBeVisible();
    const diff = screen.getByRole('region', { name: 'Changes to be saved' });
    expect(diff).toHaveTextContent('https://r1.example → https://new.example');
    expect(diff).toHaveTextContent('replaced');
    expect(diff).not.toHaveTextContent('sk-fake');
    await scene.user.click(button(/^Other fields/));
    expect(screen.queryByLabelText('Parameter override')).not.toBeInTheDocument();
    await scene.user.click(screen.getByRole('checkbox', { name: /Let the site disable this channel/ }));
    await scene.user.click(button('Save 3 changes to “Mine”'));
    expect(scene.inputs('channels.edit')[0]?.edits).toEqual([
      {
        channelId: 1,
        fields: { baseUrl: 'https://new.example', autoBan: 0 },
        secrets: { key: 'sk-fake-0001' },
        seen: { name: 'C1', baseUrl: 'https://r1.example', autoBan: 1 },
      },
    ]);
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(scene.toasts).toEqual([]);
  });

  test('that was changed by somebody else is left alone, and the dialog says so', async () => {
    const failure = { code: 'channel-changed', name: 'C1' } as const;
    const scene = await show({ 'channels.edit': () => ok([{ channelId: 1, kind: 'failed', failure }]) });
    await scene.user.click(inRow(1, 'Edit'));
    await enter(scene, screen.getByLabelText('Priority'), '4');
    await scene.user.click(button('Save 1 change to “Mine”'));
    const alert = await within(screen.getByRole('dialog')).findByRole('alert');
    expect(alert).toHaveTextContent('changed in the meantime');
  });
});

describe('several channels', () => {
  const choose = async ({ user }: Scene): Promise<void> => {
    for (const name of ['C1', 'C2'])
      await user.click(screen.getByRole('checkbox', { name: `Select “${name}”` }));
  };

  test('are deleted after a question that names them, and the rest stays', async () => {
    const scene = await show({ 'channels.delete': () => ok([done(1), { channelId: 2, kind: 'not-tried' }]) });
    await choose(scene);
    await scene.user.click(
      within(screen.getByRole('region', { name: 'Selected channels' })).getByText('Delete'),
    );
    expect(screen.getByRole('alertdialog')).toHaveTextContent(
      /C1, C2\. .* keys are removed .* cannot undo this/,
    );
    expect(scene.inputs('channels.delete')).toEqual([]);
    await scene.user.click(button('Delete 2 channels'));
    expect(scene.inputs('channels.delete')[0]?.channels).toEqual([
      { id: 1, name: 'C1', baseUrl: 'https://r1.example' },
      { id: 2, name: 'C2', baseUrl: 'https://r2.example' },
    ]);
    await waitFor(() => expect(rows()).toEqual(['C3', 'C2']));
    expect(screen.getByText('1 of 2 channels deleted')).toBeVisible();
    expect(screen.getByText('Not tried')).toBeVisible();
  });

  test('are tested with a progress that can be ended, and a result for each', async () => {
    let end: (results: Result<ChannelResult[]>) => void = () => {};
    const scene = await show({
      'channels.test': () => new Promise((resolve) => (end = resolve)),
      'work.progress': () => ok({ done: 1, total: 2 }),
    });
    await choose(scene);
    await scene.user.click(
      within(screen.getByRole('region', { name: 'Selected channels' })).getByText('Test'),
    );
    expect(scene.inputs('channels.test')).toEqual([]);
    await scene.user.click(button('Send 2 requests'));
    await waitFor(() => expect(screen.getByText('Testing: 1 of 2 channels…')).toBeVisible());
    await scene.user.click(button('Stop'));
    const [{ workId } = { workId: '' }] = scene.inputs('channels.test');
    expect(scene.inputs('work.stop')).toEqual([{ workId }]);
    // The page may look at another CLIProxyAPI by now; the work is where it began.
    expect(scene.asked.find(({ name }) => name === 'work.stop')?.proxyId).toBe(connectionView().id);
    const failure = { code: 'channel-test', text: 'no balance' } as const;
    await act(async () => end(ok([done(1), { channelId: 2, kind: 'failed', failure }])));
    expect(await screen.findByText('1 of 2 channels answered')).toBeVisible();
    expect(screen.getByText(/no balance/)).toBeVisible();
    expect(row(1)).toHaveTextContent('5 ms');
    await scene.user.click(button('Dismiss'));
    expect(screen.queryByText('1 of 2 channels answered')).not.toBeInTheDocument();
  });

  test('are tested with a model of choice, and it is said how many requests that is and who lacks it', async () => {
    const scene = await show({ 'channels.test': () => ok([done(1), done(2)]) });
    await choose(scene);
    await scene.user.click(
      within(screen.getByRole('region', { name: 'Selected channels' })).getByText('Test'),
    );
    expect(screen.getByRole('alertdialog', { name: 'Send 2 real requests?' })).toBeVisible();
    expect(button('Cancel')).toHaveFocus();
    await enter(scene, screen.getByLabelText('Model to test with'), 'o3');
    expect(screen.getByText('1 of these channels does not have this model.')).toBeVisible();
    await scene.user.click(button('Send 2 requests'));
    expect(scene.inputs('channels.test')[0]).toMatchObject({ channelIds: [1, 2], model: 'o3' });
  });

  test('are edited alike: the plan stands there first, and those that have it all are not written', async () => {
    const scene = await show({ 'channels.edit': () => ok([done(1, { tag: 'team' })]) });
    await choose(scene);
    await scene.user.click(
      within(screen.getByRole('region', { name: 'Selected channels' })).getByText('Edit'),
    );
    expect(button('Save changes')).toBeDisabled();
    await enter(scene, screen.getByLabelText('Tag'), 'team');
    expect(screen.getByText('1 channel already matches and stays as it is.')).toBeVisible();
    await scene.user.click(button('Save 1 channel'));
    expect(scene.inputs('channels.edit')[0]?.edits).toEqual([
      { channelId: 1, fields: { tag: 'team' }, seen: { name: 'C1', tag: '' } },
    ]);
    expect(await screen.findByText('1 of 1 channel written and read back')).toBeVisible();
  });

  describe('that are off', () => {
    const ask = async (channels = CHANNELS): Promise<Scene> => {
      const scene = await show({
        'channels.list': () => ok(channelsView(channels)),
        'channels.delete': ({ channels: asked }) => ok(asked.map(({ id }) => done(id))),
      });
      const more = screen.getAllByRole('button', { name: 'More' }).find((one) => !one.closest('[data-row]'));
      await scene.user.click(more!);
      await scene.user.click(screen.getByRole('menuitem', { name: 'Delete disabled channels…' }));
      return scene;
    };

    test('are deleted together as far as the user switched them off, after it is said which', async () => {
      const scene = await ask();
      const question = screen.getByRole('alertdialog', { name: 'Delete disabled channels from n1.example?' });
      expect(question).toHaveTextContent(/keys are removed .* cannot undo this/);
      expect(question).toHaveTextContent('Switched off by hand (1): C2');
      expect(question).toHaveTextContent('Auto-disabled by the site (1): C3');
      await scene.user.click(button('Delete 1 channel'));
      await waitFor(() => expect(rows()).toEqual(['C3', 'C1']));
    });

    test('are deleted with those of the site only if that is ticked', async () => {
      const scene = await ask();
      await scene.user.click(
        screen.getByRole('checkbox', { name: 'Also delete the channel that the site disabled' }),
      );
      await scene.user.click(button('Delete 2 channels'));
      await waitFor(() => expect(rows()).toEqual(['C1']));
    });

    test('and were all disabled by the site stay, unless they are ticked', async () => {
      const scene = await ask([channelOf(1), channelOf(3, { state: 'auto-off' })]);
      expect(screen.getByText('None was switched off by hand.')).toBeVisible();
      expect(button('Delete 0 channels')).toBeDisabled();
      await scene.user.click(screen.getByRole('checkbox', { name: /^Also delete the channel/ }));
      expect(button('Delete 1 channel')).toBeEnabled();
    });
  });

  test('that were left over by a rate limit are tried again with one click; a refused one is not', async () => {
    const waits = { code: 'relay-wait', host: 'n1.example', until: 0 } as const;
    const refused = { code: 'channel-test', text: 'no balance' } as const;
    const scene = await show({
      'channels.test': ({ channelIds }) =>
        ok(
          channelIds.length === 1
            ? [done(2)]
            : [
                { channelId: 1, kind: 'failed', failure: refused },
                { channelId: 2, kind: 'failed', failure: waits },
              ],
        ),
    });
    await choose(scene);
    await scene.user.click(
      within(screen.getByRole('region', { name: 'Selected channels' })).getByText('Test'),
    );
    expect(scene.inputs('channels.test')).toEqual([]);
    await scene.user.click(button('Send 2 requests'));
    await scene.user.click(await screen.findByRole('button', { name: 'Try 1 channel again' }));
    expect(await screen.findByText('1 of 1 channel answered')).toBeVisible();
    expect(scene.inputs('channels.test').map(({ channelIds }) => channelIds)).toEqual([[1, 2], [2]]);
    expect(screen.queryByRole('button', { name: /^Try .* again$/ })).not.toBeInTheDocument();
  });
});
