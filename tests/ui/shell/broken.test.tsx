// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { fail, ok } from '../../../src/core/failures/result';
import { Broken } from '../../../src/ui/shell/broken';
// What the popup loads behind its first picture is there before a test ends.
import '../../../src/ui/import/import-layer';
import { PopupApp } from '../../../src/ui/popup/app';
import { startPage } from '../../../src/ui/shell/start-page';
import { fakePage, renderPage, watchTexts, type Scene } from '../render-page';
import { scriptedWorker, type Script } from '../scripted-worker';
import { keyView, view } from '../samples';

const show = (script: Script = {}): Promise<Scene> =>
  renderPage(<Broken failure={{ code: 'storage-unreadable' }} />, { script });
const press = (name: string): HTMLElement => screen.getByRole('button', { name });

describe('data that cannot be read', () => {
  test('is said to be so, with what to do', async () => {
    await show();
    expect(screen.getByRole('heading', { name: 'KeyFerry cannot read its data' })).toBeVisible();
    expect(screen.getByRole('alert')).toHaveTextContent(
      'Nothing was changed. Export the raw data, then reset.',
    );
    expect(screen.getByText(/The file contains your keys/)).toBeVisible();
  });

  test('is exported as it is', async () => {
    const { user, page } = await show({ 'storage.export': () => ok('{"raw":1}') });
    await user.click(press('Export raw data'));
    await waitFor(() => expect(page.saved).toEqual([{ name: 'keyferry-raw.json', text: '{"raw":1}' }]));
  });

  test('is erased only after a second look', async () => {
    const scene = await show({ 'storage.reset': () => ok(true) });
    await scene.user.click(press('Reset'));
    const asks = within(screen.getByRole('alertdialog', { name: 'Reset KeyFerry?' }));
    expect(asks.getByText(/Nothing changes in CLIProxyAPI or at your relays/)).toBeVisible();
    await scene.user.click(asks.getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument();
    expect(scene.inputs('storage.reset')).toEqual([]);
    await scene.user.click(press('Reset'));
    await scene.user.click(press('Erase and start over'));
    await waitFor(() =>
      expect(scene.asked.slice(1).map(({ name }) => name)).toEqual(['storage.reset', 'view']),
    );
  });

  test('of a worker that was stopped is only asked for again: nothing is to be reset', async () => {
    const scene = await renderPage(<Broken failure={{ code: 'worker-gone' }} />);
    expect(screen.queryByRole('button', { name: 'Reset' })).not.toBeInTheDocument();
    await scene.user.click(press('Try again'));
    expect(scene.inputs('view')).toHaveLength(2);
  });
});

describe('a page', () => {
  async function start(script: Script): Promise<ReturnType<typeof scriptedWorker>> {
    document.body.innerHTML = '<div id="root"></div>';
    const worker = scriptedWorker(script);
    await startPage({ ask: worker.ask, page: fakePage(), content: <PopupApp /> });
    watchTexts();
    return worker;
  }

  test('shows that its data cannot be read, and its keys once they were reset', async () => {
    const user = userEvent.setup();
    const worker = await start({
      view: () => fail({ code: 'storage-future', version: 9 }),
      'storage.reset': () => {
        worker.answer({ view: () => ok(view()) });
        return ok(true);
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent('written by a newer KeyFerry (format 9)');
    await user.click(press('Reset'));
    await user.click(press('Erase and start over'));
    expect(await screen.findByRole('listitem', { name: /^Work key/ })).toBeVisible();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  test('follows the language and theme of the settings, and remembers them for its next first frame', async () => {
    const settings = { ...view().settings, language: 'zh-CN', theme: 'dark' } as const;
    await start({ view: () => ok(view({ settings })) });
    expect(await screen.findByRole('button', { name: '导入 CLIProxyAPI' })).toBeVisible();
    await waitFor(() => expect(document.documentElement).toHaveAttribute('lang', 'zh-CN'));
    expect(document.documentElement).toHaveAttribute('data-theme', 'dark');
    expect(JSON.parse(localStorage.getItem('keyferry-look')!)).toEqual({ language: 'zh-CN', theme: 'dark' });
  });

  test('says by a toast what components have to say', async () => {
    const worker = await start({
      view: () => ok(view({ keys: [keyView()], notices: [] })),
      'key.text': () => fail({ code: 'key-unrevealed', host: 'r1.example' }),
    });
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Copy key' }));
    expect(
      await screen.findByText('“Work key”: r1.example does not give out the full key.'),
    ).toBeInTheDocument();
    expect(worker.inputs('notices.seen')).toEqual([]);
  });
});
