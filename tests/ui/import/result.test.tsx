// @vitest-environment happy-dom
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { ProvedCard } from '../../../src/core/cliproxyapi/proved-card';
import { fail, ok } from '../../../src/core/failures/result';
import '../../../src/ui/entries/dialog';
import '../../../src/ui/import/by-hand/entry-yaml';
import { ToastHost } from '../../../src/ui/shell/toast-host';
import { dialogOf, ferry, importScript, Keys, openFromCard, type DialogScene } from '../open-dialog';
import { renderPage, type SceneOptions } from '../render-page';
import { keyView, missing, notice, openedImport, planned, proved, running, view } from '../samples';

const press = (name: string | RegExp): void => act(() => screen.getByRole('button', { name }).click());

/** The result of an import that was sent from its sheet. */
async function send(card: Partial<ProvedCard> = {}, options: SceneOptions = {}): Promise<DialogScene> {
  const scene = await openFromCard(
    {},
    {
      ...options,
      script: {
        'import.apply': () => ok({ kind: 'proved', card: proved({ total: 2, served: 2, ...card }) }),
        ...options.script,
      },
    },
  );
  press(/^Import key with/);
  return scene;
}
const result = async (card: Partial<ProvedCard> = {}, options: SceneOptions = {}): Promise<DialogScene> => {
  const scene = await send(card, options);
  await screen.findByRole('dialog', { name: /^Key “Work key”/ });
  return scene;
};

describe('while an import is under way the sheet', () => {
  /** An import that does not end before it is told to. */
  async function underWay(): Promise<DialogScene & { end(): void }> {
    let end = (): void => {};
    const slow = new Promise<void>((resolve) => (end = resolve));
    const scene = await openFromCard(
      {},
      { script: { 'import.apply': () => slow.then(() => ok({ kind: 'proved', card: proved() })) } },
    );
    press(/^Import key with/);
    await screen.findByRole('dialog', { name: 'Importing key “Work key”' });
    return { ...scene, end };
  }

  test('stays, says where it is, and the boat goes on with it', async () => {
    const { change } = await underWay();
    const heading = screen.getByRole('heading', { name: 'Importing key “Work key”' });
    await waitFor(() => expect(heading).toHaveFocus());
    const boat = (): number =>
      Number.parseInt(
        dialogOf().querySelector<HTMLElement>('.transition-\\[left\\,transform\\]')!.style.left,
        10,
      );
    const places: number[] = [];
    for (const [stage, text] of [
      ['reading', 'Reading CLIProxyAPI’s list…'],
      ['writing', 'Writing to CLIProxyAPI…'],
      ['asking', 'Checking models… 3 of 8'],
    ] as const) {
      await act(() => change({ keys: [keyView({ running: running({ stage, served: 3, total: 8 }) })] }));
      expect(within(dialogOf()).getByRole('status')).toHaveTextContent(text);
      places.push(boat());
    }
    expect(places).toEqual([...new Set(places)].toSorted((a, b) => a - b));
  });

  test('stops only the check once the key is written, and says so', async () => {
    const { change, inputs } = await underWay();
    await act(() => change({ keys: [keyView({ running: running({ stage: 'asking', total: 8 }) })] }));
    expect(dialogOf()).toHaveTextContent('The key is already imported. Stopping only ends the check.');
    press('Stop checking');
    expect(inputs('work.stop')).toEqual([{ workId: 'k1' }]);
  });

  test('may be closed: nothing is stopped, and a toast says how it ended', async () => {
    const { user, inputs, imports, end } = await underWay();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    end();
    await act(async () => undefined);
    expect(inputs('work.stop')).toEqual([]);
    expect(imports.getState()).toEqual({ kind: 'closed' });
  });
});

