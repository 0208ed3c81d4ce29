// @vitest-environment happy-dom
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { EntriesView, EntryView } from '../../../src/core/entries/view';
import { ok, type Result } from '../../../src/core/failures/result';
import '../../../src/ui/entries/edits-dialog';
import '../../../src/ui/entries/edits-menu';
import { EntryList } from '../../../src/ui/entries/list';
import { KeyBoard } from '../../../src/ui/keys/board';
import { KeyList } from '../../../src/ui/keys/list';
import { useView } from '../../../src/ui/use-view';
import { failing, renderPage, setWidth, type Scene, type SceneOptions } from '../render-page';
import { keyView } from '../samples';
import type { Script } from '../scripted-worker';

const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });
const dialog = () => within(screen.getByRole('dialog'));

const planOf = (more: Partial<EntriesView> = {}): EntriesView => ({
  entries: [
    {
      list: 'openai-compatibility',
      index: 0,
      label: 'mine',
      baseUrl: 'https://r1.example/v1',
      goes: null,
      changes: [{ sign: '~', kind: 'paused', from: '', to: '' }],
      others: 2,
    },
  ],
  leftOut: [],
  unchanged: 0,
  rest: 3,
  hash: 'h1',
  ...more,
});

function Board() {
  return <KeyBoard view={useView()} />;
}

const show = (script: Script = {}, content = <Board />, view: SceneOptions['view'] = {}): Promise<Scene> => {
  setWidth(1400);
  return renderPage(content, {
    script: {
      'entries.open': () => ok(planOf()),
      'entries.plan': () => ok(planOf({ hash: 'h2' })),
      'entries.apply': () => ok({ kind: 'done' }),
      ...script,
    },
    view: { keys: [keyView({ id: 'k1', name: 'A' }), keyView({ id: 'k2', name: 'B' })], ...view },
  });
};

async function choose(scene: Scene, item: string): Promise<void> {
  await scene.user.click(await screen.findByRole('button', { name: 'Change in CLIProxyAPI' }));
  await scene.user.click(await screen.findByRole('menuitem', { name: item }));
  await screen.findByRole('dialog');
  await waitFor(() => expect(screen.queryByText(/^Reading CLIProxyAPI/)).not.toBeInTheDocument());
}

async function ofKeys(item: string, script: Script = {}): Promise<Scene> {
  const scene = await show(script);
  await scene.user.click(screen.getByRole('checkbox', { name: 'Select “A”' }));
  await scene.user.click(await screen.findByRole('button', { name: 'Select all 2 shown' }));
  await choose(scene, item);
  return scene;
}

