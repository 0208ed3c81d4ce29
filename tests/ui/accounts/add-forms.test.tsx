// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import type { Failure } from '../../../src/core/failures/failure';
import { fail, ok } from '../../../src/core/failures/result';
import { AddLayer } from '../../../src/ui/accounts/add-layer';
import { enter, renderPage, type Scene } from '../render-page';
import type { Script } from '../scripted-worker';
import { accountView, view } from '../samples';

interface Form extends Scene {
  onClose: ReturnType<typeof vi.fn<() => void>>;
}

async function show(kind: 'key' | 'account', script: Script = {}): Promise<Form> {
  const onClose = vi.fn<() => void>();
  return { ...(await renderPage(<AddLayer kind={kind} onClose={onClose} />, { script })), onClose };
}

const field = (name: string | RegExp): HTMLElement => screen.getByLabelText(name, { selector: 'input' });
const submit = (name: string): HTMLElement => screen.getByRole('button', { name });

describe('a key is added', () => {
  const fill = async (scene: Scene): Promise<void> => {
    await enter(scene, field('Relay name'), 'Hoshi');
    await enter(scene, field('Base URL'), 'r1.example');
    await enter(scene, field('Key'), 'sk-Labk-0001');
  };

  test('with what was typed, and the form is gone', async () => {
    const scene = await show('key', { 'key.add': () => ok('k9') });
    await fill(scene);
    await scene.user.click(submit('Add key'));
    expect(scene.inputs('key.add')).toEqual([
      { relayName: 'Hoshi', baseUrl: 'r1.example', key: 'sk-Labk-0001' },
    ]);
    await waitFor(() => expect(scene.onClose).toHaveBeenCalledTimes(1));
  });

  test('with Enter', async () => {
    const scene = await show('key', { 'key.add': () => ok('k9') });
    await fill(scene);
    await scene.user.keyboard('{Enter}');
    expect(scene.inputs('key.add')).toHaveLength(1);
  });

  test('with its address in the form in which it will be used', async () => {
    const scene = await show('key');
    expect(field('Base URL')).toHaveAccessibleDescription(/KeyFerry adds \/v1 where it belongs/);
    await scene.user.type(field('Base URL'), 'r1.example/');
    expect(field('Base URL')).toHaveAccessibleDescription('KeyFerry will use https://r1.example/v1');
    expect(scene.asked.map(({ name }) => name)).toEqual(['view']);
  });

  test('with a warning where its address is plain http, and a refusal where it is a key', async () => {
    const scene = await show('key');
    await scene.user.type(field('Base URL'), 'http://r1.example');
    expect(field('Base URL')).toHaveAccessibleDescription(/anyone along the way can read the key/);
    await enter(scene, field('Base URL'), 'http://192.168.1.9:3000');
    expect(field('Base URL')).toHaveAccessibleDescription('KeyFerry will use http://192.168.1.9:3000/v1');
    await enter(scene, field('Base URL'), 'sk-Labk00000001');
    expect(field('Base URL')).toBeInvalid();
    expect(field('Base URL')).toHaveAccessibleDescription(/looks like a key/);
  });

  test.each<[Failure, string]>([
    [{ code: 'bad-key', reason: 'masked' }, 'This is not a usable key.'],
    [{ code: 'bad-url', text: 'r1' }, '“r1” is not a web address.'],
    [{ code: 'duplicate', name: 'Work key' }, 'KeyFerry already has this as “Work key”. Nothing was added.'],
    [{ code: 'storage-full' }, 'The browser’s storage for KeyFerry is full, so nothing could be saved.'],
  ])('but not when %o: that is said and nothing is lost', async (failure, text) => {
    const scene = await show('key', { 'key.add': () => fail(failure) });
    await fill(scene);
    await scene.user.click(submit('Add key'));
    expect(await screen.findByRole('alert')).toHaveTextContent(text);
    expect(field('Relay name')).toHaveValue('Hoshi');
    expect(field('Base URL')).toHaveValue('r1.example');
    expect(field('Key')).toHaveValue('sk-Labk-0001');
    expect(scene.onClose).not.toHaveBeenCalled();
  });

  test('or not: Cancel and Escape send nothing', async () => {
    const scene = await show('key');
    await fill(scene);
    await scene.user.click(screen.getByRole('button', { name: 'Cancel' }));
    await scene.user.keyboard('{Escape}');
    expect(scene.onClose).toHaveBeenCalled();
    expect(scene.inputs('key.add')).toEqual([]);
  });

  test('masked on screen', async () => {
    await show('key');
    expect(field('Key')).toHaveAttribute('type', 'password');
  });
});

