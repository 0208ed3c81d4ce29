// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { fail, ok } from '../../../src/core/failures/result';
import type { ConnectionView, View } from '../../../src/core/view/view';
import '../../../src/ui/accounts/add-layer';
import '../../../src/ui/import/import-layer';
import { OptionsApp } from '../../../src/ui/options/app';
import { CliproxyapiPage } from '../../../src/ui/connection/cliproxyapi-page';
import { PopupApp } from '../../../src/ui/popup/app';
import '../../../src/ui/popup/setup';
import { importScript } from '../open-dialog';
import { bringUp, enter, renderPage, type Scene } from '../render-page';
import { connectionView, report, settings } from '../samples';
import type { Script } from '../scripted-worker';

const good: Script = { 'connection.save': () => ok(true), 'connection.check': () => ok(report()) };

const show = (
  connection: ConnectionView | null,
  { script = good, ...view }: Partial<View> & { script?: Script } = {},
): Promise<Scene> =>
  renderPage(<CliproxyapiPage />, { view: { connection, ...view }, script, page: { isPopup: false } });

const address = (): HTMLElement => screen.getByRole('textbox', { name: 'Management base URL' });
const key = (): HTMLElement => screen.getByLabelText('Management key', { selector: 'input' });
const press = (name: string): HTMLElement => screen.getByRole('button', { name });
const afterView = ({ asked }: Scene): string[] =>
  asked.map(({ name }) => name).filter((name) => !/^(?:view|file\.kept|hosts\.list)$/.test(name));

describe('the address of CLIProxyAPI', () => {
  test.each([
    ['localhost:8317', 'http://localhost:8317'],
    ['http://127.0.0.1:8317/v0/management/#/', 'http://127.0.0.1:8317'],
    ['cpa1.example/proxy/management.html', 'https://cpa1.example/proxy'],
  ])('%s is shown in its normal form while it is typed, and nothing is sent', async (typed, root) => {
    const scene = await show(null);
    await enter(scene, address(), typed);
    expect(screen.getByText(`KeyFerry will use ${root}`)).toBeVisible();
    expect(address()).toHaveValue(typed);
    expect(address()).not.toHaveAttribute('aria-invalid');
    expect(afterView(scene)).toEqual([]);
    expect(scene.page.requested).toEqual([]);
  });

  test('that is none is said to be so beside the field', async () => {
    const { user } = await show(null);
    await user.clear(address());
    expect(address()).not.toHaveAttribute('aria-invalid');
    await user.type(address(), 'ftp://x');
    expect(address()).toHaveAttribute('aria-invalid', 'true');
    expect(address()).toHaveAccessibleDescription('Enter an address like http://localhost:8317.');
  });

  test.each([
    ['http://cpa1.example:8317', true],
    ['https://cpa1.example:8317', false],
    ['http://192.168.1.9:8317', false],
    ['http://localhost:8317', false],
  ])('%s in the open: %s', async (typed, open) => {
    const scene = await show(null);
    await enter(scene, address(), typed);
    const warnings = screen.queryAllByText(/^Plain http to a host outside your network/);
    expect(warnings).toHaveLength(open ? 1 : 0);
  });
});