describe('keys that are selected', () => {
  test.each<[string, () => HTMLElement]>([
    ['Set priority…', () => dialog().getByLabelText('Priority')],
    ['Remove…', () => dialog().getByRole('checkbox')],
    ['Switch on', () => dialog().getByRole('button', { name: 'Apply changes' })],
  ])('%s: the focus is on what is to be done next', async (item, first) => {
    await ofKeys(item);
    await waitFor(() => expect(first()).toHaveFocus());
  });

  test('come with what there is to know of config.yaml', async () => {
    const file = [
      { kind: 'converts' },
      { kind: 'unknown-field', family: 'codex', place: '1: note' },
    ] as const;
    await ofKeys('Switch on', { 'entries.open': () => ok(planOf({ file: [...file] })) });
    expect(dialog().getByText(/This write converts all of it/)).toBeVisible();
    expect(dialog().getByText(/codex group 1: note is a field that CLIProxyAPI 8.0 does not/)).toBeVisible();
  });

  test('wait with the focus on no button; where nothing is to be done, Cancel gets it', async () => {
    let told: (reply: Result<EntriesView>) => void = () => {};
    const scene = await show({ 'entries.open': () => new Promise((resolve) => (told = resolve)) });
    await scene.user.click(screen.getByRole('checkbox', { name: 'Select “A”' }));
    await scene.user.click(await screen.findByRole('button', { name: 'Change in CLIProxyAPI' }));
    await scene.user.click(await screen.findByRole('menuitem', { name: 'Switch on' }));
    await waitFor(() => expect(screen.getByRole('dialog')).toHaveFocus());
    await act(async () => told(ok(planOf({ entries: [] }))));
    expect(dialog().getByRole('button', { name: 'Cancel' })).toHaveFocus();
  });

  test('are paused as it was shown, and the selection ends', async () => {
    const scene = await ofKeys('Switch off (pause)');
    const shown = screen.getByRole('dialog', { name: 'Switch off in CLIProxyAPI: 2 keys' });
    for (const text of [
      'Changes 1 setting.',
      'mine',
      '2 keys of it that are not selected',
      'unchanged: 3 providers',
    ])
      expect(shown).toHaveTextContent(text);
    const pause = { edit: { paused: true }, emptied: false };
    expect(scene.inputs('entries.open')).toMatchObject([{ order: pause, keyIds: ['k1', 'k2'], entries: [] }]);
    const { editId } = scene.inputs('entries.open')[0]!;
    await scene.user.click(dialog().getByRole('button', { name: 'Apply changes' }));
    expect(scene.inputs('entries.apply')).toEqual([{ editId, order: pause, hash: 'h1' }]);
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(screen.queryByText(/selected/)).not.toBeInTheDocument();
  });

  test('get what is typed, and only the plan of that is carried out', async () => {
    const scene = await ofKeys('Set priority…', { 'entries.open': () => ok(planOf({ entries: [] })) });
    expect(scene.inputs('entries.open')).toMatchObject([{ order: { edit: {} } }]);
    expect(dialog().getByText('Nothing would change.')).toBeVisible();
    expect(dialog().getByRole('button', { name: 'Apply changes' })).toBeDisabled();
    await scene.user.type(dialog().getByLabelText('Priority'), '7');
    await waitFor(() => expect(dialog().getByRole('button', { name: 'Apply changes' })).toBeEnabled());
    await scene.user.click(dialog().getByRole('button', { name: 'Apply changes' }));
    expect(scene.inputs('entries.apply')).toMatchObject([{ order: { edit: { priority: '7' } }, hash: 'h2' }]);
  });

  test('that are left out are named by reason; a removal says what will be gone', async () => {
    const scene = await ofKeys('Remove…', {
      'entries.open': () =>
        ok(
          planOf({
            entries: [
              { ...planOf().entries[0]!, goes: { keys: 2, models: 5 }, changes: [], others: 0 },
              {
                ...planOf().entries[0]!,
                index: 1,
                changes: [{ sign: '−', kind: 'keys', masks: ['sk-…01'] }],
                others: 0,
              },
            ],
            leftOut: [
              { id: 'k1', name: 'A', mask: 'sk-…0001', failure: { code: 'not-in-list' } },
              { id: 'k2', name: 'B', mask: 'sk-…0002', failure: { code: 'not-in-list' } },
            ],
            unchanged: 1,
          }),
        ),
    });
    const shown = screen.getByRole('dialog');
    for (const text of [
      'Removes 1 provider, 3 keys, 5 models. Adds nothing, changes nothing.',
      'Not changed: 2 keys',
      'A sk-…0001, B sk-…0002',
      '1 needs no change.',
    ])
      expect(shown).toHaveTextContent(text);
    expect(dialog().getAllByText(/^The key is not in CLIProxyAPI/)).toHaveLength(1);
    await scene.user.click(dialog().getByRole('checkbox', { name: /^Remove a provider if all its keys/ }));
    await waitFor(() => expect(scene.inputs('entries.plan')).toMatchObject([{ order: { emptied: true } }]));
    await waitFor(() => expect(dialog().getByRole('button', { name: 'Remove' })).toBeEnabled());
    await scene.user.click(dialog().getByRole('button', { name: 'Remove' }));
    expect(scene.inputs('entries.apply')).toMatchObject([
      { order: { edit: { remove: 'key' }, emptied: true }, hash: 'h2' },
    ]);
  });

  test('are planned anew when somebody changed the list meanwhile', async () => {
    const scene = await ofKeys('Switch on', {
      'entries.apply': () => ok({ kind: 'replan', view: planOf({ hash: 'h3' }) }),
    });
    await scene.user.click(dialog().getByRole('button', { name: 'Apply changes' }));
    expect(await dialog().findByText(/Review the new plan below/)).toBeVisible();
    await scene.user.click(dialog().getByRole('button', { name: 'Apply changes' }));
    expect(scene.inputs('entries.apply').map(({ hash }) => hash)).toEqual(['h1', 'h3']);
  });

  test('stay selected where the lists cannot be read, and the dialog tries again', async () => {
    let asked = 0;
    const failure = { code: 'unreachable', host: 'proxy.example', kind: 'refused' } as const;
    const scene = await ofKeys('Switch on', {
      'entries.open': () => (++asked === 1 ? failing(failure)() : ok(planOf())),
    });
    await scene.user.click(dialog().getByRole('button', { name: 'Try again' }));
    expect(await dialog().findByRole('button', { name: 'Apply changes' })).toBeEnabled();
  });

  test('are offered it in the popup, too, and nowhere without a CLIProxyAPI', async () => {
    function PopupKeys() {
      return <KeyList view={useView()} empty={null} />;
    }
    const { user, change } = await show({}, <PopupKeys />);
    await user.click(button('Select keys'));
    expect(button('Change in CLIProxyAPI')).toBeDisabled();
    await user.click(screen.getByRole('checkbox', { name: 'Select “A”' }));
    expect(button('Change in CLIProxyAPI')).toBeEnabled();
    await change({ connection: null });
    expect(screen.queryByRole('button', { name: 'Change in CLIProxyAPI' })).not.toBeInTheDocument();
  });
});

