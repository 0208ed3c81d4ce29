// @vitest-environment happy-dom
import { act, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { fail, ok } from '../../../src/core/failures/result';
import { LockSection } from '../../../src/ui/backup/lock-section';
import { LockButton } from '../../../src/ui/backup/lock-button';
import { Locked } from '../../../src/ui/shell/locked';
// What the popup loads behind its first picture is there before a test ends.
import '../../../src/ui/import/import-layer';
import { PopupApp } from '../../../src/ui/popup/app';
import { startPage } from '../../../src/ui/shell/start-page';
import { enter, fakePage, renderPage, watchTexts, type Scene, type SceneOptions } from '../render-page';
import { view } from '../samples';
import { scriptedWorker } from '../scripted-worker';

const press = (name: string): HTMLElement => screen.getByRole('button', { name });
const field = (name: string): HTMLElement => screen.getByLabelText(name);
const WRONG = fail({ code: 'wrong-passphrase' as const });

describe('what is locked', () => {
  const show = (options: SceneOptions = {}): Promise<Scene> => renderPage(<Locked />, options);

  test('says so, and has the focus where the passphrase is typed, masked', async () => {
    await show();
    expect(screen.getByRole('heading', { level: 1, name: 'KeyFerry is locked' })).toBeVisible();
    expect(field('Passphrase')).toHaveFocus();
    expect(field('Passphrase')).toHaveAttribute('type', 'password');
  });

  test('shows the passphrase when that is wanted', async () => {
    const { user } = await show();
    await user.click(press('Show'));
    expect(field('Passphrase')).toHaveAttribute('type', 'text');
  });

  test('opens with Enter, and the picture is fetched anew', async () => {
    const scene = await show({ script: { 'lock.open': () => ok(true) } });
    await scene.user.keyboard('correct horse{Enter}');
    await waitFor(() => expect(scene.inputs('lock.open')).toEqual([{ passphrase: 'correct horse' }]));
    await waitFor(() => expect(scene.inputs('view')).toHaveLength(2));
  });

  test('says that a passphrase is wrong, and takes the next one', async () => {
    const scene = await show({ script: { 'lock.open': () => WRONG } });
    await scene.user.keyboard('battery staple{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The passphrase is wrong. Nothing was opened or changed.',
    );
    expect(field('Passphrase')).toHaveFocus();
    expect(scene.inputs('view')).toHaveLength(1);
    scene.answer({ 'lock.open': () => ok(true) });
    await enter(scene, field('Passphrase'), 'correct horse');
    await scene.user.click(press('Unlock'));
    await waitFor(() => expect(scene.inputs('view')).toHaveLength(2));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  test('asks the worker for nothing while the field is empty', async () => {
    const { user, inputs } = await show();
    await user.click(press('Unlock'));
    expect(inputs('lock.open')).toEqual([]);
  });

  test('is erased only after a second look, which says that there is no other way', async () => {
    const scene = await show({ script: { 'storage.reset': () => ok(true) } });
    await scene.user.click(press('Forgot the passphrase? Reset'));
    const asks = within(screen.getByRole('alertdialog', { name: 'Reset KeyFerry?' }));
    expect(asks.getByText(/Without the passphrase, nobody can open the stored data/)).toBeVisible();
    expect(asks.getByRole('button', { name: 'Cancel' })).toHaveFocus();
    await scene.user.keyboard('{Escape}');
    expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument();
    expect(scene.inputs('storage.reset')).toEqual([]);
    await scene.user.click(press('Forgot the passphrase? Reset'));
    await scene.user.click(press('Erase and start over'));
    await waitFor(() => expect(scene.inputs('storage.reset')).toHaveLength(1));
  });
});

describe('the lock button', () => {
  test('is there only where a lock is set, and locks at once', async () => {
    const scene = await renderPage(<LockButton />, { script: { 'lock.close': () => ok(true) } });
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
    await act(() => scene.change({ lock: true }));
    await scene.user.click(press('Lock now'));
    expect(scene.inputs('lock.close')).toEqual([{}]);
  });
});

describe('the settings of the lock', () => {
  const show = (lock: boolean, script: SceneOptions['script'] = {}): Promise<Scene> =>
    renderPage(<LockSection />, { view: { lock }, script, page: { isPopup: false } });

  async function fill(scene: Scene, texts: Record<string, string>): Promise<void> {
    for (const [name, text] of Object.entries(texts)) await enter(scene, field(name), text);
  }

  test('say that none is set, and set one that was typed twice', async () => {
    const scene = await show(false, { 'lock.set': () => ok(true) });
    expect(screen.getByText(/^No lock is set/)).toBeVisible();
    await scene.user.click(press('Set a lock'));
    expect(field('Passphrase')).toHaveFocus();
    expect(screen.getByText(/Nobody can recover this passphrase/)).toBeVisible();
    await fill(scene, { Passphrase: 'correct horse', 'Repeat passphrase': 'correct horse' });
    await scene.user.keyboard('{Enter}');
    await waitFor(() => expect(scene.inputs('lock.set')).toEqual([{ passphrase: 'correct horse' }]));
    await act(() => scene.change({ lock: true }));
    expect(screen.getByText(/^A lock is set/)).toBeVisible();
    expect(screen.queryByLabelText('Passphrase')).not.toBeInTheDocument();
  });

  test.each([
    ['seven7!', 'seven7!', 'Use at least 8 characters.'],
    ['correct horse', 'correct house', 'The passphrases do not match.'],
    ['correct horse', '', 'The passphrases do not match.'],
    ['', '', 'Use at least 8 characters.'],
  ])('do not take “%s” and “%s”', async (passphrase, again, said) => {
    const scene = await show(false);
    await scene.user.click(press('Set a lock'));
    if (passphrase) await enter(scene, field('Passphrase'), passphrase);
    if (again) await enter(scene, field('Repeat passphrase'), again);
    await scene.user.click(press('Set a lock'));
    expect(scene.inputs('lock.set')).toEqual([]);
    expect(document.querySelectorAll('[aria-invalid="true"]')).toHaveLength(1);
    expect(screen.getByText(said)).toHaveClass('text-danger');
  });

  test('change the passphrase with the one in force, and say when that is wrong', async () => {
    const scene = await show(true, { 'lock.set': () => WRONG });
    await scene.user.click(press('Change passphrase'));
    await fill(scene, {
      'Current passphrase': 'correct house',
      'New passphrase': 'battery staple',
      'Repeat passphrase': 'battery staple',
    });
    await scene.user.click(press('Change passphrase'));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The passphrase is wrong. Nothing was opened or changed.',
    );
    expect(scene.inputs('lock.set')).toEqual([{ passphrase: 'battery staple', current: 'correct house' }]);
    scene.answer({ 'lock.set': () => ok(true) });
    await scene.user.click(press('Change passphrase'));
    await waitFor(() => expect(screen.queryByLabelText('New passphrase')).not.toBeInTheDocument());
  });

  test('take the lock off with the passphrase only', async () => {
    const scene = await show(true, { 'lock.remove': () => ok(true) });
    await scene.user.click(press('Remove lock'));
    expect(screen.queryByText(/Nobody can recover/)).not.toBeInTheDocument();
    await enter(scene, field('Current passphrase'), 'short');
    await scene.user.click(press('Remove lock'));
    await waitFor(() => expect(scene.inputs('lock.remove')).toEqual([{ passphrase: 'short' }]));
  });

  test('leave everything as it is when a form is closed', async () => {
    const scene = await show(true);
    await scene.user.click(press('Change passphrase'));
    await scene.user.click(press('Cancel'));
    expect(press('Lock now')).toBeVisible();
    expect(scene.inputs('lock.set')).toEqual([]);
  });

  test('lock at once', async () => {
    const scene = await show(true, { 'lock.close': () => ok(true) });
    await scene.user.click(press('Lock now'));
    expect(scene.inputs('lock.close')).toHaveLength(1);
  });
});

/** Last: what it draws stays on the page. */
test('the locked view takes the place of a whole page, and gives way to it when it is opened', async () => {
  document.body.innerHTML = '<div id="root"></div>';
  localStorage.setItem('keyferry-look', JSON.stringify({ language: 'zh-CN', theme: 'dark' }));
  const worker = scriptedWorker({
    view: () => fail({ code: 'locked' }),
    'lock.open': () => {
      worker.answer({ view: () => ok(view({ lock: true })) });
      return ok(true);
    },
  });
  const page = fakePage();
  await startPage({ ask: worker.ask, page, content: <PopupApp /> });
  watchTexts();
  // The language and theme that were seen last: the settings are locked too.
  expect(await screen.findByRole('heading', { name: 'KeyFerry 已锁定' })).toBeVisible();
  expect(document.documentElement).toHaveAttribute('data-theme', 'dark');
  expect(screen.queryByRole('listitem')).not.toBeInTheDocument();
  const user = userEvent.setup({ delay: null });
  await user.type(field('口令'), 'correct horse{Enter}');
  expect(await screen.findByRole('listitem', { name: /^Work key/ })).toBeVisible();
  worker.answer({ view: () => fail({ code: 'locked' }) });
  act(() => page.pulse());
  expect(await screen.findByRole('button', { name: /Unlock|解锁/ })).toBeVisible();
  expect(screen.queryByRole('listitem')).not.toBeInTheDocument();
});
