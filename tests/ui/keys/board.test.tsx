// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import type { NewKeyForm } from '../../../src/core/accounts/new-key';
import { fail, ok } from '../../../src/core/failures/result';
import type { View } from '../../../src/core/view/view';
import { KeyDialog } from '../../../src/ui/keys/dialog';
import { NewKeyDialog } from '../../../src/ui/accounts/new-key-dialog';
import { AccountsPage } from '../../../src/ui/accounts/accounts-page';
import { KeyBoard } from '../../../src/ui/keys/board';
import { useView } from '../../../src/ui/use-view';
import { enter, failing, renderPage, setWidth, type Scene } from '../render-page';
import type { Script } from '../scripted-worker';
import { accountView, connectionView, keyView, proved, view } from '../samples';

const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });
const cards = (): string[] =>
  screen
    .getAllByRole('listitem', { name: /,/ })
    .map((card) => card.getAttribute('aria-label')!.split(',')[0]!);

function Board() {
  return <KeyBoard view={useView()} />;
}

const showBoard = (more: Partial<View> = {}, script: Script = {}, width = 1400): Promise<Scene> => {
  setWidth(width);
  return renderPage(<Board />, {
    page: { isPopup: false },
    script,
    view: {
      accounts: [
        accountView(),
        accountView({ id: 'a2', name: 'Kumo', failure: { code: 'token-refused', host: 'r2.example' } }),
      ],
      keys: [
        keyView({ id: 'a1/1', name: 'Night', accountId: 'a1', group: 'vip' }),
        keyView({ id: 'a1/2', name: 'Day', accountId: 'a1', status: 'expired' }),
        keyView({ id: 'a2/1', name: 'Tide', relayName: 'Kumo', accountId: 'a2', card: proved() }),
        keyView({ id: 'k1', name: 'Own', group: '' }),
      ],
      ...more,
    },
  });
};

describe('keys that CLIProxyAPI was not asked about', () => {
  const keys = [keyView({ presence: 'unknown' }), keyView({ id: 'k2', name: 'Tide', presence: 'unknown' })];
  const chips = (): (string | null)[] =>
    within(screen.getByRole('group', { name: 'Show' }))
      .getAllByRole('button')
      .map(({ textContent }) => textContent);

  test('are not counted as not imported, and can be asked about right there', async () => {
    const { user, inputs, change } = await showBoard(
      { accounts: [], keys, connection: connectionView({ checkedAt: null }) },
      { 'connection.check': () => ok({ at: 1, failure: null, passed: [], tookMs: 1, found: null }) },
    );
    expect(chips()).toEqual(['All 2', 'Unknown 2']);
    await user.click(button('Check CLIProxyAPI'));
    expect(inputs('connection.check')).toHaveLength(1);
    await change({ keys: keys.map((key) => ({ ...key, presence: 'absent' })) });
    expect(chips()).toEqual(['All 2', 'Not imported 2']);
    expect(screen.queryByRole('button', { name: 'Check CLIProxyAPI' })).not.toBeInTheDocument();
  });

  test('can be asked about where a check was cut off long ago', async () => {
    await showBoard({ accounts: [], keys, connection: connectionView({ checkedAt: null, checkingAt: 1 }) });
    expect(button('Check CLIProxyAPI')).toBeVisible();
  });

  test.each([
    ['was refused', connectionView({ halted: { code: 'key-refused', triesLeft: 3 } })],
    ['has no management key', connectionView({ hasKey: false })],
    ['is not there', null],
    ['may not be reached', connectionView({ granted: false })],
    ['is being checked', connectionView({ checkingAt: Date.now() })],
  ])('are not asked about where CLIProxyAPI %s', async (_why, connection) => {
    await showBoard({ accounts: [], keys, connection });
    expect(chips()).toEqual(['All 2', 'Unknown 2']);
    expect(screen.queryByRole('button', { name: 'Check CLIProxyAPI' })).not.toBeInTheDocument();
  });
});

