// @vitest-environment happy-dom
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { Change } from '../../../src/core/import/change';
import type { Converts, OursOnly, UndoConflict } from '../../../src/core/import/opened';
import type { OpenedEntry } from '../../../src/core/entries/view';
import { ok } from '../../../src/core/failures/result';
import type { Language } from '../../../src/ui/i18n';
import '../../../src/ui/entries/dialog';
import { Keys } from '../open-dialog';
import { renderPage, type Scene } from '../render-page';
import { keyView, proved } from '../samples';

const nothing: UndoConflict = { keys: 0, models: [], fields: [] };

async function undo(
  lost: Partial<UndoConflict> = {},
  oursOnly?: OursOnly,
  language: Language = 'en',
): Promise<Scene> {
  const scene = await renderPage(<Keys />, {
    view: { keys: [keyView({ card: proved() })] },
    script: {
      'import.undo': ({ confirmedLoss }) =>
        ok(
          confirmedLoss
            ? { kind: 'undone' }
            : {
                kind: 'changed',
                providerName: 'Hoshi Relay',
                lost: { ...nothing, ...lost },
                hash: 'hash-1',
                ...(oursOnly && { oursOnly }),
              },
        ),
    },
    language,
  });
  await scene.user.click(screen.getByRole('button', { name: /^(Undo|撤销)$/ }));
  await screen.findByRole('dialog', {
    name: /^“Hoshi Relay” ?(was changed after the import|在导入后被改动过)$/,
  });
  return scene;
}

const lines = (): string[] =>
  within(screen.getByRole('dialog'))
    .getAllByRole('listitem')
    .map((line) => line.textContent);

describe('undoing where the write converts config.yaml', () => {
  async function ask(
    converts: Converts,
    lost: Partial<UndoConflict> = {},
    kind: 'converts' | 'may-convert' | 'unseen' = 'converts',
  ): Promise<Scene> {
    const scene = await renderPage(<Keys />, {
      view: { keys: [keyView({ card: proved() })] },
      script: {
        'import.undo': ({ confirmedLoss }) =>
          ok(
            confirmedLoss
              ? { kind: 'undone' }
              : {
                  kind: 'changed',
                  providerName: 'Hoshi',
                  lost: { ...nothing, ...lost },
                  hash: 'hash-1',
                  converts,
                  file: [{ kind }],
                },
          ),
      },
    });
    await scene.user.click(screen.getByRole('button', { name: 'Undo' }));
    await screen.findByRole('dialog');
    return scene;
  }

  test('asks about that alone where nothing is lost, and is done once it is agreed to', async () => {
    const { user, inputs } = await ask('only');
    const dialog = screen.getByRole('dialog', { name: 'Undo converts config.yaml' });
    expect(dialog).toHaveTextContent('This write converts all of it');
    expect(within(dialog).queryAllByRole('listitem')).toEqual([]);
    expect(dialog).not.toHaveTextContent('These later changes would be lost');
    await user.click(screen.getByRole('button', { name: 'Undo anyway' }));
    expect(inputs('import.undo')[1]).toEqual({ importId: 'i1', confirmedLoss: 'hash-1' });
  });

  test.each([
    ['may-convert', 'could not tell the layout of config.yaml'],
    ['unseen', 'nobody keeps a copy'],
  ] as const)('that may be so is not called certain (%s)', async (kind, said) => {
    await ask('only', {}, kind);
    const dialog = screen.getByRole('dialog', { name: 'Undo may convert config.yaml' });
    expect(dialog).toHaveTextContent(said);
  });

  test('says it beside what would be lost', async () => {
    await ask('too', { keys: 2 });
    const dialog = screen.getByRole('dialog', { name: /was changed after the import/ });
    expect(dialog).toHaveTextContent('This write converts all of it');
    expect(lines()).toEqual(['2 keys']);
  });
});

