// @vitest-environment happy-dom
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import en from '../../../locales/en.json';
import { fail, ok } from '../../../src/core/failures/result';
import { sealing } from '../../../src/platform/sealing';
import { BackupSection } from '../../../src/ui/backup/section';
import { enter, renderPage, type Scene, type SceneOptions } from '../render-page';
import { accountView, keyView, view } from '../samples';

const press = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });
const field = (name: string): HTMLElement => screen.getByLabelText(name);
const row = (name: string) => within(screen.getByRole('checkbox', { name }).closest('li')!);
const box = (name: string): HTMLElement => screen.getByRole('checkbox', { name });

const show = (options: SceneOptions = {}): Promise<Scene> =>
  renderPage(<BackupSection />, {
    view: { accounts: [], keys: [] },
    page: { isPopup: false },
    ...options,
  });

/** Chooses a file, as the picker hands it over. */
async function choose({ user }: Scene, text: string, name = 'backup.json'): Promise<void> {
  const input = document.querySelector<HTMLInputElement>('input[type="file"]')!;
  await user.upload(input, new File([text], name, { type: 'application/json' }));
}

const DATA = {
  settings: view().settings,
  accounts: [
    { id: 'a1', name: 'Hoshi', siteUrl: 'https://r1.example', userId: '7', accessToken: 'FAKE-token-1' },
    { id: 'a2', name: '', siteUrl: 'https://r2.example', userId: '', accessToken: 'FAKE-token-2' },
  ],
  keys: [
    { id: 'k1', relayName: 'Kumo', baseUrl: 'https://r3.example/v1', text: 'sk-FAKE0000000000000000001' },
    { id: 'k2', relayName: 'Sora', baseUrl: 'https://r4.example/v1', text: 'sk-FAKE0000000000000000002' },
  ],
  labels: { k1: { name: 'For work', note: '' } },
};
const ABOUT = { format: 'keyferry-backup', version: 1, at: 0 };
const OPEN = JSON.stringify({ ...ABOUT, secrets: 'none', data: DATA });

const WITHOUT = JSON.stringify({
  ...ABOUT,
  secrets: 'none',
  data: {
    settings: DATA.settings,
    accounts: DATA.accounts.map(({ id, name, siteUrl, userId }) => ({ id, name, siteUrl, userId })),
    keys: DATA.keys.map(({ id, relayName, baseUrl }) => ({ id, relayName, baseUrl, mask: 'sk-FAKE…0001' })),
  },
});

async function sealedFile(passphrase: string): Promise<string> {
  const [salt, iterations] = [sealing.salt(), 10];
  const sealed = await sealing.seal(await sealing.derive(passphrase, salt, iterations), JSON.stringify(DATA));
  return JSON.stringify({ ...ABOUT, secrets: 'sealed', salt, iterations, sealed });
}

const added = (...kinds: ('added' | 'known')[]) => ok(kinds.map((kind) => ({ kind, name: 'K' })));

describe('an export', () => {
  test('without secrets is saved at once', async () => {
    const scene = await show({ script: { 'backup.export': () => ok('{"secrets":"none"}') } });
    await scene.user.click(press('Export without secrets'));
    await waitFor(() => expect(scene.page.saved).toHaveLength(1));
    expect(scene.page.saved[0]).toMatchObject({
      name: expect.stringMatching(/^keyferry-backup-\d{4}-\d\d-\d\d\.json$/) as string,
      text: '{"secrets":"none"}',
    });
    expect(scene.inputs('backup.export')).toEqual([{}]);
    expect(scene.toasts).toEqual([expect.stringContaining('saved')]);
  });

  test('with secrets wants a passphrase, twice', async () => {
    const scene = await show({ script: { 'backup.export': () => ok('{"secrets":"sealed"}') } });
    await scene.user.click(press('Export with secrets'));
    expect(field('Passphrase')).toHaveFocus();
    await enter(scene, field('Passphrase'), 'correct horse');
    await enter(scene, field('Repeat passphrase'), 'correct house');
    await scene.user.keyboard('{Enter}');
    expect(scene.inputs('backup.export')).toEqual([]);
    await enter(scene, field('Repeat passphrase'), 'correct horse');
    await scene.user.keyboard('{Enter}');
    await waitFor(() => expect(scene.page.saved).toHaveLength(1));
    expect(scene.inputs('backup.export')).toEqual([{ passphrase: 'correct horse' }]);
    expect(screen.queryByLabelText('Passphrase')).not.toBeInTheDocument();
  });

  test('that fails says why', async () => {
    const scene = await show({ script: { 'backup.export': () => fail({ code: 'worker-gone' }) } });
    await scene.user.click(press('Export without secrets'));
    expect(await screen.findByRole('alert')).toHaveTextContent('stopped');
    expect(scene.page.saved).toEqual([]);
  });
});