describe('Save and check', () => {
  test('saves first, then checks what was saved, and shows what was found', async () => {
    const scene = await show(connectionView());
    await enter(scene, key(), 'management-secret');
    await scene.user.click(press('Save and check'));
    expect(await screen.findByText('The connection works')).toBeVisible();
    expect(afterView(scene)).toEqual(['connection.save', 'connection.check']);
    expect(scene.inputs('connection.save')).toEqual([
      {
        address: 'http://localhost:8317/v0/management',
        managementKey: 'management-secret',
        remember: 'device',
      },
    ]);
    expect(key()).toHaveValue('');
  });

  test('sends no key when none was typed', async () => {
    const scene = await show(connectionView());
    await scene.user.click(press('Save and check'));
    await screen.findByText('The connection works');
    expect(scene.inputs('connection.save')[0]).not.toHaveProperty('managementKey');
  });

  test('checks nothing that could not be saved, and keeps what was typed', async () => {
    const scene = await show(connectionView(), {
      script: { 'connection.save': () => fail({ code: 'bad-key', reason: 'spaces' }) },
    });
    await enter(scene, key(), 'with blank');
    await scene.user.click(press('Save and check'));
    expect(await screen.findByRole('alert')).toHaveTextContent('This is not a usable key.');
    expect(key()).toHaveValue('with blank');
    expect(scene.inputs('connection.check')).toEqual([]);
    expect(press('Save and check')).toBeEnabled();
  });

  test('takes no second click while it runs, and says that it runs', async () => {
    let answer = (): void => {};
    const slow = new Promise<void>((resolve) => (answer = resolve));
    const scene = await show(connectionView(), {
      script: { ...good, 'connection.check': () => slow.then(() => ok(report())) },
    });
    await scene.user.click(press('Save and check'));
    expect(press('Checking…')).toHaveAttribute('aria-disabled', 'true');
    await scene.user.click(press('Checking…'));
    answer();
    await screen.findByText('The connection works');
    expect(scene.inputs('connection.check')).toHaveLength(1);
  });

  test('of a host that is not this computer asks the browser from the very click', async () => {
    const scene = await show(connectionView({ address: 'https://cpa1.example' }));
    const order: string[] = [];
    const { requestHost } = scene.page;
    scene.page.requestHost = async (pattern) => {
      order.push(...afterView(scene), 'the browser');
      return requestHost(pattern);
    };
    await scene.user.click(press('Save and check'));
    await screen.findByText('The connection works');
    expect(order).toEqual(['the browser']);
    expect(scene.page.requested).toEqual(['*://cpa1.example/*']);
  });

  test('of this computer asks the browser for nothing', async () => {
    const { user, page } = await show(connectionView());
    await user.click(press('Save and check'));
    await screen.findByText('The connection works');
    expect(page.requested).toEqual([]);
  });

  test('that cannot be carried out says why', async () => {
    const { user } = await show(connectionView(), {
      script: { ...good, 'connection.check': () => fail({ code: 'worker-gone' }) },
    });
    await user.click(press('Save and check'));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The browser stopped KeyFerry’s background worker.',
    );
  });
});

describe('what was saved', () => {
  test('with Enter is checked at once; the key is emptied, and the address shown as it was saved', async () => {
    const scene = await show(connectionView());
    await enter(scene, address(), 'localhost:9000');
    await enter(scene, key(), 'management-secret');
    scene.answer({
      view: () => {
        const state = scene.view.getState();
        if (state.kind !== 'ready') throw new Error('not ready');
        const connection = connectionView({ address: 'http://localhost:9000/v0/management' });
        return ok({ ...state.view, connection });
      },
    });
    await scene.user.keyboard('{Enter}');
    await screen.findByText('The connection works');
    expect(key()).toHaveValue('');
    expect(address()).toHaveValue('http://localhost:9000/v0/management');
    expect(afterView(scene)).toEqual(['connection.save', 'connection.check']);
    expect(scene.inputs('connection.save')[0]).toMatchObject({
      address: 'localhost:9000',
      managementKey: 'management-secret',
    });
  });

  test('keeps the key for as long as is chosen, and says where', async () => {
    const scene = await show(connectionView({ remember: 'session' }), { lock: true });
    const session = screen.getByRole('radio', { name: 'Until the browser closes' });
    const device = screen.getByRole('radio', { name: 'On this device' });
    expect(session).toBeChecked();
    expect(screen.getByText(/^In memory only/)).toBeVisible();
    await scene.user.click(device);
    expect(session).not.toBeChecked();
    expect(screen.getByText(/encrypted with your passphrase/)).toBeVisible();
    await scene.change({ lock: false });
    expect(screen.getByText(/not synced, not encrypted/)).toBeVisible();
    await scene.user.click(press('Save and check'));
    await waitFor(() => expect(scene.inputs('connection.save')[0]?.remember).toBe('device'));
  });

  test('is nothing where it fails: that says why and loses nothing', async () => {
    const scene = await show(null, {
      script: { 'connection.save': () => fail({ code: 'bad-url', text: 'x y' }) },
    });
    await enter(scene, key(), 'management-secret');
    await scene.user.click(press('Connect'));
    expect(await screen.findByRole('alert')).toHaveTextContent('“x y” is not a web address.');
    expect(key()).toHaveValue('management-secret');
  });

  test('is not sent again by itself where the key was refused', async () => {
    const { user, inputs } = await show(connectionView({ halted: { code: 'key-refused', triesLeft: 4 } }));
    expect(key()).toBeRequired();
    expect(key()).toHaveAccessibleDescription(/refused the saved key, so it is not sent again/);
    await user.click(press('Save and check'));
    expect(inputs('connection.save')).toEqual([]);
  });
});

describe('the management key', () => {
  test('is never shown unless it is asked for, and says that it is saved', async () => {
    const { user } = await show(connectionView());
    expect(key()).toHaveAttribute('type', 'password');
    expect(key()).toHaveAccessibleDescription('Saved. Type to replace it.');
    const eye = screen.getByRole('button', { name: 'Show' });
    await user.click(eye);
    expect(key()).toHaveAttribute('type', 'text');
    expect(screen.getByRole('button', { name: /^Hide/ })).toHaveAttribute('aria-pressed', 'true');
  });

  test('says where it is found when there is none yet', async () => {
    await show(connectionView({ hasKey: false }));
    expect(key()).toHaveAccessibleDescription(
      /^In CLIProxyAPI’s config\.yaml: remote-management › secret-key/,
    );
  });
});

