// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { fail, ok } from '../../../src/core/failures/result';
import { gatherChannels } from '../../../src/core/history/gather-channels';
import type {
  BatchHistoryItem,
  ChannelHistoryItem,
  HistoryItem,
  ProviderHistoryItem,
} from '../../../src/core/history/history';
import '../../../src/ui/import/import-layer';
import { OptionsApp } from '../../../src/ui/options/app';
import '../../../src/ui/history/page';
import { bringUp, renderPage, type Scene } from '../render-page';
import type { Script } from '../scripted-worker';
import { batchItem, channelItem, historyItem, planView } from '../samples';

const DAY = 24 * 60 * 60 * 1000;

async function show(items: HistoryItem[], script: Script = {}): Promise<Scene> {
  location.hash = '#/history';
  return renderPage(<OptionsApp />, {
    script: { history: () => ok(items), 'import.undo': () => ok({ kind: 'undone' }), ...script },
    page: { isPopup: false },
  });
}
const lines = (): HTMLElement[] => screen.getAllByRole('button', { pressed: false });
const details = (): HTMLElement => screen.getByRole('complementary');
const undo = (): HTMLElement | null => screen.queryByRole('button', { name: 'Undo this import' });

describe('the history', () => {
  test('lists every write under its day', async () => {
    const old = new Date(2024, 10, 24, 14, 32, 8).getTime();
    await show([
      historyItem({ id: 'i1', keyName: 'First' }),
      historyItem({ id: 'i2', keyName: 'Second', action: 'undo' }),
      historyItem({ id: 'i3', keyName: 'Third', at: Date.now() - DAY }),
      historyItem({ id: 'i4', keyName: 'Fourth', at: old }),
    ]);
    await screen.findByRole('heading', { name: 'Today' });
    const headings = screen.getAllByRole('heading', { level: 2 }).map((heading) => heading.textContent);
    expect(headings).toEqual([
      'Today',
      'Yesterday',
      'Nov 24, 2024',
      'Imported “First” to CLIProxyAPI (localhost:8317)',
    ]);
    const [second, third] = lines();
    expect(second).toHaveTextContent('Undid the import of “Second” in CLIProxyAPI (localhost:8317)');
    expect(second).toHaveTextContent('Provider “Hoshi Relay”');
    expect(third).toHaveTextContent('Imported “Third” to CLIProxyAPI');
  });

  test('says of what was carried over where it came from', async () => {
    const carried = { action: 'edit', from: 'NAS' } as const;
    await show([
      historyItem({ id: 'i1', keyName: 'First', ...carried }),
      batchItem({ ...carried, each: 1 }),
      batchItem({ id: 'b2', ...carried, each: 3 }),
      historyItem({ id: 'i2', keyName: 'Second', action: 'edit' }),
    ]);
    const to = 'Added from “NAS” to CLIProxyAPI (localhost:8317)';
    await screen.findByRole('heading', { name: `${to}: “First”` });
    expect(lines().map((line) => line.textContent)).toEqual([
      expect.stringContaining(`${to}, in 1 provider`),
      expect.stringContaining(`${to}, in 3 providers`),
      expect.stringContaining('Changed “Second” in CLIProxyAPI'),
    ]);
  });

  test('shows of the newest, or of the one that is chosen, what it changed', async () => {
    const { changes } = planView();
    const { user } = await show([
      historyItem({ id: 'i1', keyName: 'First', changes, tookMs: 3240 }),
      historyItem({
        id: 'i2',
        keyName: 'Second',
        at: new Date(2024, 10, 24, 14, 32, 8).getTime(),
        tookMs: null,
        served: 1,
      }),
    ]);
    expect(await screen.findByRole('complementary')).toHaveTextContent('Imported “First” to CLIProxyAPI');
    expect(details()).toHaveTextContent('Took3.2 s');
    expect(within(details()).getAllByRole('listitem')).toHaveLength(changes.length);
    await user.click(lines()[0]!);
    expect(details()).toHaveTextContent('Imported “Second” to CLIProxyAPI');
    expect(details()).toHaveTextContent(/WhenNov 24, 2024, 2:32:08\sPM/);
    expect(details()).toHaveTextContent('1 of 4 models served');
    expect(details()).not.toHaveTextContent('Took');
    expect(within(details()).queryByRole('listitem')).not.toBeInTheDocument();
  });

  test.each<[string, Partial<ProviderHistoryItem>, string, boolean]>([
    ['a proved import', { phase: 'done' }, '4 of 4 models served', true],
    ['an import that was not proved', { phase: 'done', served: null, total: null }, 'Written', true],
    ['one that needs a look', { phase: 'needs-look', served: null }, 'Needs a check', true],
    ['one that is being written', { phase: 'writing', served: null }, 'In progress', false],
    ['one that is being proved', { phase: 'written', served: null }, 'In progress', false],
    ['one that was not written', { phase: 'not-written', served: null }, 'Not written', false],
    ['one that was undone', { phase: 'undone', undoneAt: Date.now() }, 'Undone', false],
    [
      'one of which only our part was undone',
      { phase: 'undone', undoneAt: Date.now(), oursOnly: true },
      'KeyFerry’s part undone',
      false,
    ],
    ['an undo', { action: 'undo', phase: 'done', served: null }, 'Undone', false],
  ])('offers Undo where it makes sense: %s', async (_what, more, text, offered) => {
    await show([historyItem(more)]);
    expect(await screen.findByRole('complementary')).toHaveTextContent(text);
    expect(undo() !== null).toBe(offered);
  });

  test('says before it is pressed what Undo will do', async () => {
    const { user } = await show([
      historyItem({ changes: planView().changes }),
      historyItem({
        id: 'i2',
        action: 'edit',
        changes: [
          { sign: '=', kind: 'provider', name: 'Kumo', baseUrl: 'https://k.example/v1', chosen: false },
          { sign: '~', kind: 'weight', from: '1', to: '2' },
          { sign: '−', kind: 'keys', masks: ['sk-1', 'sk-2'] },
        ],
      }),
    ]);
    expect(await screen.findByRole('complementary')).toHaveTextContent(
      'Undo removes provider “Hoshi Relay”, key sk-Labk…0001, and 2 models. If something else changed them since, you are asked first.',
    );
    expect(details()).toHaveTextContent('Verified4 of 4 models served');
    await user.click(lines()[0]!);
    expect(details()).toHaveTextContent(
      'Undo puts back 2 keys. Undo restores the earlier value of 1 setting. The provider “Kumo” stays.',
    );
    expect(screen.getByRole('button', { name: 'Undo this change' })).toBeVisible();
  });

  test('calls verified only what was asked for', async () => {
    await show([historyItem({ served: null, total: null })]);
    expect(await screen.findByRole('complementary')).toHaveTextContent('StateWritten');
    expect(details()).not.toHaveTextContent('Verified');
  });

  test('undoes the one that is shown, and asks again when it was changed since', async () => {
    const scene = await show([historyItem({ id: 'i1' }), historyItem({ id: 'i2', keyName: 'Second' })]);
    await screen.findByRole('complementary');
    await scene.user.click(lines()[0]!);
    scene.answer({
      'import.undo': () =>
        ok({ kind: 'changed', providerName: 'Kumo', lost: { keys: 1, models: [], fields: [] }, hash: 'h' }),
    });
    await bringUp(undo()!);
    expect(scene.inputs('import.undo')).toEqual([{ importId: 'i2' }]);
    expect(await screen.findByRole('dialog', { name: '“Kumo” was changed after the import' })).toBeVisible();
  });

  test('offers the undo of our part, and sends what was shown', async () => {
    const scene = await show([historyItem({ id: 'i1' })], {
      'import.undo': ({ confirmedLoss }) =>
        ok(
          confirmedLoss
            ? { kind: 'undone' }
            : {
                kind: 'changed',
                providerName: 'Kumo',
                lost: { keys: 1, models: [], fields: [] },
                hash: 'h',
                oursOnly: {
                  changes: [{ sign: '−', kind: 'keys', masks: ['sk-ours…0001'] }],
                  hash: 'ours',
                  ownKeys: 0,
                  stays: [],
                },
              },
        ),
    });
    await screen.findByRole('complementary');
    await bringUp(undo()!);
    const dialog = await screen.findByRole('dialog', { name: '“Kumo” was changed after the import' });
    expect(dialog).toHaveTextContent('sk-ours…0001');
    await scene.user.click(within(dialog).getByRole('button', { name: 'Undo only KeyFerry’s part' }));
    expect(scene.inputs('import.undo').at(-1)).toEqual({ importId: 'i1', confirmedLoss: 'ours' });
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  });

  test('follows what happens while it is open, and keeps what is chosen', async () => {
    const items = [historyItem({ id: 'i1', keyName: 'First' })];
    const scene = await show(items);
    await screen.findByRole('complementary');
    items.unshift(historyItem({ id: 'i0', keyName: 'Newest', phase: 'writing', served: null }));
    await scene.change({ notices: [] });
    await waitFor(() => expect(details()).toHaveTextContent('Imported “Newest” to CLIProxyAPI'));
    await scene.user.click(lines()[0]!);
    items.unshift(historyItem({ id: 'i-1', keyName: 'Still newer' }));
    await scene.change({ notices: [] });
    expect(await screen.findByText(/^Imported “Still newer”/)).toBeVisible();
    expect(details()).toHaveTextContent('Imported “First” to CLIProxyAPI');
  });

  test('has writes to channels among the others, by time, with an undo where there is one', async () => {
    const made = channelItem({ at: Date.now() - 1000 });
    const items = [
      historyItem({ id: 'i1' }),
      made,
      historyItem({ id: 'i2', at: Date.now() - 2000 }),
      channelItem({ id: 'c2', action: 'delete', undoable: false, at: made.at - DAY }),
    ];
    const scene = await show(items, { 'channels.undo': () => ok({ kind: 'undone' }) });
    await screen.findByRole('complementary');
    const titles = screen.getAllByRole('button', { pressed: false }).map((line) => line.textContent);
    expect(titles[0]).toMatch(
      /^Import of “Work key” as a channel.*channel no\. 7 at “Home server” \(n1\.example\)/,
    );
    expect(titles[2]).toContain('Deletion of channel “Hoshi Work key”');
    await scene.user.click(lines()[0]!);
    expect(details()).toHaveTextContent('Written');
    expect(details()).toHaveTextContent('gpt-4o → 4o');
    await bringUp(screen.getByRole('button', { name: 'Undo this change' }));
    expect(scene.inputs('channels.undo')).toEqual([{ importId: 'c1' }]);
    expect(scene.toasts).toEqual(['The change to the channel was undone']);
    await scene.user.click(lines()[2]!);
    expect(screen.queryByRole('button', { name: 'Undo this change' })).not.toBeInTheDocument();
  });

  test('has channels that were changed at once as one line, with one undo for all and one for each', async () => {
    const switched = (id: number, more: Partial<ChannelHistoryItem> = {}): ChannelHistoryItem =>
      channelItem({
        id: `c${id}`,
        action: 'switch',
        batch: 'w1',
        keyName: '',
        channelId: id,
        channelName: `Channel ${id}`,
        changes: [{ field: 'state', from: 'on', to: 'off' }],
        ...more,
      });
    const channels = [switched(2), switched(1)];
    const scene = await show(gatherChannels([...channels, switched(3, { batch: 'w2' })]), {
      'channels.undo': () => ok({ kind: 'partly', undone: 1, count: 2, failure: null }),
    });
    await screen.findByRole('complementary');
    expect(lines()).toHaveLength(1);
    expect(details()).toHaveTextContent('Switched 2 channels“Home server” (n1.example)');
    expect(details()).toHaveTextContent('StateWritten');
    expect(details()).toHaveTextContent('changed on the site since stay as they are');
    await bringUp(screen.getByRole('button', { name: 'Undo the whole batch' }));
    expect(scene.inputs('channels.undo')).toEqual([{ importId: 'w1' }]);
    expect(scene.toasts).toEqual([
      expect.stringMatching(/^1 of 2 channels restored\. The others were changed/),
    ]);
    scene.answer({
      'channels.undo': () =>
        ok({
          kind: 'partly',
          undone: 0,
          count: 2,
          failure: { code: 'relay-unreachable', host: 'n1.example' },
        }),
    });
    await bringUp(screen.getByRole('button', { name: 'Undo the whole batch' }));
    expect(scene.toasts[1]).toMatch(/n1\.example/);
    await scene.user.click(screen.getByRole('button', { name: /Channel 1/, expanded: false }));
    scene.answer({ 'channels.undo': () => ok({ kind: 'undone' }) });
    await bringUp(screen.getByRole('button', { name: 'Undo this change' }));
    expect(scene.inputs('channels.undo')[2]).toEqual({ importId: 'c1' });
  });

  test('has a batch as one line, with one undo for all and one for each provider in it', async () => {
    const { changes } = planView();
    const scene = await show([
      batchItem({
        each: 3,
        count: 3,
        missing: 1,
        phase: 'partly-written',
        providers: [
          historyItem({ id: 'r1', changes, keys: [{ name: 'First', mask: 'sk-1…0001' }] }),
          historyItem({ id: 'r2', providerName: 'Kumo', keys: [{ name: null, mask: '' }] }),
        ],
      }),
      batchItem({ id: 'b1 5', action: 'undo', undoable: false, served: null }),
    ]);
    await screen.findByRole('complementary');
    expect(lines()).toHaveLength(1);
    expect(lines()[0]).toHaveTextContent('Undid changes to 2 providers in CLIProxyAPI');
    expect(details()).toHaveTextContent('Imported 3 keys to CLIProxyAPI (localhost:8317)2 providers');
    expect(details()).toHaveTextContent('2 of 3 written');
    expect(details()).toHaveTextContent(/1 key of this batch is not in the record/);
    expect(details()).toHaveTextContent(
      'Undo removes provider “Hoshi Relay”, key sk-Labk…0001, and 2 models.',
    );
    expect(details()).not.toHaveTextContent('First sk-1…0001');
    const [first, second] = within(details()).getAllByRole('button', { expanded: false });
    await scene.user.click(first!);
    expect(details()).toHaveTextContent('First sk-1…0001');
    await bringUp(undo()!);
    await scene.user.click(first!);
    await scene.user.click(second!);
    expect(details()).toHaveTextContent('A key that KeyFerry no longer has');
    await bringUp(screen.getByRole('button', { name: 'Undo the whole batch' }));
    expect(scene.inputs('import.undo')).toEqual([{ importId: 'r1' }, { importId: 'b1' }]);
  });

  test('has what went to several as one line that names them, and in it each with an undo of its own', async () => {
    const providers = ['Laptop', 'NAS'].map((proxyHost) =>
      historyItem({ id: proxyHost, proxyHost, batch: 'b1' }),
    );
    const scene = await show([batchItem({ each: 1, places: ['Laptop', 'NAS'], providers })]);
    await screen.findByRole('complementary');
    expect(details()).toHaveTextContent('Imported 1 key to CLIProxyAPI (Laptop, NAS)Provider “Hoshi Relay”');
    const [, second] = within(details()).getAllByRole('button', { expanded: false });
    expect(second).toHaveTextContent('NAS · 1 key');
    await scene.user.click(second!);
    await bringUp(undo()!);
    await bringUp(screen.getByRole('button', { name: 'Undo the whole batch' }));
    expect(scene.inputs('import.undo')).toEqual([{ importId: 'NAS' }, { importId: 'b1' }]);
  });

  test.each<[Partial<BatchHistoryItem>, string, boolean]>([
    [{}, '8 of 8 models served', true],
    [{ phase: 'writing', undoable: false }, 'In progress', false],
    [{ phase: 'partly-undone', undone: 1, written: 1 }, '1 of 2 undone', true],
    [{ phase: 'undone', undone: 2, written: 0, undoable: false }, 'Undone', false],
  ])('tells how a batch stands: %o', async (more, text, offered) => {
    await show([batchItem(more)]);
    expect(await screen.findByRole('complementary')).toHaveTextContent(text);
    expect(screen.queryByRole('button', { name: 'Undo the whole batch' }) !== null).toBe(offered);
  });

  test('says that there is nothing yet, and where to begin', async () => {
    await show([]);
    expect(await screen.findByText('No changes yet')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Go to keys' })).toHaveAttribute('href', '#/keys');
  });

  test('that cannot be read is said to be so, not shown as nothing', async () => {
    await show([], { history: () => fail({ code: 'storage-unreadable' }) });
    const said = /KeyFerry cannot read the format of its stored data/;
    expect(await screen.findByText(said, {}, { timeout: 500 })).toBeVisible();
  });
});
