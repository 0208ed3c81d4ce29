// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import { fail, ok } from '../../../src/core/failures/result';
import type { SiteKind } from '../../../src/core/accounts/site-kind';
import { AddLayer } from '../../../src/ui/accounts/add-layer';
import { renderPage, type FakePage, type Scene } from '../render-page';
import type { Script } from '../scripted-worker';

const field = (name: string | RegExp): HTMLElement => screen.getByLabelText(name, { selector: 'input' });
const button = (name: string): HTMLElement => screen.getByRole('button', { name });

const show = async (script: Script, page: Partial<FakePage> = {}) => {
  const onClose = vi.fn<() => void>();
  const scene = await renderPage(<AddLayer kind="account" onClose={onClose} />, { script, page });
  return { ...scene, onClose };
};

const site = (more: Partial<SiteKind> = {}): Script => ({
  'account.recognise': () =>
    ok({ family: 'veloera', reason: 'veloera-fields', siteName: 'V', tokenPage: '/personal', ...more }),
});

const leave = async ({ user }: Pick<Scene, 'user'>): Promise<void> => {
  await user.type(field('Site URL'), 'https://r1.example/console');
  await user.tab();
};

describe('an address that is left', () => {
  test('is recognised with the reason, and its fields and link are those of that site', async () => {
    const scene = await show(site());
    await leave(scene);
    expect(await screen.findByText('Veloera: it has the settings of Veloera')).toBeVisible();
    expect(field(/^User ID/)).toHaveAccessibleDescription(/This site needs it/);
    expect(screen.getByRole('link')).toHaveAttribute('href', 'https://r1.example/personal');
    expect(scene.inputs('account.recognise')).toEqual([{ siteUrl: 'https://r1.example/console' }]);
  });

  test('is asked once, and again only when it was changed', async () => {
    const scene = await show(site());
    await leave(scene);
    await scene.user.click(field('Site URL'));
    await scene.user.tab();
    expect(scene.inputs('account.recognise')).toHaveLength(1);
    await scene.user.type(field('Site URL'), '/x');
    expect(screen.queryByText(/^Veloera/)).not.toBeInTheDocument();
    await scene.user.tab();
    expect(scene.inputs('account.recognise')).toHaveLength(2);
  });

  test('of a Sub2API site is explained, and a key can be added instead', async () => {
    const scene = await show(site({ family: 'sub2api', reason: 'sub2api-settings' }));
    await leave(scene);
    const note = await screen.findByRole('alert');
    expect(note).toHaveTextContent('r1.example runs Sub2API');
    expect(screen.queryByLabelText('Access token')).not.toBeInTheDocument();
    expect(button('Add account')).toBeDisabled();
    await scene.user.click(within(note).getByRole('button', { name: 'Add a key instead' }));
    expect(await screen.findByRole('dialog', { name: 'Add key' })).toBeVisible();
    expect(screen.getByRole('textbox', { name: /URL/ })).toHaveValue('https://r1.example');
    scene.answer({ 'key.add': () => ok('k1') });
    await scene.user.type(field('Key'), 'sk-fake-key-0001');
    await scene.user.click(button('Add key'));
    expect(scene.inputs('key.add')).toMatchObject([{ baseUrl: 'https://r1.example', relay: 'sub2api' }]);
  });

  test('of a host that may not be asked is asked after the browser allowed it, on a page', async () => {
    const scene = await show(
      { 'account.recognise': () => fail({ code: 'relay-permission', host: 'r1.example' }) },
      { isPopup: false },
    );
    await leave(scene);
    scene.answer(site());
    await scene.user.click(await screen.findByRole('button', { name: 'Allow access and detect' }));
    expect(scene.page.requested).toEqual(['*://r1.example/*']);
    expect(await screen.findByText(/^Veloera:/)).toBeVisible();
  });

  test.each([
    ['http://r1.example/console', 'https://r1.example/console'],
    ['http://r1.example', 'https://r1.example'],
    ['https://r1.example', null],
  ])('that redirects is offered by https where it was not: %s', async (typed, offered) => {
    const scene = await show({
      'account.recognise': () => fail({ code: 'relay-redirected', host: 'r1.example' }),
    });
    await scene.user.type(field('Site URL'), typed);
    await scene.user.tab();
    expect(await screen.findByText(/answered with a redirect/)).toBeVisible();
    expect(screen.queryAllByRole('button', { name: /^Use/ })).toHaveLength(offered ? 1 : 0);
    if (!offered) return;
    scene.answer(site());
    await scene.user.click(button(`Use ${offered}`));
    expect(field('Site URL')).toHaveValue(offered);
    expect(await screen.findByText(/^Veloera:/)).toBeVisible();
    expect(scene.inputs('account.recognise').at(-1)).toEqual({ siteUrl: offered });
  });

  test('that is no relay says so, and the login can be tried all the same', async () => {
    const scene = await show({
      'account.recognise': () => fail({ code: 'not-new-api', host: 'r1.example' }),
    });
    await leave(scene);
    expect(await screen.findByText(/not a relay or New API site that KeyFerry recognises/)).toBeVisible();
    expect(button('Add account')).toBeEnabled();
  });
});