describe('undoing what somebody has changed since', () => {
  test('lists what would be lost before it writes', async () => {
    const models = Array.from({ length: 10 }, (_, index) => `m${index}`);
    await undo({ keys: 1, models, fields: ['headers', 'priority'] });
    expect(lines()).toEqual([
      '1 key',
      '10 models: m0, m1, m2, m3, m4, m5, m6, m7 and 2 more',
      'Settings: headers, priority',
    ]);
  });

  test('names the CLIProxyAPI that asks, where it went to several', async () => {
    const { imports } = await renderPage(<Keys />);
    const state = { kind: 'undo', importId: 'i1', name: 'Work key', providerName: 'Hoshi Relay' } as const;
    act(() => imports.setState({ ...state, place: 'NAS', lost: nothing, hash: 'h' }, true));
    expect(await screen.findByRole('dialog')).toHaveTextContent('This is about “NAS”.');
  });

  test('says when only details would be lost', async () => {
    await undo();
    expect(lines()).toEqual(['Details of keys or models']);
  });

  test('is done anyway for exactly what was shown', async () => {
    const { user, inputs } = await undo({ keys: 2 });
    expect(inputs('import.undo')).toEqual([{ importId: 'i1' }]);
    await user.click(screen.getByRole('button', { name: 'Undo anyway' }));
    expect(inputs('import.undo')[1]).toEqual({ importId: 'i1', confirmedLoss: 'hash-1' });
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  });

  test.each(['Cancel', 'Close', 'Escape'])('is given up with %s, and nothing is sent', async (how) => {
    const { user, inputs } = await undo({ keys: 2 });
    if (how === 'Escape') await user.keyboard('{Escape}');
    else await user.click(screen.getByRole('button', { name: how }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(inputs('import.undo')).toHaveLength(1);
  });

  test('shows again what would be lost when it was changed once more', async () => {
    const { user, answer, inputs } = await undo({ keys: 1 });
    answer({
      'import.undo': () =>
        ok({ kind: 'changed', providerName: 'Hoshi Relay', lost: { ...nothing, keys: 3 }, hash: 'hash-2' }),
    });
    await user.click(screen.getByRole('button', { name: 'Undo anyway' }));
    await waitFor(() => expect(lines()).toEqual(['3 keys']));
    await user.click(screen.getByRole('button', { name: 'Undo anyway' }));
    expect(inputs('import.undo').map(({ confirmedLoss }) => confirmedLoss)).toEqual([
      undefined,
      'hash-1',
      'hash-2',
    ]);
  });
});

describe('the undo of our part only', () => {
  const changes: Change[] = [
    { sign: '=', kind: 'provider', name: 'Hoshi', baseUrl: 'https://hoshi.example/v1' },
    { sign: '−', kind: 'keys', masks: ['sk-ours…0001'] },
    { sign: '−', kind: 'models', models: [{ name: 'gpt-4o', alias: 'gpt-4o' }] },
  ];

  test.each<[Language, string, string]>([
    ['en', 'Undo only KeyFerry’s part', 'Or keep them and undo only what KeyFerry wrote:'],
    ['zh-CN', '仅撤销 KeyFerry 的部分', '或保留这些改动，只撤销 KeyFerry 写入的部分：'],
  ])('is shown and has the focus, so that it is the default (%s)', async (language, label, lead) => {
    const { inputs, user } = await undo(
      { keys: 1 },
      { changes, hash: 'hash-ours', ownKeys: 0, stays: [] },
      language,
    );
    const dialog = screen.getByRole('dialog');
    expect(dialog).toHaveTextContent(lead);
    expect(dialog).toHaveTextContent('sk-ours…0001');
    expect(dialog).toHaveTextContent('gpt-4o');
    await waitFor(() => expect(screen.getByRole('button', { name: label })).toHaveFocus());
    await user.keyboard('{Enter}');
    expect(inputs('import.undo')[1]).toEqual({ importId: 'i1', confirmedLoss: 'hash-ours' });
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  });

  test('leaves the undo of all where it was', async () => {
    const { inputs, user } = await undo({ keys: 1 }, { changes, hash: 'hash-ours', ownKeys: 0, stays: [] });
    await user.click(screen.getByRole('button', { name: 'Undo anyway' }));
    expect(inputs('import.undo')[1]).toEqual({ importId: 'i1', confirmedLoss: 'hash-1' });
  });

  test.each<[Language, string, string]>([
    ['en', 'What others set at a key that KeyFerry added goes with that key:', 'Stays as it is'],
    ['zh-CN', '他人对 KeyFerry 所添加密钥的设置会随该密钥一并移除：', '以下供应商保持不变'],
  ])(
    'says what goes all the same, and which providers stay as they are (%s)',
    async (language, goes, stays) => {
      const ours = { changes, hash: 'hash-ours', ownKeys: 1, stays: ['Kumo'] };
      await undo({ keys: 1 }, ours, language);
      const dialog = screen.getByRole('dialog');
      expect(dialog).toHaveTextContent(goes);
      expect(dialog).toHaveTextContent(stays);
      expect(dialog).toHaveTextContent('Kumo');
      // It is the entry of the record: nobody chose or found it.
      expect(dialog).not.toHaveTextContent(/found by|chosen by|按|选择/);
    },
  );

  test('is not offered where it is not possible', async () => {
    await undo({ keys: 1 });
    expect(screen.queryByRole('button', { name: /only/ })).not.toBeInTheDocument();
  });
});

describe('an undo that would take other keys along', () => {
  const entry: OpenedEntry['entry'] = {
    list: 'openai-compatibility',
    id: 'entry-1',
    index: 0,
    label: 'Hoshi',
    name: 'Hoshi',
    baseUrl: 'https://hoshi.example/v1',
    paused: false,
    priority: 0,
    prefix: '',
    models: 1,
    keys: ['sk-…0001', 'sk-…0002'].map((mask) => ({ mask, weight: null, proxyUrl: '' })),
  };

  async function ask(): Promise<Scene> {
    const scene = await renderPage(<Keys />, {
      view: { keys: [keyView({ card: proved() })] },
      script: {
        'import.undo': ({ confirmedLoss }) =>
          ok(
            confirmedLoss
              ? { kind: 'undone' }
              : {
                  kind: 'changed',
                  providerName: 'Hoshi',
                  lost: nothing,
                  hash: 'i1',
                  together: ['one', 'one'],
                },
          ),
        'entry.open': () => ok({ entry, keyIndex: 1 }),
        'entry.plan': ({ edit }) =>
          ok(
            edit.remove === 'key'
              ? {
                  kind: 'plan',
                  changes: [{ sign: '−', kind: 'keys', masks: ['sk-…0002'] }],
                  renamed: false,
                  hash: 'plan-1',
                }
              : { kind: 'nothing' },
          ),
        'entry.apply': () => ok({ kind: 'done' }),
      },
    });
    await scene.user.click(screen.getByRole('button', { name: 'Undo' }));
    await screen.findByRole('dialog', { name: '2 keys of “Hoshi” were written at once' });
    return scene;
  }

  test('names them first', async () => {
    const scene = await ask();
    expect(lines()).toEqual(['one', 'one']);
    await scene.user.click(screen.getByRole('button', { name: 'Undo anyway' }));
    expect(scene.inputs('import.undo')[1]).toEqual({ importId: 'i1', confirmedLoss: 'i1' });
  });

  test('can take out the key of the card alone, with a plan of that first', async () => {
    const { user, inputs } = await ask();
    await user.click(screen.getByRole('button', { name: 'Remove only this key' }));
    const remove = await screen.findByRole('button', { name: 'Remove' });
    await waitFor(() => expect(remove).toBeEnabled());
    expect(screen.getByRole('dialog')).toHaveTextContent('sk-…0002');
    expect(inputs('entry.apply')).toEqual([]);
    await user.click(remove);
    expect(inputs('entry.apply')).toEqual([
      {
        ref: { list: 'openai-compatibility', id: 'entry-1', index: 0, keyIndex: 1 },
        edit: { remove: 'key' },
        hash: 'plan-1',
        keyId: 'k1',
      },
    ]);
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(inputs('import.undo')).toHaveLength(1);
  });

  test.each([
    ['removed', async (user: Scene['user']) => user.click(screen.getByRole('button', { name: 'Remove' }))],
    ['given up', async (user: Scene['user']) => user.keyboard('{Escape}')],
  ])('leaves the focus on the card where that key is %s', async (_what, end) => {
    const { user, change } = await ask();
    await user.click(screen.getByRole('button', { name: 'Remove only this key' }));
    const remove = await screen.findByRole('button', { name: 'Remove' });
    await waitFor(() => expect(remove).toBeEnabled());
    const dialog = screen.getByRole('dialog');
    expect(dialog).toContainElement(document.activeElement as HTMLElement);
    expect(remove).not.toHaveFocus();
    await end(user);
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    // The card's Undo goes with the import.
    await change({ keys: [keyView({ card: null })] });
    expect(screen.queryByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
    await waitFor(() => expect(document.activeElement).toHaveAttribute('data-key', 'k1'));
  });
});