describe('the result', () => {
  test.each<[Partial<ProvedCard>, string, string]>([
    [{}, 'Key “Work key” imported', 'All 2 models are served through this key.'],
    [
      { chats: { tried: 2, answered: 2, byOther: 0, byUnknown: 0, failed: null } },
      'Key “Work key” imported',
      'All 2 models answered a real request through this key.',
    ],
    [{ importId: '' }, 'Key “Work key” checked', 'All 2 models are served through this key.'],
    [
      { served: 1, missing: [missing('not-listed')] },
      'Key “Work key” imported',
      '1 of 2 models are served through this key.',
    ],
    [{ basis: 'listed' }, 'Key “Work key” imported', '2 models written, not proved for this key'],
    [{ unsure: true }, 'Key “Work key” imported', '2 models listed for this key, not proved'],
    [{ keyOnly: true }, 'Key “Work key” imported', 'None of the chosen models was added.'],
    [
      { served: 0, missing: [missing('key-expired')] },
      'Key “Work key” imported',
      'Written, but requests through this key will be refused.',
    ],
    [
      { served: 0, missing: [missing('unknown')] },
      'Key “Work key” imported',
      'Written, not proved: CLIProxyAPI could not be asked',
    ],
    [
      { served: 0, missing: [missing('not-listed')] },
      'Key “Work key” imported',
      'Written, but no model is served through this key.',
    ],
  ])('says what was done and what is known: %o', async (card, title, text) => {
    await result(card);
    await waitFor(() => expect(screen.getByRole('heading', { name: title })).toHaveFocus());
    expect(within(dialogOf()).getAllByRole('status')[0]).toHaveTextContent(text);
  });

  test('says how it was checked, for this key and not for others of the provider', async () => {
    const joined = planned({
      changes: [
        { sign: '+', kind: 'key', mask: 'sk-Labk…0001' },
        { sign: '=', kind: 'in-it', keys: 1, models: 8, fields: [] },
      ],
    });
    await openFromCard({ planned: joined }, { script: importScript({ planned: joined }) });
    press('Add key');
    await screen.findByRole('dialog', { name: /^Key “Work key” imported/ });
    for (const text of [
      'CLIProxyAPI was asked which models it serves for exactly this key (sk-Labk…0001).',
      'Other keys of the provider were not counted.',
      'No request was sent to the models.',
    ])
      expect(dialogOf()).toHaveTextContent(text);
  });

  test('names what is not served with the reason, and how many more there are', async () => {
    await result({
      served: 1,
      total: 4,
      missing: [missing('not-listed'), { ...missing('not-listed'), alias: 'o3', name: 'o3' }],
    });
    expect(dialogOf()).toHaveTextContent('CLIProxyAPI does not list the model for this key: gpt-4o, o3');
    expect(dialogOf()).toHaveTextContent('and 1 more');
  });

  test('gives what a client needs, with a model that is served', async () => {
    const names = ['gpt-4o', 'o3'].map((alias) => ({ alias, asked: `team/${alias}` }));
    const scene = await openFromCard(
      { planned: planned({ names }) },
      {
        script: {
          'import.apply': () =>
            ok({ kind: 'proved', card: proved({ served: 1, total: 2, missing: [missing('not-listed')] }) }),
        },
      },
    );
    press(/^Import key with/);
    await screen.findByText('Use it in your client');
    expect(dialogOf()).toHaveTextContent('http://localhost:8317/v1');
    await scene.user.click(screen.getByRole('button', { name: 'Copy base URL' }));
    await scene.user.click(screen.getByRole('button', { name: 'Copy curl' }));
    expect(scene.page.copied[0]).toBe('http://localhost:8317/v1');
    expect(scene.page.copied[1]).toContain('"model":"team/o3"');
    expect(scene.page.copied[1]).toContain('YOUR-API-KEY');
    expect(await screen.findAllByText('Copied')).not.toHaveLength(0);
  });

  test('offers nothing to use where nothing is served', async () => {
    await result({ served: 0, missing: [missing('not-listed')] });
    expect(screen.queryByText('Use it in your client')).not.toBeInTheDocument();
  });

  test('leads to the next key that is not imported, whose plan opens at once', async () => {
    const keys = [
      keyView(),
      keyView({ id: 'k2', name: 'Off', status: 'disabled' }),
      keyView({ id: 'k3', name: 'Next' }),
    ];
    const { user, inputs } = await renderPage(<Keys />, {
      view: { keys },
      script: { ...importScript(), 'import.open': ({ keyId }) => ok(openedImport({ keyId })) },
    });
    act(() => screen.getAllByRole('button', { name: 'Import into CLIProxyAPI' })[0]!.click());
    await screen.findByRole('button', { name: /^Import key with/ });
    press(/^Import key with/);
    await screen.findByRole('button', { name: 'Import “Next” next' });
    press('Import “Next” next');
    await screen.findByRole('button', { name: /^Import key with/ });
    expect(inputs('import.open').map(({ keyId }) => keyId)).toEqual(['k1', 'k3']);

    // In the end the card that changed last is in sight, and not the one that it began with.
    press(/^Import key with/);
    await waitFor(() => expect(inputs('import.apply')).toHaveLength(2));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.getByRole('listitem', { name: /^Next/ })).toHaveFocus());
  });

  test('of a key that was chosen for a batch leaves the others chosen', async () => {
    const keys = [keyView(), keyView({ id: 'k2', name: 'Other' })];
    const { user } = await renderPage(<Keys />, {
      view: { keys },
      script: importScript({ keyId: 'k1' }),
    });
    const box = (name: string): HTMLElement =>
      screen.getByRole('checkbox', { name: `Select “${name}”`, hidden: true });
    await user.click(screen.getByRole('button', { name: 'Select keys' }));
    await user.click(box('Work key'));
    await user.click(box('Other'));
    act(() => screen.getAllByRole('button', { name: 'Import into CLIProxyAPI' })[0]!.click());
    await screen.findByRole('button', { name: /^Import key with/ });
    press(/^Import key with/);
    await screen.findByText('1 selected');
    expect(box('Work key')).not.toBeChecked();
    expect(box('Other')).toBeChecked();
  });

  test('is taken back with Undo, which closes it', async () => {
    const { inputs } = await result({}, { script: { 'import.undo': () => ok({ kind: 'undone' }) } });
    press('Undo import');
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(inputs('import.undo')).toEqual([{ importId: 'i1' }]);
  });

  test('of a check that wrote nothing has no Undo', async () => {
    await result({ importId: '' });
    expect(screen.queryByRole('button', { name: 'Undo import' })).not.toBeInTheDocument();
  });

  test('shows what CLIProxyAPI has of the key', async () => {
    const { inputs } = await result({}, { script: { 'entry.open': () => new Promise(() => {}) } });
    press('View in CLIProxyAPI');
    await waitFor(() => expect(inputs('entry.open')).toEqual([{ keyId: 'k1' }]));
  });

  test('follows the card when the key is asked about again', async () => {
    const { change } = await result({ served: 1, missing: [missing('unknown')] });
    await act(() => change({ keys: [keyView({ card: proved({ served: 2, total: 2, at: 9 }) })] }));
    expect(within(dialogOf()).getAllByRole('status')[0]).toHaveTextContent('All 2 models are served');
  });

  test('of an import whose worker was stopped is what its next life finds', async () => {
    const { change } = await openFromCard(
      {},
      { script: { 'import.apply': () => fail({ code: 'worker-gone' }) } },
    );
    press(/^Import key with/);
    await screen.findByRole('dialog', { name: 'The import of “Work key” did not finish' });
    await act(() => change({ keys: [keyView({ card: proved({ at: 9 }) })] }));
    expect(screen.getByRole('dialog', { name: 'Key “Work key” imported' })).toBeVisible();
  });

  test('of a refused management key says what happened, and leads to where it is entered', async () => {
    const { user, page } = await openFromCard(
      {},
      {
        script: {
          'import.apply': () => ok({ kind: 'failed', failure: { code: 'key-refused', triesLeft: 4 } }),
        },
      },
    );
    press(/^Import key with/);
    await screen.findByRole('dialog', { name: 'The import of “Work key” did not finish' });
    expect(screen.getByRole('alert')).toHaveTextContent('CLIProxyAPI refused the management key.');
    // The key is what must change: until then nothing is sent, and another try would end the same way.
    expect(screen.queryByRole('button', { name: 'Try again' })).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Enter the management key' }));
    expect(page.opened).toEqual(['#/cliproxyapi']);
  });

  test('of what a second try may mend offers it first, and a look at the settings', async () => {
    const failure = { code: 'unreachable', host: 'localhost:8317' } as const;
    const { user, inputs } = await openFromCard(
      {},
      { script: { 'import.apply': () => ok({ kind: 'failed', failure }) } },
    );
    press(/^Import key with/);
    await screen.findByRole('dialog', { name: 'The import of “Work key” did not finish' });
    expect(screen.getByRole('button', { name: 'Open CLIProxyAPI settings' })).not.toHaveClass('primary');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(inputs('import.open')).toHaveLength(2);
  });

  test.each(['Escape', 'Close'])('closes with %s, and the focus goes back to the card', async (how) => {
    const { user } = await result();
    if (how === 'Escape') await user.keyboard('{Escape}');
    else await user.click(screen.getAllByRole('button', { name: how })[0]!);
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    await waitFor(() => expect(ferry()).toHaveFocus());
  });
});