describe('a file that cannot be used', () => {
  test.each([
    ['something else', '{"name":"package"}', 'does not recognise this file as a backup'],
    ['cut off', OPEN.slice(0, 100), 'incomplete or was changed'],
    ['of a newer version', JSON.stringify({ ...ABOUT, version: 2 }), 'a newer version (format 2)'],
    [
      'encrypted by All API Hub',
      '{"type":"all-api-hub-webdav-backup-encrypted","v":1}',
      'encrypted WebDAV backup',
    ],
  ])('since it is %s says so', async (_name, text, said) => {
    const scene = await show();
    await choose(scene, text);
    expect(await screen.findByRole('alert')).toHaveTextContent(said);
    expect(scene.inputs('keys.add')).toEqual([]);
  });

  test('since it is too large is not even read', async () => {
    const scene = await show();
    const file = new File([OPEN], 'large.json', { type: 'application/json' });
    Object.defineProperty(file, 'size', { value: 20 * 1024 * 1024 + 1 });
    await scene.user.upload(document.querySelector<HTMLInputElement>('input[type="file"]')!, file);
    expect(await screen.findByRole('alert')).toHaveTextContent(en.failure['backup-too-large'].what);
  });

  test('gives way to the next one', async () => {
    const scene = await show({ script: { 'keys.add': () => added('added', 'added') } });
    await choose(scene, '{}');
    await screen.findByRole('alert');
    await choose(scene, OPEN);
    const heading = await screen.findByRole('heading', { name: 'Contents of backup.json' });
    await waitFor(() => expect(heading).toHaveFocus());
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});

describe('a sealed file', () => {
  test('shows nothing before its passphrase is there, and says when that is wrong', async () => {
    const scene = await show({ script: { 'keys.add': () => added('added', 'added') } });
    await choose(scene, await sealedFile('correct horse'));
    expect(await screen.findByText('backup.json is encrypted. Enter its passphrase.')).toBeVisible();
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
    expect(field('Passphrase')).toHaveFocus();
    await scene.user.keyboard('battery staple{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The passphrase is wrong. Nothing was opened or changed.',
    );
    await enter(scene, field('Passphrase'), 'correct horse');
    await scene.user.keyboard('{Enter}');
    expect(await screen.findByRole('checkbox', { name: 'For work' })).toBeChecked();
  });
});

describe('what is in a backup', () => {
  test('is listed with what stands of each, and only what is new is ticked', async () => {
    const scene = await show({
      view: { accounts: [accountView({ siteUrl: 'https://r1.example', userId: '7' })], keys: [] },
      script: {
        'keys.add': () =>
          ok([{ kind: 'added' }, { kind: 'refused', failure: { code: 'bad-key', reason: 'masked' } }]),
      },
    });
    await choose(scene, OPEN);
    await screen.findByRole('heading', { name: 'Contents of backup.json' });
    expect(row('Hoshi').getByText('Already in KeyFerry')).toBeVisible();
    expect(box('Hoshi')).toBeDisabled();
    expect(row('r2.example').getByText('New')).toBeVisible();
    expect(box('r2.example')).toBeChecked();
    expect(row('For work').getByText('r3.example · sk-FAKE…0001')).toBeVisible();
    expect(box('For work')).toBeChecked();
    expect(row('Sora').getByText('This is not a usable key.')).toBeVisible();
    expect(box('Sora')).toBeDisabled();
    // Settings take the place of those here: that is not proposed.
    expect(box('Settings')).not.toBeChecked();
    expect(press('Add 2 items')).toBeEnabled();
    expect(document.body.textContent).not.toMatch(/FAKE-token|FAKE0000/);
  });

  test('is added as it was chosen: keys at once, accounts with their hosts asked for in one question', async () => {
    const scene = await show({
      script: {
        'keys.add': ({ keys }) => ok(keys.map(() => ({ kind: 'added' as const }))),
        'account.add': ({ siteUrl }) =>
          siteUrl.includes('r1') ? ok('new-1') : fail({ code: 'duplicate', name: 'x' }),
        'key.label': () => ok(true),
      },
    });
    await choose(scene, OPEN);
    await scene.user.click(await screen.findByRole('checkbox', { name: 'Sora' }));
    await scene.user.click(box('Settings'));
    const failure = { code: 'relay-permission', host: 'r1.example' } as const;
    const label = { name: 'For work', note: '' };
    await act(() =>
      scene.change({
        keys: [keyView({ id: 'new-key', host: 'r3.example', mask: 'sk-FAKE…0001', accountId: null })],
        accounts: [accountView({ id: 'new-1', failure })],
      }),
    );
    await scene.user.click(press('Add 4 items'));
    expect(await screen.findByText(/3 items added\./)).toBeVisible();
    expect(scene.page.requested).toEqual(['*://r1.example/*', '*://r2.example/*']);
    expect(scene.inputs('keys.add').filter(({ dry }) => !dry)).toEqual([
      {
        keys: [{ relayName: 'Kumo', baseUrl: 'https://r3.example/v1', key: 'sk-FAKE0000000000000000001' }],
        dry: false,
      },
    ]);
    expect(scene.inputs('account.add')).toEqual([
      { name: 'Hoshi', siteUrl: 'https://r1.example', accessToken: 'FAKE-token-1', userId: '7' },
      { name: '', siteUrl: 'https://r2.example', accessToken: 'FAKE-token-2', userId: '' },
    ]);
    expect(scene.inputs('key.label')).toEqual([{ keyId: 'new-key', ...label }]);
    expect(scene.inputs('settings.save')).toEqual([{ settings: DATA.settings }]);
    expect(row('For work').getByText('Added')).toBeVisible();
    expect(row('r2.example').getByText('Already in KeyFerry')).toBeVisible();
    expect(
      screen.getByRole('link', { name: '1 account could not be read yet. See “Accounts”.' }),
    ).toBeVisible();
    // What was left out can still be added.
    await scene.user.click(box('Sora'));
    await scene.user.click(press('Add 1 item'));
    expect(await screen.findByText(/4 items added\./)).toBeVisible();
  });

  test('is ticked and unticked all at once', async () => {
    const scene = await show({ script: { 'keys.add': () => added('added', 'added') } });
    await choose(scene, OPEN);
    const all = await screen.findByRole('checkbox', { name: 'All new items' });
    expect(all).toBeChecked();
    await scene.user.click(box('Sora'));
    expect((all as HTMLInputElement).indeterminate).toBe(true);
    await scene.user.click(all);
    expect(press('Add 4 items')).toBeEnabled();
    await scene.user.click(all);
    expect(press('Add 0 items')).toBeDisabled();
  });

  test('without secrets waits for those that are typed', async () => {
    const scene = await show({
      script: {
        'keys.add': ({ keys }) => ok(keys.map(() => ({ kind: 'added' as const }))),
        'account.add': () => fail({ code: 'bad-token' }),
      },
    });
    await choose(scene, WITHOUT);
    expect(await screen.findByRole('checkbox', { name: 'Hoshi' })).toBeDisabled();
    expect(row('Hoshi').getByText('Needs its access token again')).toBeVisible();
    expect(row('Kumo').getByText('Needs its key again')).toBeVisible();
    await enter(scene, field('Key of “Kumo”'), 'sk-FAKE-typed-000000000001');
    expect(box('Kumo')).toBeChecked();
    await enter(scene, field('Access token of “Hoshi”'), 'two words');
    await scene.user.click(press('Add 2 items'));
    expect(await screen.findByText(/1 item added\./)).toBeVisible();
    expect(scene.inputs('keys.add').at(-1)).toMatchObject({ keys: [{ key: 'sk-FAKE-typed-000000000001' }] });
    // A token that was refused can be typed again.
    expect(row('Hoshi').getByText('This is not a usable access token.')).toBeVisible();
    scene.answer({ 'account.add': () => ok('new-1') });
    await enter(scene, field('Access token of “Hoshi”'), 'FAKE-token-1');
    await scene.user.click(press('Add 1 item'));
    expect(await screen.findByText(/2 items added\./)).toBeVisible();
    expect(screen.queryByLabelText('Access token of “Hoshi”')).not.toBeInTheDocument();
  });

  test('of All API Hub says what it holds; accounts that are off there are not ticked', async () => {
    const scene = await show({ script: { 'keys.add': () => ok([]) } });
    const account = (site_name: string, more: object = {}) => ({
      site_name,
      site_url: `https://${site_name.toLowerCase()}.r1.example`,
      site_type: 'new-api',
      account_info: { id: 1, access_token: 'FAKE-token' },
      ...more,
    });
    const accounts = [
      account('One'),
      account('Two', { disabled: true }),
      account('Three', { site_type: 'sub2api' }),
    ];
    await choose(scene, JSON.stringify({ version: '4.0', accounts: { accounts } }));
    expect(await screen.findByText(/the sign-in details of accounts, but not their keys/)).toBeVisible();
    expect(box('One')).toBeChecked();
    expect(box('Two')).not.toBeChecked();
    expect(box('Two')).toBeEnabled();
    expect(row('Three').getByText(/runs Sub2API/)).toBeVisible();
  });

  test('with nothing in it says so', async () => {
    const scene = await show({ script: { 'keys.add': () => ok([]) } });
    await choose(scene, JSON.stringify({ version: '4.0', type: 'preferences', preferences: {} }));
    expect(await screen.findByText('The file contains no accounts and no keys.')).toBeVisible();
    expect(screen.queryByRole('button', { name: /^Add/ })).not.toBeInTheDocument();
    await scene.user.click(press('Close'));
    expect(screen.queryByText('The file contains no accounts and no keys.')).not.toBeInTheDocument();
  });
});