const entryView = (label: string, index: number): EntryView => ({
  list: 'claude-api-key',
  id: `hash of ${label}`,
  index,
  label,
  name: '',
  baseUrl: `https://${label}`,
  paused: false,
  priority: 0,
  prefix: '',
  models: 1,
  keys: [{ mask: 'sk-…0001', weight: null, proxyUrl: '' }],
});

test('entries of the list of everything are named as they were shown, and the list is read again', async () => {
  let reads = 0;
  const scene = await show(
    { 'entries.list': () => (reads++, ok([entryView('one.example', 0), entryView('two.example', 1)])) },
    <EntryList />,
  );
  await scene.user.click(button('Show what is in CLIProxyAPI'));
  expect(await screen.findByText('0 selected')).toBeVisible();
  expect(button('Change in CLIProxyAPI')).toBeDisabled();
  await scene.user.click(await screen.findByRole('button', { name: 'Select all 2 shown' }));
  await choose(scene, 'Remove…');
  expect(screen.getByRole('dialog', { name: 'Remove from CLIProxyAPI: 2 providers' })).toHaveTextContent(
    'only until the browser closes',
  );
  // What removes never takes the focus by itself.
  expect(dialog().getByRole('button', { name: 'Cancel' })).toHaveFocus();
  expect(scene.inputs('entries.open')).toMatchObject([
    {
      keyIds: [],
      entries: [
        { list: 'claude-api-key', id: 'hash of one.example', index: 0, label: 'one.example' },
        { list: 'claude-api-key', id: 'hash of two.example', index: 1, label: 'two.example' },
      ],
    },
  ]);
  await scene.user.click(dialog().getByRole('button', { name: 'Remove' }));
  await waitFor(() => expect(reads).toBe(2));
  expect(screen.getByText('0 selected')).toBeVisible();
});
