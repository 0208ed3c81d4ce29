// @vitest-environment happy-dom
import { act, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { ok } from '../../../src/core/failures/result';
import type { EditOutcome, OpenedEntry, PlannedEdit } from '../../../src/core/entries/view';
import type { KeyView } from '../../../src/core/view/view';
import '../../../src/ui/entries/dialog';
import '../../../src/ui/keys/more-menu';
import { Keys } from '../open-dialog';
import { bringUp, renderPage, type Scene } from '../render-page';
import { keyView, running } from '../samples';

const opened: OpenedEntry = {
  entry: {
    list: 'openai-compatibility',
    id: 'h',
    index: 0,
    label: 'mine',
    name: 'mine',
    baseUrl: 'https://relay.example/v1',
    paused: false,
    priority: 0,
    prefix: '',
    models: 1,
    keys: [{ mask: 'sk-…0001', weight: null, proxyUrl: '' }],
  },
  keyIndex: 0,
};
const plan: PlannedEdit = {
  kind: 'plan',
  changes: [],
  renamed: false,
  file: [{ kind: 'converts' }],
  hash: 'h1',
};

/** The dialog of a key's entry, opened from its card, with a change that can be applied. */
async function managing(): Promise<{ scene: Scene; end(outcome: EditOutcome): void }> {
  let end: (outcome: EditOutcome) => void = () => undefined;
  const outcome = new Promise<EditOutcome>((resolve) => (end = resolve));
  const scene = await renderPage(<Keys />, {
    view: { keys: [keyView({ presence: 'present' })] },
    script: {
      'entry.open': () => ok(opened),
      'entry.plan': () => ok(plan),
      'entry.apply': async () => ok(await outcome),
    },
  });
  await bringUp(screen.getByRole('button', { name: /^More/ }));
  await bringUp(screen.getByRole('menuitem', { name: 'Manage in CLIProxyAPI' }));
  await bringUp(await screen.findByRole('checkbox', { name: /Switched on/ }));
  return { scene, end };
}

async function pressApply(): Promise<void> {
  await waitFor(() => expect(screen.getByRole('button', { name: 'Apply changes' })).toBeEnabled());
  await bringUp(screen.getByRole('button', { name: 'Apply changes' }));
}

const show = (scene: Scene, key: Partial<KeyView>): Promise<void> =>
  act(() => scene.change({ keys: [keyView(key)] }));

test('a card that shows work keeps the dialog that was opened from it: it says how it ended', async () => {
  const { scene, end } = await managing();
  await pressApply();
  await show(scene, { running: running({ stage: 'reading' }) });
  expect(screen.getByRole('dialog')).toBeVisible();
  end({ kind: 'changed' });
  await show(scene, {});
  expect(await screen.findByText(/has changed since it was read/)).toBeVisible();
});

test('a change that was not made, since the entry is another by now, is said after the dialog was closed', async () => {
  const { scene, end } = await managing();
  await pressApply();
  await bringUp(screen.getByRole('button', { name: 'Close' }));
  end({ kind: 'changed' });
  await expect.poll(() => scene.toasts).toHaveLength(1);
});

test('the plan says that its write converts config.yaml', async () => {
  await managing();
  await bringUp(screen.getByRole('checkbox', { name: /Switched on/ }));
  expect(await screen.findByText(/This write converts all of it/)).toBeVisible();
});