describe('disconnecting', () => {
  test('asks first, says what stays, and starts over', async () => {
    const scene = await show(connectionView({ address: 'https://cpa1.example' }));
    await scene.user.click(press('Disconnect'));
    const asks = within(screen.getByRole('alertdialog', { name: 'Disconnect CLIProxyAPI?' }));
    expect(asks.getByText(/Imported keys stay in CLIProxyAPI and keep working/)).toBeVisible();
    expect(scene.inputs('connection.forget')).toEqual([]);
    await scene.user.click(asks.getByRole('button', { name: 'Disconnect' }));
    await waitFor(() => expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument());
    expect(scene.inputs('connection.forget')).toHaveLength(1);
    expect(address()).toHaveValue('http://localhost:8317/v0/management');
  });

  test('is not offered where there is none', async () => {
    await show(null);
    expect(screen.queryByRole('button', { name: 'Disconnect' })).not.toBeInTheDocument();
  });
});

describe('the state of the connection is said in a few words:', () => {
  test.each<[string, ConnectionView | null]>([
    ['Not connected', null],
    ['Management key missing, localhost:8317', connectionView({ hasKey: false })],
    ['Permission needed, localhost:8317', connectionView({ granted: false })],
    [
      'Management key refused, localhost:8317',
      connectionView({ halted: { code: 'key-refused', triesLeft: 4 } }),
    ],
    ['Access refused, localhost:8317', connectionView({ halted: { code: 'remote-disabled' } })],
    ['Not checked, localhost:8317', connectionView({ halted: { code: 'banned', until: Date.now() - 1 } })],
    ['Not checked, localhost:8317', connectionView({ checkedAt: null })],
    ['Checking…, localhost:8317', connectionView({ checkedAt: null, checkingAt: Date.now() })],
    ['Unreachable, localhost:8317', connectionView({ trouble: { code: 'unreachable', host: 'h' } })],
    ['Check failed, localhost:8317', connectionView({ trouble: { code: 'reply-html', host: 'h' } })],
    ['Connected (checked just now), localhost:8317', connectionView()],
    [
      'Connected (checked 3 hr. ago), localhost:8317',
      connectionView({ checkedAt: Date.now() - 3 * 3_600_000 }),
    ],
  ])('%s', async (text, connection) => {
    const { user, page } = await renderPage(<OptionsApp />, { view: { connection } });
    const pill = screen.getByRole('button', { name: `CLIProxyAPI: ${text}. Open its settings` });
    await user.click(pill);
    expect(page.opened).toEqual(['#/cliproxyapi']);
  });
});

describe('who came from an import', () => {
  const intent = { kind: 'import', id: 'k1', pattern: '', at: Date.now() } as const;

  test('finds the way back once the key is there', async () => {
    location.hash = '#/cliproxyapi';
    const scene = await renderPage(<OptionsApp />, {
      view: { connection: connectionView({ hasKey: false }), intent },
      script: importScript(),
    });
    await screen.findByRole('heading', { name: 'CLIProxyAPI' });
    const back = { name: 'Back to the import of “Work key”' };
    expect(screen.queryByRole('button', back)).not.toBeInTheDocument();
    await scene.change({ connection: connectionView() });
    const button = await screen.findByRole('button', back);
    await bringUp(button);
    expect(await screen.findByRole('button', { name: 'Import key with 2 models' })).toBeVisible();
    expect(scene.inputs('intent.clear')).toHaveLength(1);
  });
});

