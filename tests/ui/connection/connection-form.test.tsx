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
import { connectionView, report } from '../samples';
import type { Script } from '../scripted-worker';

const good: Script = { 'connection.save': () => ok(true), 'connection.check': () => ok(report()) };

const show = (
  connection: ConnectionView | null,
  { script = good, ...view }: Partial<View> & { script?: Script } = {},
): Promise<Scene> => renderPage(<CliproxyapiPage />, { view: { connection, ...view }, script });

const address = (): HTMLElement => screen.getByRole('textbox', { name: 'Management base URL' });
const key = (): HTMLElement => screen.getByLabelText('Management key', { selector: 'input' });
const press = (name: string): HTMLElement => screen.getByRole('button', { name });
const afterView = ({ asked }: Scene): string[] =>
  asked.map(({ name }) => name).filter((name) => !/^(?:view|hosts\.list)$/.test(name));

describe('the address of CLIProxyAPI', () => {
  test.each([
    ['localhost:8317', 'http://localhost:8317'],
    ['http://127.0.0.1:8317/v0/management/#/', 'http://127.0.0.1:8317'],
    ['cpa1.example/proxy/management.html', 'https://cpa1.example/proxy'],
  ])('%s is shown in its normal form while it is typed, and nothing is sent', async (typed, root) => {
    const scene = await show(null);
    await enter(scene, address(), typed);
    expect(screen.getByText(`Will be used as ${root}`)).toBeVisible();
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

describe('Test connection', () => {
  test('saves first, then tests what was saved, and shows what was found', async () => {
    const scene = await show(connectionView());
    await enter(scene, key(), 'management-secret');
    await scene.user.click(press('Test connection'));
    expect(await screen.findByText('Everything works')).toBeVisible();
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
    await scene.user.click(press('Test connection'));
    await screen.findByText('Everything works');
    expect(scene.inputs('connection.save')[0]).not.toHaveProperty('managementKey');
  });

  test('tests nothing that could not be saved, and keeps what was typed', async () => {
    const scene = await show(connectionView(), {
      script: { 'connection.save': () => fail({ code: 'bad-key', reason: 'spaces' }) },
    });
    await enter(scene, key(), 'with blank');
    await scene.user.click(press('Test connection'));
    expect(await screen.findByRole('alert')).toHaveTextContent('This is not a usable key.');
    expect(key()).toHaveValue('with blank');
    expect(scene.inputs('connection.check')).toEqual([]);
    expect(press('Test connection')).toBeEnabled();
  });

  test('takes no second click while it runs, and says that it runs', async () => {
    let answer = (): void => {};
    const slow = new Promise<void>((resolve) => (answer = resolve));
    const scene = await show(connectionView(), {
      script: { ...good, 'connection.check': () => slow.then(() => ok(report())) },
    });
    await scene.user.click(press('Test connection'));
    expect(press('Testing…')).toHaveAttribute('aria-disabled', 'true');
    await scene.user.click(press('Testing…'));
    answer();
    await screen.findByText('Everything works');
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
    await scene.user.click(press('Test connection'));
    await screen.findByText('Everything works');
    expect(order).toEqual(['the browser']);
    expect(scene.page.requested).toEqual(['*://cpa1.example/*']);
  });

  test('of this computer asks the browser for nothing', async () => {
    const { user, page } = await show(connectionView());
    await user.click(press('Test connection'));
    await screen.findByText('Everything works');
    expect(page.requested).toEqual([]);
  });

  test('that cannot be carried out says why', async () => {
    const { user } = await show(connectionView(), {
      script: { ...good, 'connection.check': () => fail({ code: 'worker-gone' }) },
    });
    await user.click(press('Test connection'));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The browser stopped KeyFerry’s background worker.',
    );
  });
});

describe('Save', () => {
  test('saves with Enter, tests nothing, empties the key and shows the address as it was saved', async () => {
    const scene = await show(connectionView(), { script: { 'connection.save': () => ok(true) } });
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
    await waitFor(() => expect(key()).toHaveValue(''));
    await waitFor(() => expect(address()).toHaveValue('http://localhost:9000/v0/management'));
    expect(afterView(scene)).toEqual(['connection.save']);
    expect(scene.inputs('connection.save')[0]).toMatchObject({
      address: 'localhost:9000',
      managementKey: 'management-secret',
    });
  });

  test('keeps the key for as long as is chosen', async () => {
    const scene = await show(connectionView({ remember: 'session' }));
    const session = screen.getByRole('radio', { name: 'Only until the browser closes' });
    const device = screen.getByRole('radio', { name: 'Remember on this device' });
    expect(session).toBeChecked();
    await scene.user.click(device);
    expect(session).not.toBeChecked();
    await scene.user.click(press('Save'));
    await waitFor(() => expect(scene.inputs('connection.save')[0]?.remember).toBe('device'));
  });

  test('that fails says why and loses nothing', async () => {
    const scene = await show(null, {
      script: { 'connection.save': () => fail({ code: 'bad-url', text: 'x y' }) },
    });
    await enter(scene, key(), 'management-secret');
    await scene.user.click(press('Save'));
    expect(await screen.findByRole('alert')).toHaveTextContent('“x y” is not a web address.');
    expect(key()).toHaveValue('management-secret');
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
    expect(key()).toHaveAccessibleDescription(/^The secret-key under remote-management in config\.yaml/);
  });
});

describe('removing the connection', () => {
  test('asks first, says what stays, and starts over', async () => {
    const scene = await show(connectionView({ address: 'https://cpa1.example' }));
    await scene.user.click(press('Remove'));
    const asks = within(screen.getByRole('alertdialog', { name: 'Remove this connection?' }));
    expect(asks.getByText(/Nothing is changed in CLIProxyAPI/)).toBeVisible();
    expect(scene.inputs('connection.forget')).toEqual([]);
    await scene.user.click(asks.getByRole('button', { name: 'Remove connection' }));
    await waitFor(() => expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument());
    expect(scene.inputs('connection.forget')).toHaveLength(1);
    expect(address()).toHaveValue('http://localhost:8317/v0/management');
  });

  test('is not offered where there is none', async () => {
    await show(null);
    expect(screen.queryByRole('button', { name: 'Remove' })).not.toBeInTheDocument();
  });
});

describe('the state of the connection is said in a few words:', () => {
  test.each<[string, ConnectionView | null]>([
    ['Not connected', null],
    ['Management key missing, localhost:8317', connectionView({ hasKey: false })],
    ['Permission needed, localhost:8317', connectionView({ granted: false })],
    ['Key refused, localhost:8317', connectionView({ halted: { code: 'key-refused', triesLeft: 4 } })],
    ['Access refused, localhost:8317', connectionView({ halted: { code: 'remote-disabled' } })],
    ['Not checked, localhost:8317', connectionView({ halted: { code: 'banned', until: Date.now() - 1 } })],
    ['Not checked, localhost:8317', connectionView({ checkedAt: null })],
    ['Checking…, localhost:8317', connectionView({ checkedAt: null, checkingAt: Date.now() })],
    ['Unreachable, localhost:8317', connectionView({ trouble: { code: 'unreachable', host: 'h' } })],
    ['Check failed, localhost:8317', connectionView({ trouble: { code: 'reply-html', host: 'h' } })],
    ['Connected (checked just now), localhost:8317', connectionView()],
    ['Connected (checked 3 min. ago), localhost:8317', connectionView({ checkedAt: Date.now() - 180_000 })],
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
    const back = { name: 'Back to the import of Work key' };
    expect(screen.queryByRole('button', back)).not.toBeInTheDocument();
    await scene.change({ connection: connectionView() });
    const button = await screen.findByRole('button', back);
    await bringUp(button);
    expect(await screen.findByRole('button', { name: 'Import 2 models' })).toBeVisible();
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
    expect(await screen.findAllByText('Connected')).toHaveLength(2);
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
    expect(await screen.findByText(/refused/i)).toBeVisible();
    expect(scene.page.opened).toEqual([]);
    await scene.user.click(screen.getAllByRole('button', { name: 'Settings' }).at(-1)!);
    expect(scene.page.opened).toEqual(['#/cliproxyapi']);
  });

  test('a relay is added with a key or an account', async () => {
    await first();
    const add = await screen.findByRole('button', { name: 'Add account' });
    await bringUp(add);
    expect(await screen.findByRole('dialog', { name: 'Add account' })).toBeVisible();
  });
});