describe('keys of one relay', () => {
  const heads = (): (string | null)[] =>
    [...document.querySelectorAll('li[aria-hidden]')].map(({ textContent }) => textContent);
  const ofOne = [
    keyView({ id: 'a1/1', name: 'Night', accountId: 'a1' }),
    keyView({ id: 'a1/2', name: 'Day', accountId: 'a1' }),
    keyView({ id: 'k1', name: 'Own', relayName: 'Kumo', host: 'r2.example' }),
  ];

  test('stand below its name and balance, which is not repeated on each', async () => {
    const { user } = await showBoard({ keys: ofOne });
    expect(heads()).toEqual(['HHoshi Relay2 keysBalance $18.40']);
    expect(screen.getByRole('listitem', { name: /^Night, Hoshi Relay/ })).not.toHaveTextContent(
      'Hoshi Relay',
    );
    const own = screen.getByRole('listitem', { name: /^Own, Kumo/ });
    expect(own).toHaveTextContent('Kumo');
    // It does not stand in what is free of the row above, as one of its keys.
    expect(own.style.gridColumnStart).toBe('1');
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Sort by' }), 'Sort: name');
    expect(heads()).toEqual([]);
    expect(screen.getByRole('listitem', { name: /^Night, Hoshi Relay/ })).toHaveTextContent('Hoshi Relay');
  });

  test('are not grouped where none is shared', async () => {
    await showBoard({ keys: ofOne.slice(1) });
    expect(heads()).toEqual([]);
  });
});

describe('the keys on a page', () => {
  test('are narrowed to an account, whose balance and trouble stand beside it', async () => {
    const { user } = await showBoard();
    const aside = within(await screen.findByRole('navigation', { name: 'Accounts' }));
    expect(aside.getByRole('button', { name: /^Hoshi/ })).toHaveTextContent('$18.40');
    expect(aside.getByRole('button', { name: /^Kumo/ })).toHaveTextContent('refused the access token');
    await user.click(aside.getByRole('button', { name: /^Hoshi/ }));
    expect(cards()).toEqual(['Night', 'Day']);
    await user.click(aside.getByRole('button', { name: /^Entered by hand/ }));
    expect(cards()).toEqual(['Own']);
    await user.click(aside.getByRole('button', { name: /^All accounts/ }));
    expect(cards()).toHaveLength(4);
  });

  test('are narrowed by group, state at the relay and in the proxy', async () => {
    const { user } = await showBoard();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Group' }), 'vip');
    expect(cards()).toEqual(['Night']);
    await user.selectOptions(screen.getByRole('combobox', { name: 'Group' }), '');
    await user.selectOptions(screen.getByRole('combobox', { name: 'At the relay' }), 'expired');
    expect(cards()).toEqual(['Day']);
    await user.selectOptions(screen.getByRole('combobox', { name: 'At the relay' }), '');
    await user.click(button(/^Served/));
    expect(cards()).toEqual(['Tide']);
  });

  test('are sorted, both ways', async () => {
    const { user } = await showBoard();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Sort by' }), 'name');
    expect(cards()).toEqual(['Day', 'Night', 'Own', 'Tide']);
    await user.click(button('Turn the order round'));
    expect(cards()).toEqual(['Tide', 'Own', 'Night', 'Day']);
  });

  test('become a table, which is remembered', async () => {
    const { user, inputs } = await showBoard();
    await user.click(button('Show as a table'));
    expect(inputs('settings.save')).toEqual([{ settings: { ...view().settings, keysAs: 'table' } }]);
    expect(await screen.findByRole('table', { name: 'Keys' })).toHaveAttribute('aria-rowcount', '5');
    expect(button('Show as cards')).toBeVisible();
  });

  test.each([
    [1440, ['Key', 'Group', 'Balance', 'CLIProxyAPI'], true],
    [1200, ['Key', 'Group', 'Balance', 'CLIProxyAPI'], false],
    [1100, ['Key', 'Balance', 'CLIProxyAPI'], false],
    [1024, ['Key', 'CLIProxyAPI'], false],
    [1000, ['Key', 'Group', 'Balance', 'CLIProxyAPI'], false],
    [800, ['Key', 'CLIProxyAPI'], false],
  ])(
    'in a table of a window of %s px have the columns that there is room for',
    async (width, heads, aside) => {
      await showBoard({ settings: { ...view().settings, keysAs: 'table' } }, {}, width);
      await screen.findByRole('table', { name: 'Keys' });
      const titled = screen
        .getAllByRole('columnheader')
        .flatMap((head) => head.querySelector('button') ?? []);
      expect(titled.map((head) => head.textContent)).toEqual(heads);
      const cells = within(screen.getByRole('row', { name: /^Night/ })).getAllByRole('cell');
      // The box and the buttons have no title.
      expect(cells).toHaveLength(heads.length + 2);
      // What has no column can be sorted by all the same.
      const sorts = screen.queryByRole('combobox', { name: /^Sort/ });
      expect(sorts !== null).toBe(heads.length < 4);
      expect(screen.queryByRole('navigation', { name: 'Accounts' }) !== null).toBe(aside);
    },
  );

  test('that are none in this view can be had back', async () => {
    const { user } = await showBoard();
    await user.type(screen.getByRole('searchbox'), 'nowhere');
    expect(await screen.findByText('No key matches “nowhere”')).toBeVisible();
    await user.click(button('Clear search'));
    expect(cards()).toHaveLength(4);
  });
});