describe('an account is added', () => {
  const withAccount = (failure: Failure | null): Script => ({
    'account.recognise': () => fail({ code: 'relay-permission', host: 'r1.example' }),
    view: () => ok(view({ accounts: [accountView({ id: 'a9', failure })] })),
    'account.add': () => ok('a9'),
    'account.refresh': () => ok(true),
  });
  const fill = async (scene: Scene): Promise<void> => {
    await enter(scene, field('Site URL'), 'https://r1.example/console');
    await enter(scene, field('Access token'), 'token-0001');
    await enter(scene, field(/^User ID/), '7');
    await scene.user.click(submit('Add account'));
  };
  const nothingLost = (): void => {
    expect(field('Site URL')).toHaveValue('https://r1.example/console');
    expect(field('Access token')).toHaveValue('token-0001');
    expect(field(/^User ID/)).toHaveValue('7');
    expect(submit('Add account')).toBeEnabled();
  };

  test('and read at once', async () => {
    const scene = await show('account', withAccount(null));
    await fill(scene);
    await waitFor(() => expect(scene.onClose).toHaveBeenCalledTimes(1));
    expect(scene.inputs('account.add')[0]).toMatchObject({
      siteUrl: 'https://r1.example/console',
      accessToken: 'token-0001',
      userId: '7',
    });
    expect(scene.page.requested).toEqual([]);
    expect(scene.inputs('account.remove')).toEqual([]);
  });

  test('after the browser was asked for its host, which is remembered first', async () => {
    const scene = await show('account', withAccount({ code: 'relay-permission', host: 'r1.example' }));
    scene.answer({
      'account.refresh': () => {
        scene.answer(withAccount(null));
        return ok(true);
      },
    });
    await fill(scene);
    await waitFor(() => expect(scene.onClose).toHaveBeenCalledTimes(1));
    const intent = { kind: 'account', id: 'a9', pattern: '*://r1.example/*' };
    expect(scene.inputs('intent.set')).toEqual([intent]);
    expect(scene.page.requested).toEqual([intent.pattern]);
    expect(scene.inputs('account.refresh')).toEqual([{ accountId: 'a9' }]);
    expect(scene.inputs('intent.clear')).toHaveLength(1);
  });

  test('but a key in the place of the address is not even asked what it is', async () => {
    const scene = await show('account');
    await enter(scene, field('Site URL'), 'sk-Labk00000001');
    await enter(scene, field('Access token'), 'token-0001');
    expect(field('Site URL')).toHaveAccessibleDescription(/looks like a key/);
    expect(scene.inputs('account.recognise')).toEqual([]);
  });

  test('but not when the host is denied: that is said, and nothing is lost or kept', async () => {
    const scene = await show('account', withAccount({ code: 'relay-permission', host: 'r1.example' }));
    scene.page.grants = false;
    await fill(scene);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'KeyFerry does not have permission to access r1.example yet.',
    );
    expect(scene.inputs('account.refresh')).toEqual([]);
    expect(scene.inputs('account.remove')).toEqual([{ accountId: 'a9', unread: true }]);
    expect(scene.onClose).not.toHaveBeenCalled();
    nothingLost();
  });

  test.each<[Failure, string]>([
    [{ code: 'token-refused', host: 'r1.example' }, 'r1.example refused the access token.'],
    [{ code: 'user-id-refused', host: 'r1.example' }, 'the access token belongs to another user ID'],
    [{ code: 'not-new-api', host: 'r1.example' }, 'r1.example is not a relay'],
  ])('but not when its login does not work (%o)', async (failure, text) => {
    const scene = await show('account', withAccount(failure));
    await fill(scene);
    expect(await screen.findByRole('alert')).toHaveTextContent(text);
    expect(scene.inputs('account.remove')).toEqual([{ accountId: 'a9', unread: true }]);
    nothingLost();
  });

  test.each<[Failure, string]>([
    [{ code: 'bad-token' }, 'This is not a usable access token.'],
    [{ code: 'bad-user-id' }, 'The user ID is not a number.'],
  ])('but not when the worker does not take it (%o)', async (failure, text) => {
    const scene = await show('account', { 'account.add': () => fail(failure) });
    await fill(scene);
    expect(await screen.findByRole('alert')).toHaveTextContent(text);
    expect(scene.inputs('account.remove')).toEqual([]);
    nothingLost();
  });

  test('or renewed where it is here already, which is said', async () => {
    const accounts = [accountView({ id: 'a9', name: 'Hoshi' })];
    const onClose = vi.fn<() => void>();
    const script = withAccount(null);
    const scene = await renderPage(<AddLayer kind="account" onClose={onClose} />, {
      script,
      view: { accounts },
    });
    await fill(scene);
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(scene.inputs('account.add')).toMatchObject([{ renew: true }]);
    expect(scene.toasts).toEqual([expect.stringMatching(/^“Hoshi” was here already/)]);
  });

  test('after the host of one that is here already was asked for, and the login is tried again', async () => {
    const scene = await show('account', {
      ...withAccount(null),
      'account.add': () => fail({ code: 'relay-permission', host: 'r1.example' }),
    });
    await fill(scene);
    await waitFor(() => expect(scene.inputs('account.add')).toHaveLength(2));
    expect(scene.page.requested).toEqual(['*://r1.example/*']);
  });

  test('once, however often the button is pressed', async () => {
    let answer = (): void => {};
    const slow = new Promise<void>((resolve) => (answer = resolve));
    const scene = await show('account', {
      ...withAccount(null),
      'account.add': () => slow.then(() => ok('a9')),
    });
    await fill(scene);
    expect(submit('Add account')).toHaveAttribute('aria-disabled', 'true');
    await scene.user.click(submit('Add account'));
    answer();
    await waitFor(() => expect(scene.onClose).toHaveBeenCalled());
    expect(scene.inputs('account.add')).toHaveLength(1);
  });

  test('with a link to where its token is found', async () => {
    const { user } = await show('account');
    const dialog = within(screen.getByRole('dialog', { name: 'Add account' }));
    expect(dialog.queryByRole('link')).not.toBeInTheDocument();
    await user.type(field('Site URL'), 'r1.example/x');
    expect(dialog.getByRole('link')).toHaveAttribute('href', 'https://r1.example/console/personal');
  });
});