describe('at the first run', () => {
  const first = (script: Script = good): Promise<Scene> =>
    renderPage(<PopupApp />, { view: { connection: null, keys: [] }, script });
  const connect = async (scene: Scene): Promise<void> => {
    await enter(scene, await screen.findByLabelText('Management key', { selector: 'input' }), 'secret');
    await scene.user.click(press('Connect'));
  };

  test('CLIProxyAPI is connected with its suggested address', async () => {
    const scene = await first();
    await connect(scene);
    await waitFor(() => expect(scene.inputs('connection.check')).toHaveLength(1));
    expect(scene.inputs('connection.save')).toEqual([
      { address: 'http://localhost:8317/v0/management', managementKey: 'secret', remember: 'device' },
    ]);
    expect(scene.page.opened).toEqual([]);
    await scene.change({ connection: connectionView() });
    expect(await screen.findByText('Connected (checked just now)')).toBeVisible();
    expect(screen.queryByLabelText('Management key')).not.toBeInTheDocument();
  });

  test('a key that cannot be saved is said, and stays in the field', async () => {
    const scene = await first({ 'connection.save': () => fail({ code: 'bad-key', reason: 'masked' }) });
    await connect(scene);
    expect(await screen.findByRole('alert')).toHaveTextContent('This is not a usable key.');
    expect(key()).toHaveValue('secret');
  });

  test('a check that fails is told in place, with the way to the whole list', async () => {
    const failed = report({ failure: { code: 'key-refused', triesLeft: 4 }, found: null });
    const scene = await first({ ...good, 'connection.check': () => ok(failed) });
    await connect(scene);
    expect(await screen.findByText(/^CLIProxyAPI refused the management key/)).toBeVisible();
    expect(scene.page.opened).toEqual([]);
  });

  test('the key is kept until the browser closes if that is chosen here', async () => {
    const scene = await first();
    await scene.user.click(await screen.findByRole('radio', { name: 'Until the browser closes' }));
    await connect(scene);
    await waitFor(() => expect(scene.inputs('connection.save')[0]?.remember).toBe('session'));
  });

  test('another host is asked for only with a button of its own, since the question closes the popup', async () => {
    const barred = report({ failure: { code: 'host-permission', host: 'cpa1.example' }, found: null });
    const scene = await first({ ...good, 'connection.check': () => ok(barred) });
    await enter(
      scene,
      await screen.findByRole('textbox', { name: 'Management base URL' }),
      'https://cpa1.example',
    );
    await connect(scene);
    const allow = await screen.findByRole('button', { name: 'Allow access to cpa1.example' });
    expect(scene.page.requested).toEqual([]);
    await scene.change({ connection: connectionView({ granted: false, pattern: '*://cpa1.example/*' }) });
    await scene.user.click(allow);
    expect(scene.page.requested).toEqual(['*://cpa1.example/*']);
  });

  test('one button stands out: first Connect, then Add account', async () => {
    const scene = await first();
    const primary = (): (string | null)[] =>
      [...document.querySelectorAll('main .btn.primary')].map(({ textContent }) => textContent);
    await screen.findByRole('button', { name: 'Connect' });
    expect(primary()).toEqual(['Connect']);
    await scene.change({ connection: connectionView() });
    await waitFor(() => expect(primary()).toEqual(['Add account']));
  });

  test('CLIProxyAPI can be skipped, and taken up again', async () => {
    const scene = await first();
    await scene.user.click(await screen.findByRole('button', { name: 'Skip for now' }));
    expect(await screen.findByText(/^Skipped\. You can still send keys to Cherry Studio/)).toBeVisible();
    expect(scene.inputs('settings.save').at(-1)?.settings.told).toEqual(['cliproxyapi-later']);
    await scene.user.click(press('Connect CLIProxyAPI'));
    expect(await screen.findByLabelText('Management key', { selector: 'input' })).toBeVisible();
    expect(scene.inputs('settings.save').at(-1)?.settings.told).toEqual([]);
  });

  test('with keys and without CLIProxyAPI the list of keys is there once it was skipped', async () => {
    const scene = await renderPage(<PopupApp />, {
      view: { connection: null, settings: settings({ told: ['cliproxyapi-later'] }) },
    });
    expect(await screen.findByText('Work key')).toBeVisible();
    await scene.change({ settings: settings() });
    expect(await screen.findByText('Two steps to your first import')).toBeVisible();
  });

  test('the relay of the tab beside comes first, and its login is taken with that click', async () => {
    const tab = { id: 7, origin: 'https://r1.example' };
    const page = {
      currentTab: async () => tab,
      readSession: async () => ({ ...tab, userId: '7', accessToken: 'fake-token', shortLived: false }),
    };
    const scene = await renderPage(<PopupApp />, {
      view: { keys: [] },
      script: { 'account.recognise': () => fail({ code: 'relay-permission', host: 'r1.example' }) },
      page,
    });
    const add = await screen.findByRole('button', { name: 'Add the relay in this tab (r1.example)' });
    expect(document.querySelectorAll('main .btn.primary')).toHaveLength(1);
    expect(add).toHaveClass('primary');
    await scene.user.click(add);
    expect(await screen.findByRole('dialog', { name: 'Add account' })).toBeVisible();
    await waitFor(() => expect(screen.getByLabelText('Site URL')).toHaveValue('https://r1.example'));
    expect(screen.getByLabelText(/^User ID/)).toHaveValue('7');
  });

  test('a relay is added with a key or an account', async () => {
    await first();
    const add = await screen.findByRole('button', { name: 'Add account' });
    await bringUp(add);
    expect(await screen.findByRole('dialog', { name: 'Add account' })).toBeVisible();
  });
});
