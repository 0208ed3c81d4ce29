// @vitest-environment happy-dom
import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { NewKeyForm } from '../../../src/core/accounts/new-key';
import { ok } from '../../../src/core/failures/result';
import { NewKeyDialog } from '../../../src/ui/accounts/new-key-dialog';
import { KeyDialog } from '../../../src/ui/keys/dialog';
import { bringUp, enter, failing, renderPage } from '../render-page';
import { accountView, keyView } from '../samples';

const FORM: NewKeyForm = {
  options: ['group', 'quota', 'expiry', 'models'],
  groups: [{ id: 'vip', name: 'vip', note: '', ratio: 1 }],
  nameBytes: 50,
  symbol: '$',
};
const KEY = keyView({
  id: 'a1/7',
  accountId: 'a1',
  name: 'My own word',
  listedName: 'one',
  group: 'vip',
  limits: ['gpt-4o', 'o3'],
  amount: { kind: 'left', left: { value: 2.5, symbol: '$' }, of: null },
  expiresAt: new Date(2031, 10, 2, 23, 59, 59).getTime(),
});

/** The dialog in which the key is changed at its relay, over the key's own. */
async function changing(form = FORM) {
  const onClose = vi.fn<() => void>();
  const scene = await renderPage(<KeyDialog keyView={KEY} onClose={onClose} />, {
    script: { 'key.form': () => ok(form), 'key.change': () => ok(true) },
  });
  await bringUp(screen.getByRole('button', { name: 'Edit at the relay' }));
  const dialog = within(await screen.findByRole('dialog', { name: /^Edit “one” at/ }));
  await dialog.findByRole('button', { name: 'Save' });
  const field = (name: string): HTMLElement => dialog.getByLabelText(name, { selector: 'input' });
  return { scene, dialog, field, onClose };
}

test('a key shows what it has at its relay, and only what was changed is sent', async () => {
  const { scene, dialog, field, onClose } = await changing();
  expect(field('Name')).toHaveValue('one');
  expect(field('Remaining quota')).toHaveValue('2.5');
  expect(field('Expires after')).toHaveValue('2031-11-02');
  expect(field('Only these models')).toHaveValue('gpt-4o, o3');
  expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
  await enter(scene, field('Only these models'), 'gpt-4o，o3-mini gpt-4o');
  await enter(scene, field('Remaining quota'), '');
  await scene.user.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(scene.toasts).toEqual(['Key “one” was changed at the relay']));
  expect(scene.inputs('key.change')).toEqual([
    { keyId: 'a1/7', change: { amount: null, models: ['gpt-4o', 'o3-mini'] } },
  ]);
  // The form of the key's own dialog, which stands around it, hears nothing.
  expect(scene.inputs('key.label')).toEqual([]);
  expect(onClose).not.toHaveBeenCalled();
});

test('a relay that has fewer fields is asked for no more, and a refusal loses nothing', async () => {
  const { scene, dialog, field } = await changing({ ...FORM, options: ['group'], groups: [] });
  expect(dialog.queryByLabelText('Remaining quota')).not.toBeInTheDocument();
  expect(dialog.queryByLabelText('Only these models')).not.toBeInTheDocument();
  scene.answer({ 'key.change': failing({ code: 'key-unchanged', host: 'r1.example' }) });
  await enter(scene, field('Name'), 'two');
  await scene.user.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await dialog.findByRole('alert')).toHaveTextContent('the key is not as requested');
  expect(field('Name')).toHaveValue('two');
});

test('opening over the key’s own dialog it takes the focus to its first field, when that is there', async () => {
  let told: (reply: ReturnType<typeof ok<NewKeyForm>>) => void = () => {};
  await renderPage(<KeyDialog keyView={KEY} onClose={() => {}} />, {
    script: { 'key.form': () => new Promise((resolve) => (told = resolve)) },
  });
  await bringUp(screen.getByRole('button', { name: 'Edit at the relay' }));
  const dialog = await screen.findByRole('dialog', { name: /^Edit “one” at/ });
  await waitFor(() => expect(dialog).toContainElement(document.activeElement as HTMLElement));
  await act(async () => told(ok(FORM)));
  expect(within(dialog).getByLabelText('Name')).toHaveFocus();
});

test('a form that comes late leaves the focus where the user has taken it', async () => {
  let told: (reply: ReturnType<typeof ok<NewKeyForm>>) => void = () => {};
  await renderPage(<NewKeyDialog accounts={[accountView()]} onClose={() => {}} />, {
    script: { 'key.form': () => new Promise((resolve) => (told = resolve)) },
  });
  await waitFor(() => expect(screen.getByLabelText('Account')).toHaveFocus());
  await act(async () => told(ok(FORM)));
  expect(screen.getByLabelText('Name')).toBeVisible();
  expect(screen.getByLabelText('Account')).toHaveFocus();
});

test('a key of a relay can expire today at the earliest, by the calendar of the user', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2031-11-02T20:00:00Z') });
  vi.stubEnv('TZ', 'Asia/Shanghai');
  try {
    await renderPage(<NewKeyDialog accounts={[accountView()]} onClose={() => {}} />, {
      script: { 'key.form': () => ok(FORM) },
    });
    expect(screen.getByLabelText('Expires after')).toHaveAttribute('min', '2031-11-03');
  } finally {
    vi.unstubAllEnvs();
    vi.useRealTimers();
  }
});