describe('one key', () => {
  const show = (key: Parameters<typeof keyView>[0], script: Script = {}) => {
    const onClose = vi.fn<() => void>();
    return renderPage(<KeyDialog keyView={keyView(key)} onClose={onClose} />, { script }).then((scene) => ({
      ...scene,
      onClose,
    }));
  };

  test('tells what is known of it', async () => {
    await show({
      accountId: 'a1',
      group: 'vip',
      status: 'used-up',
      relay: 'new-api',
      limits: ['claude-opus-4'],
    });
    const dialog = screen.getByRole('dialog', { name: 'Work key' });
    for (const text of ['Hoshi Relay · r1.example', 'sk-Labk…0001', 'vip', 'Used up', 'Claude'])
      expect(dialog).toHaveTextContent(text);
  });

  test('takes a name and a note of the user', async () => {
    const { user, inputs, onClose } = await show({}, { 'key.label': () => ok(true) });
    await user.type(screen.getByLabelText('Name in KeyFerry'), 'Mine');
    await user.type(screen.getByLabelText('Note'), 'for tests');
    await user.click(button('Save'));
    expect(inputs('key.label')).toEqual([{ keyId: 'k1', name: 'Mine', note: 'for tests' }]);
    await waitFor(() => expect(onClose).toHaveBeenCalled());
  });

  test.each([
    ['disabled', 'Switch on at the relay', true],
    ['enabled', 'Switch off at the relay', false],
  ] as const)('that is %s can be switched', async (status, name, enabled) => {
    const { user, inputs } = await show({ accountId: 'a1', status }, { 'key.switch': () => ok(true) });
    await user.click(button(name));
    expect(inputs('key.switch')).toEqual([{ keyId: 'k1', enabled }]);
  });

  test('is deleted at its relay only after a second thought, and what fails is said', async () => {
    const { user, inputs, onClose, answer } = await show(
      { accountId: 'a1' },
      { 'key.delete': failing({ code: 'token-refused', host: 'r1.example' }) },
    );
    const really = async (): Promise<void> => {
      await user.click(button('Delete at the relay'));
      await user.click(
        within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Delete at the relay' }),
      );
    };
    await user.click(button('Delete at the relay'));
    expect(await screen.findByRole('alertdialog')).toHaveTextContent('cannot be undone');
    await user.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Cancel' }));
    expect(inputs('key.delete')).toEqual([]);
    await really();
    expect(await screen.findByRole('alert')).toHaveTextContent('refused the access token');
    expect(onClose).not.toHaveBeenCalled();
    answer({ 'key.delete': () => ok(true) });
    await really();
    await waitFor(() => expect(onClose).toHaveBeenCalled());
  });

  test('that was entered by hand is only forgotten', async () => {
    const { user, inputs } = await show({}, { 'key.remove': () => ok(true) });
    expect(screen.queryByRole('button', { name: /at the relay/ })).not.toBeInTheDocument();
    await user.click(button('Remove key'));
    await user.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Remove key' }));
    expect(inputs('key.remove')).toEqual([{ keyId: 'k1' }]);
  });
});