test('an import that its own sheet tells of has no toast beside it; once the sheet is closed it has', async () => {
  const scene = await renderPage(
    <>
      <Keys />
      <ToastHost />
    </>,
    { script: importScript(), view: view() },
  );
  await scene.user.click(ferry());
  await screen.findByRole('button', { name: /^Import key with/ });
  press(/^Import key with/);
  const one = notice({ kind: 'served', served: 4, total: 4, importId: 'i1' }, 'sent-1');
  await act(() => scene.change({ notices: [one] }));
  await waitFor(() => expect(scene.inputs('notices.seen')).toEqual([{ ids: ['sent-1'] }]));
  expect(document.querySelector('[data-sonner-toast]')).toBeNull();
  await scene.user.keyboard('{Escape}');
  await act(() =>
    scene.change({
      notices: [one, notice({ kind: 'served', served: 4, total: 4, importId: 'i2' }, 'sent-2')],
    }),
  );
  expect(await screen.findByText('“Work key”: 4 of 4 models served')).toBeInTheDocument();
});

describe('where the layout of config.yaml is not known', () => {
  test('the entry is there to be added by hand, with its key only on demand and in the clipboard', async () => {
    const { user, page, inputs } = await send(
      {},
      {
        script: {
          'import.apply': () =>
            ok({ kind: 'failed', failure: { code: 'file-layout', list: 'claude-api-key' } }),
          'import.yaml': ({ layout, masked }) => ok(`${layout}: ${masked ? 'sk-…' : 'sk-fake-whole'}`),
        },
      },
    );
    expect(await screen.findByText('old: sk-…')).toBeVisible();
    await user.selectOptions(screen.getByLabelText('How config.yaml is laid out'), 'new');
    expect(await screen.findByText('new: sk-…')).toBeVisible();
    press('Copy');
    await expect.poll(() => page.copied).toEqual(['new: sk-fake-whole']);
    expect(document.body).not.toHaveTextContent('sk-fake-whole');
    press('Show key');
    expect(await screen.findByText('new: sk-fake-whole')).toBeVisible();
    press('Hide key');
    expect(await screen.findByText('new: sk-…')).toBeVisible();
    expect(inputs('import.yaml')[0]).toMatchObject({ draft: { list: 'openai-compatibility' } });
  });
});
