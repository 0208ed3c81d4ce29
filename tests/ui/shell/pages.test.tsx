// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { FAILURE_CODES } from '../../core/failures/failure-codes';
import { fail, ok } from '../../../src/core/failures/result';
import '../../../src/ui/options/about-page';
import '../../../src/ui/accounts/accounts-page';
import '../../../src/ui/aliases/aliases-page';
import '../../../src/ui/accounts/add-layer';
import { OptionsApp } from '../../../src/ui/options/app';
import '../../../src/ui/channels/page';
import '../../../src/ui/connection/cliproxyapi-page';
import '../../../src/ui/options/general-page';
import '../../../src/ui/history/page';
import '../../../src/ui/new-api/page';
import { bringUp, renderPage, setWidth, type Scene, type SceneOptions } from '../render-page';
import { accountView, connectionView, failureOf, keyView, proved, view } from '../samples';

async function show(place: string, options: SceneOptions = {}): Promise<Scene> {
  location.hash = place;
  const scene = await renderPage(<OptionsApp />, { page: { isPopup: false }, ...options });
  await screen.findByRole('heading', { level: 1 });
  return scene;
}
const press = (name: string): HTMLElement => screen.getByRole('button', { name });

describe('the pages', () => {
  test.each([
    ['', 'Keys'],
    ['#/nowhere', 'Keys'],
    ['#/keys', 'Keys'],
    ['#/channels', 'Channels'],
    ['#/history', 'History'],
    ['#/general', 'General'],
    ['#/accounts', 'Accounts'],
    ['#/aliases', 'Rename rules'],
    ['#/cliproxyapi', 'CLIProxyAPI'],
    ['#/new-api', 'New API sites'],
    ['#/about', 'About'],
  ])('%s is %s: so say its title, its heading and the navigation', async (place, name) => {
    await show(place, { script: { history: () => ok([]), 'new-api.list': () => ok([]) } });
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent(name);
    expect(document.title).toBe(`${name} · KeyFerry`);
    const nav = within(screen.getByRole('navigation', { name: 'Pages' }));
    expect(nav.getByRole('link', { current: 'page' })).toHaveTextContent(name);
    expect(nav.getAllByRole('link')).toHaveLength(9);
  });

  test('are reached from a menu where there is no room for the navigation', async () => {
    setWidth(800);
    const { user } = await show('#/about');
    expect(screen.queryByRole('navigation')).not.toBeInTheDocument();
    const menu = press('Menu');
    expect(menu).toHaveAttribute('aria-expanded', 'false');
    await user.click(menu);
    expect(menu).toHaveAttribute('aria-expanded', 'true');
    await user.click(screen.getByRole('link', { name: 'General' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'General' })).toBeVisible();
    expect(screen.queryByRole('navigation')).not.toBeInTheDocument();
  });
});

describe('General', () => {
  test.each([
    ['Language', '简体中文', { language: 'zh-CN' }],
    ['Theme', 'Dark', { theme: 'dark' }],
    ['Theme', 'System', { theme: 'system' }],
  ])('keeps the %s %s, on screen at once', async (legend, option, change) => {
    const { user, inputs } = await show('#/general');
    const group = within(screen.getByRole('group', { name: legend }));
    await user.click(group.getByRole('radio', { name: option }));
    expect(group.getByRole('radio', { name: option })).toBeChecked();
    expect(group.getAllByRole('radio', { checked: true })).toHaveLength(1);
    expect(inputs('settings.save')).toEqual([{ settings: { ...view().settings, ...change } }]);
  });

  test('keeps whether the plan is skipped', async () => {
    const { user, inputs } = await show('#/general');
    await user.click(screen.getByRole('checkbox', { name: /^Don’t ask when an import only adds/ }));
    expect(inputs('settings.save')[0]?.settings.skipWhenOnlyAdds).toBe(true);
  });
});