describe('a new key', () => {
  const form: NewKeyForm = {
    options: ['group', 'quota', 'expiry', 'models'],
    groups: [{ id: 'vip', name: 'vip', note: 'Fast', ratio: 2 }],
    nameBytes: 30,
    symbol: '$',
  };
  const show = async (script: Script = {}) => {
    const onClose = vi.fn<() => void>();
    const accounts = [accountView(), accountView({ id: 'a2', name: 'Kumo' })];
    const scene = await renderPage(<NewKeyDialog accounts={accounts} onClose={onClose} />, {
      script: { 'key.form': () => ok(form), 'key.create': () => ok('a1/9'), ...script },
    });
    return { ...scene, onClose };
  };

  test('is made with what was said, in the currency of the relay', async () => {
    const scene = await show();
    await enter(scene, await screen.findByLabelText('Name'), ' Night ');
    await scene.user.selectOptions(screen.getByLabelText('Group'), 'vip');
    await enter(scene, screen.getByLabelText('Limit'), '2,5');
    await enter(scene, screen.getByLabelText('Expires after'), '2030-01-31');
    await scene.user.click(button('Create key'));
    expect(scene.inputs('key.create')).toEqual([
      {
        accountId: 'a1',
        name: 'Night',
        group: 'vip',
        amount: 2.5,
        expiresAt: new Date('2030-01-31T23:59:59').getTime(),
        models: null,
      },
    ]);
    await waitFor(() => expect(scene.onClose).toHaveBeenCalled());
    expect(scene.toasts).toEqual(['Key “Night” was created and is in the list']);
  });

  test('has no limit, end and group of its own if nothing is said', async () => {
    const scene = await show();
    await enter(scene, await screen.findByLabelText('Name'), 'n');
    await scene.user.click(button('Create key'));
    expect(scene.inputs('key.create')).toMatchObject([{ group: '', amount: null, expiresAt: null }]);
  });

  test('is asked only for what its relay knows', async () => {
    await show({ 'key.form': () => ok({ ...form, options: [], groups: [] }) });
    await screen.findByLabelText('Name');
    for (const label of ['Group', 'Limit', 'Expires after'])
      expect(screen.queryByLabelText(label)).not.toBeInTheDocument();
  });

  test('with a name that is too long or a limit that is none cannot be made', async () => {
    const scene = await show();
    await enter(scene, await screen.findByLabelText('Name'), '十一个汉字的名称太长了');
    expect(screen.getByLabelText('Name')).toHaveAccessibleDescription(/Use at most 30 bytes/);
    expect(button('Create key')).toBeDisabled();
    await enter(scene, screen.getByLabelText('Name'), 'n');
    await enter(scene, screen.getByLabelText('Limit'), '-1');
    expect(button('Create key')).toBeDisabled();
  });

  test('that the relay does not make says why, and nothing that was typed is lost', async () => {
    const scene = await show({
      'key.create': failing({ code: 'relay-refusal', host: 'r1.example', text: 'no' }),
    });
    await enter(scene, await screen.findByLabelText('Name'), 'n');
    await scene.user.click(button('Create key'));
    expect(await screen.findByRole('alert')).toHaveTextContent('r1.example refused the request.');
    expect(screen.getByLabelText('Name')).toHaveValue('n');
  });

  test('at another account is asked for there; one that cannot be asked says so', async () => {
    const scene = await show({
      'key.form': ({ accountId }) =>
        accountId === 'a1' ? ok(form) : fail({ code: 'token-refused', host: 'r2.example' }),
    });
    await screen.findByLabelText('Name');
    await scene.user.selectOptions(screen.getByLabelText('Account'), 'a2');
    expect(await screen.findByRole('alert')).toHaveTextContent('r2.example refused the access token');
  });
});

describe('accounts', () => {
  test('that may not be reached are allowed in one question', async () => {
    const scene = await renderPage(<AccountsPage />, {
      view: {
        accounts: [
          accountView({ granted: false }),
          accountView({ id: 'a2', name: 'Kumo', granted: false, pattern: '*://r2.example/*' }),
          accountView({ id: 'a3', name: 'Tide' }),
        ],
      },
      script: { 'accounts.refresh': () => ok(true) },
    });
    expect(screen.getByText(/no permission to reach Hoshi, Kumo/)).toBeVisible();
    await scene.user.click(button('Allow access to 2 relays'));
    expect(scene.page.requested).toEqual(['*://r1.example/*', '*://r2.example/*']);
    expect(scene.inputs('accounts.refresh')).toHaveLength(1);
  });

  test('say how often their site still shows a key, once that was used', async () => {
    const until = new Date(2026, 10, 24, 14, 32).getTime();
    const { change } = await renderPage(<AccountsPage />, {
      view: { accounts: [accountView({ reveals: { left: 15, most: 15, until: null } })] },
    });
    expect(screen.queryByText(/Rate limit/)).not.toBeInTheDocument();
    await change({ accounts: [accountView({ reveals: { left: 3, most: 15, until }, more: true })] });
    expect(await screen.findByText(/^Rate limit: 3 of 15 key reads left, resets .*32/)).toBeVisible();
    expect(screen.getByText(/more keys than the 5,000/)).toBeVisible();
  });
});