describe('a login of the tab', () => {
  const tab = { id: 5, origin: 'https://r1.example' };
  const page = (session: Awaited<ReturnType<FakePage['readSession']>>): Partial<FakePage> => ({
    currentTab: async () => tab,
    readSession: async (id) => (id === tab.id ? session : undefined),
  });

  test('is offered only over a web page', async () => {
    await show(site());
    expect(screen.queryByRole('button', { name: 'Sign in with this tab' })).not.toBeInTheDocument();
  });

  test.each([
    ['whole', { origin: tab.origin, userId: '7', accessToken: 'fake-token', shortLived: false }, undefined],
    [
      'for a while',
      { origin: tab.origin, userId: '7', accessToken: 'fake.jwt', shortLived: true },
      /ends within 15 minutes/,
    ],
    [
      'without its token',
      { origin: tab.origin, userId: '7', accessToken: '', shortLived: false },
      /does not show its access token/,
    ],
  ])('fills the form (%s), and the site is recognised', async (_name, session, said) => {
    const scene = await show(site(), page(session));
    await scene.user.click(await screen.findByRole('button', { name: 'Sign in with this tab' }));
    await waitFor(() => expect(field('Site URL')).toHaveValue(tab.origin));
    expect(field(/^User ID/)).toHaveValue('7');
    expect(field('Access token')).toHaveValue(session.accessToken);
    await waitFor(() => expect(scene.inputs('account.recognise')).toEqual([{ siteUrl: tab.origin }]));
    if (said) expect(screen.getByText(said)).toBeVisible();
  });

  test('takes the place of an old login of the same account, which is never removed for it', async () => {
    const failure = { code: 'token-refused', host: 'r1.example' } as const;
    const scene = await show(
      {
        ...site(),
        'account.add': () => fail(failure),
      },
      page({ origin: tab.origin, userId: '7', accessToken: 'fake.jwt', shortLived: true }),
    );
    await scene.user.click(await screen.findByRole('button', { name: 'Sign in with this tab' }));
    await screen.findByText(/^Signed in through this tab/);
    await scene.user.click(button('Add account'));
    expect(scene.inputs('account.add')).toMatchObject([
      { accessToken: 'fake.jwt', renew: true, shortLived: true },
    ]);
    expect(await screen.findByRole('alert')).toHaveTextContent('refused the access token');
    expect(scene.inputs('account.remove')).toEqual([]);
  });

  test('of Sub2API is all that is needed, also before the site may be asked what it is', async () => {
    const session = { userId: '2', accessToken: 'fake.jwt', shortLived: true };
    const scene = await show(
      {
        'account.recognise': () => fail({ code: 'relay-permission', host: 'r1.example' }),
        'account.add': () => ok('a9'),
      },
      page({ ...session, origin: tab.origin, family: 'sub2api' }),
    );
    await scene.user.click(await screen.findByRole('button', { name: 'Sign in with this tab' }));
    expect(await screen.findByText(/This access ends when you are signed out there/)).toBeVisible();
    expect(screen.queryByLabelText('Access token')).not.toBeInTheDocument();
    scene.answer(site({ family: 'sub2api', reason: 'sub2api-settings' }));
    await scene.user.click(button('Add account'));
    await waitFor(() => expect(scene.onClose).toHaveBeenCalled());
    expect(scene.inputs('account.add')).toEqual([{ ...session, name: '', siteUrl: tab.origin, renew: true }]);
  });

  test('that is not there is said', async () => {
    const scene = await show(site(), page(undefined));
    await scene.user.click(await screen.findByRole('button', { name: 'Sign in with this tab' }));
    expect(await screen.findByText(/not signed in to the site in this tab/)).toBeVisible();
    await waitFor(() => expect(button('Sign in with this tab')).toBeEnabled());
  });
});