describe('Accounts', () => {
  const account = accountView({ refreshedAt: Date.now() - 20 * 60_000 });

  test('show balance, keys and how old that is', async () => {
    await show('#/accounts', { view: { accounts: [account] } });
    const item = screen.getByRole('listitem');
    for (const text of ['Hoshi', 'r1.example · User ID 7', 'Balance $18.40', '2 keys', /Synced 20 min/])
      expect(item).toHaveTextContent(text);
  });

  test('that were never read say so', async () => {
    await show('#/accounts', { view: { accounts: [accountView({ balance: null, keys: 1, userId: '' })] } });
    expect(screen.getByRole('listitem')).toHaveTextContent('r1.example–1 key · Not synced yet');
  });

  test('are read again', async () => {
    const { user, inputs } = await show('#/accounts', {
      view: { accounts: [account] },
      script: { 'account.refresh': () => ok(true) },
    });
    await user.click(press('Refresh'));
    expect(inputs('account.refresh')).toEqual([{ accountId: 'a1' }]);
    await waitFor(() => expect(press('Refresh')).toBeEnabled());
  });

  test('say what is wrong with them, whatever it is', async () => {
    const accounts = FAILURE_CODES.map((code) => accountView({ id: code, failure: failureOf(code) }));
    await show('#/accounts', { view: { accounts } });
    const alerts = screen.getAllByRole('alert');
    expect(alerts).toHaveLength(accounts.length);
    for (const alert of alerts) expect(alert.textContent).toMatch(/[.”] \S.*[.”]/);
  });

  test('whose host may not be reached ask for it, and are read only when it is allowed', async () => {
    const failure = { code: 'relay-permission', host: 'r1.example' } as const;
    const { user, inputs, page } = await show('#/accounts', {
      view: { accounts: [accountView({ failure })] },
      script: { 'account.refresh': () => ok(true) },
    });
    page.grants = false;
    await user.click(press('Allow access'));
    expect(inputs('account.refresh')).toEqual([]);
    page.grants = true;
    await user.click(press('Allow access'));
    expect(page.requested).toEqual([account.pattern, account.pattern]);
    expect(inputs('account.refresh')).toEqual([{ accountId: 'a1' }]);
  });

  test('are removed only after a second look, which says what stays', async () => {
    const { user, inputs } = await show('#/accounts', { view: { accounts: [account] } });
    await user.click(press('Remove'));
    const asks = within(screen.getByRole('alertdialog', { name: 'Remove account “Hoshi”?' }));
    expect(asks.getByText(/Imported keys stay in CLIProxyAPI/)).toBeVisible();
    expect(inputs('account.remove')).toEqual([]);
    await user.click(asks.getByRole('button', { name: 'Remove account' }));
    expect(inputs('account.remove')).toEqual([{ accountId: 'a1' }]);
  });

  test('say that there are none, and begin with one', async () => {
    await show('#/accounts');
    expect(screen.getByText('No accounts yet')).toBeVisible();
    await bringUp(press('Add account'));
    expect(await screen.findByRole('dialog', { name: 'Add account' })).toBeVisible();
  });
});

describe('Keys', () => {
  test('says how many keys there are and how many are not imported', async () => {
    await show('#/keys', { view: { keys: [keyView(), keyView({ id: 'k2', name: 'B', card: proved() })] } });
    expect(
      screen.getByText('2 keys from your relays, ready for CLIProxyAPI and other programs.'),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Refresh' })).not.toBeInTheDocument();
  });

  test('reads all accounts again', async () => {
    const { user, inputs } = await show('#/keys', {
      view: { accounts: [accountView()] },
      script: { 'accounts.refresh': () => fail({ code: 'worker-gone' }) },
    });
    await user.click(press('Refresh'));
    expect(inputs('accounts.refresh')).toEqual([{ behind: true }, {}]);
    await waitFor(() => expect(press('Refresh')).toBeEnabled());
  });

  test('says that there are no keys, and begins with one', async () => {
    await show('#/keys', { view: { keys: [], connection: connectionView() } });
    expect(screen.getByText('No keys yet')).toBeVisible();
    await bringUp(press('Add key'));
    expect(await screen.findByRole('dialog', { name: 'Add key' })).toBeVisible();
  });
});
