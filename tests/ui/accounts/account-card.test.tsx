// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { Failure } from '../../../src/core/failures/failure';
import { ok } from '../../../src/core/failures/result';
import type { AccountView } from '../../../src/core/view/view';
import { AccountCard } from '../../../src/ui/accounts/account-card';
import { bringUp, enter, failing, renderPage } from '../render-page';
import { accountView } from '../samples';

const show = (more: Partial<AccountView>) => renderPage(<AccountCard account={accountView(more)} />);
const host = 'r1.example';

describe('an account that could not be read', () => {
  test.each<[Failure, AccountView['family'], string[]]>([
    [{ code: 'token-refused', host }, 'new-api', ['Enter a new access token']],
    [{ code: 'user-id-refused', host }, 'new-api', ['Enter a new access token']],
    [{ code: 'user-id-needed', host }, 'veloera', ['Enter a new access token']],
    [{ code: 'login-ended', host }, 'new-api', ['Open the site', 'Enter a new access token']],
    [{ code: 'login-ended', host }, 'sub2api', ['Open the site']],
    [{ code: 'relay-permission', host }, 'new-api', ['Allow access']],
    [{ code: 'relay-timeout', host, seconds: 10 }, 'new-api', []],
  ])('offers what mends it: %o, %s', async (failure, family, offers) => {
    await show({ failure, family });
    const rest = ['Refresh', 'Remove', 'Edit'];
    const buttons = screen.getAllByRole('button').map(({ textContent }) => textContent);
    expect(buttons.filter((name) => !rest.includes(name))).toEqual(offers);
  });

  test('is opened where its login was', async () => {
    const scene = await show({ failure: { code: 'login-ended', host }, family: 'sub2api' });
    await scene.user.click(screen.getByRole('button', { name: 'Open the site' }));
    expect(scene.page.links).toEqual(['https://r1.example']);
  });
});

describe('the numbers of an account', () => {
  test.each<[string, Partial<AccountView>, RegExp]>([
    ['what was used', { used: { value: 1.6, symbol: '$' } }, /Used \$1\.60/],
    ['that little is left', { balance: { value: 0.2, symbol: '$' } }, /Balance almost used up/],
    ['that nothing is left', { balance: { value: 0, symbol: '$' } }, /Balance used up/],
  ])('say %s', async (_name, more, text) => {
    await show(more);
    expect(screen.getByText(text)).toBeVisible();
  });
});

describe('an account is edited', () => {
  const field = (name: string | RegExp): HTMLElement => screen.getByLabelText(name, { selector: 'input' });
  const open = async (more: Partial<AccountView> = {}) => {
    const scene = await show(more);
    await bringUp(screen.getByRole('button', { name: 'Edit' }));
    expect(await screen.findByRole('dialog', { name: 'Edit account “Hoshi”' })).toBeVisible();
    return scene;
  };
  const save = { name: 'Save' };

  test('with its name, address, token and user id, and the dialog closes', async () => {
    const scene = await open();
    scene.answer({ 'account.edit': () => ok(true) });
    await enter(scene, field('Name'), 'Night');
    await enter(scene, field('Access token'), 'fake-token');
    await scene.user.click(screen.getByRole('button', save));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    const same = { accountId: 'a1', siteUrl: 'https://r1.example', userId: '7' };
    expect(scene.inputs('account.edit')).toEqual([{ ...same, name: 'Night', accessToken: 'fake-token' }]);
    expect(scene.page.requested).toEqual([]);
  });

  test('to another host only after the browser allowed it', async () => {
    const scene = await open();
    scene.answer({ 'account.edit': failing({ code: 'relay-redirected', host: 'r2.example' }) });
    scene.page.grants = false;
    await enter(scene, field('Site URL'), 'http://r2.example');
    await scene.user.click(screen.getByRole('button', save));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'does not have permission to access r2.example',
    );
    expect(scene.inputs('account.edit')).toEqual([]);
    scene.page.grants = true;
    await scene.user.click(screen.getByRole('button', save));
    await scene.user.click(await screen.findByRole('button', { name: 'Use https://r2.example' }));
    expect(field('Site URL')).toHaveValue('https://r2.example');
    expect(scene.page.requested).toEqual(['*://r2.example/*', '*://r2.example/*']);
  });

  test('without token and id where the site has neither', async () => {
    await open({ family: 'sub2api' });
    expect(screen.queryByLabelText('Access token')).not.toBeInTheDocument();
    expect(screen.queryByLabelText(/^User ID/)).not.toBeInTheDocument();
  });
});
