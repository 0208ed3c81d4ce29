// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { BATCH_DEFAULTS } from '../../../src/core/batch/batch';
import type { Intent } from '../../../src/core/view/intent';
import { ok } from '../../../src/core/failures/result';
import type { View } from '../../../src/core/view/view';
// What the popup loads behind its first picture is there before a test ends.
import '../../../src/ui/batch/dialog';
import '../../../src/ui/import/import-layer';
import { PopupApp } from '../../../src/ui/popup/app';
import { importScript } from '../open-dialog';
import { renderPage, type Scene } from '../render-page';
import { batchView, connectionView } from '../samples';

const MINUTE = 60_000;
const intent = (more: Partial<Intent> = {}): Intent => ({
  kind: 'import',
  id: 'k1',
  pattern: '*://cpa1.example/*',
  at: Date.now() - MINUTE,
  ...more,
});

const open = (view: Partial<View>): Promise<Scene> =>
  renderPage(<PopupApp />, {
    view,
    script: {
      ...importScript(),
      'account.refresh': () => ok(true),
      'batch.open': () => ok(batchView()),
      'batch.plan': () => ok(batchView()),
    },
  });
const names = ({ asked }: Scene): string[] => asked.map(({ name }) => name).filter((name) => name !== 'view');

describe('after the browser’s question', () => {
  test('an import goes on where the host was allowed', async () => {
    const scene = await open({ intent: intent(), intentGranted: true });
    expect(await screen.findByRole('button', { name: 'Import key with 2 models' })).toBeVisible();
    expect(names(scene)).toEqual(['intent.clear', 'import.open']);
    expect(scene.inputs('import.apply')).toEqual([]);
    expect(scene.toasts).toEqual([]);
  });

  test('a denial is said, and nothing is sent', async () => {
    const scene = await open({ intent: intent(), intentGranted: false });
    await waitFor(() =>
      expect(scene.toasts).toEqual([
        'You did not allow access to cpa1.example. Nothing was sent. Try again and choose Allow when the browser asks.',
      ]),
    );
    expect(names(scene)).toEqual(['intent.clear']);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  test('an account is read where its host was allowed', async () => {
    const scene = await open({ intent: intent({ kind: 'account', id: 'a1' }), intentGranted: true });
    await waitFor(() => expect(names(scene)).toEqual(['intent.clear', 'account.refresh']));
    expect(scene.inputs('account.refresh')).toEqual([{ accountId: 'a1' }]);
  });

  test('the import as a channel goes on where the host of the New API was allowed', async () => {
    const scene = await open({ intent: intent({ kind: 'channel' }), intentGranted: true });
    await waitFor(() => expect(names(scene)).toEqual(['intent.clear']));
    expect(scene.handoff.getState()).toEqual({ kind: 'asking', keyId: 'k1', target: 'new-api' });
  });

  describe('with several CLIProxyAPIs', () => {
    const NAS = connectionView({ id: 'nas', name: 'NAS', place: 1 });
    const tick = (): Promise<HTMLElement> => screen.findByRole('checkbox', { name: /^NAS/ });
    const chosen = { full: true, change: { providerName: 'Mine' }, also: ['nas', 'gone'] };

    test.each([true, false])('an import has its choices and ticks again (allowed: %s)', async (granted) => {
      const scene = await open({ others: [NAS], intent: intent({ chosen }), intentGranted: granted });
      await waitFor(async () => expect(await tick()).toBeChecked());
      const state = scene.imports.getState();
      if (state.kind !== 'open') throw new Error(state.kind);
      expect(state).toMatchObject({ full: true, draft: { providerName: 'Mine' } });
      expect([...state.also.getState().keys()]).toEqual(['nas']);
      expect(scene.inputs('import.apply')).toEqual([]);
      expect(scene.toasts).toHaveLength(granted ? 0 : 1);
    });

    test('a batch has its keys, options and ticks again', async () => {
      const options = { ...BATCH_DEFAULTS, apart: true };
      const batch = { keyIds: ['k1', 'k2'], options, also: ['nas', 'gone'] };
      const scene = await open({
        others: [NAS],
        intent: intent({ id: '', batch }),
        intentGranted: true,
      });
      await waitFor(async () => expect(await tick()).toBeChecked());
      expect(screen.getByRole('checkbox', { name: /^Keep names apart/ })).toBeChecked();
      await waitFor(() =>
        expect(scene.inputs('batch.plan').map((one) => one.options)).toEqual([options, options]),
      );
      expect(scene.inputs('batch.open').map(({ keyIds }) => keyIds)).toEqual([batch.keyIds, batch.keyIds]);
    });
  });

  test('what was wanted long ago is forgotten without a word', async () => {
    const scene = await open({ intent: intent({ at: Date.now() - 11 * MINUTE }), intentGranted: true });
    await waitFor(() => expect(names(scene)).toEqual(['intent.clear']));
    expect(scene.toasts).toEqual([]);
  });

  test('an import whose management key is gone meanwhile is not opened', async () => {
    const connection = connectionView({ hasKey: false });
    const scene = await open({ intent: intent(), intentGranted: true, connection });
    await waitFor(() => expect(names(scene)).toEqual(['intent.clear']));
  });

  test('one answer is taken up once, however often the picture changes', async () => {
    const wanted = intent();
    const scene = await open({ intent: wanted, intentGranted: true });
    await screen.findByRole('button', { name: 'Import key with 2 models' });
    await scene.change({ intent: wanted, connection: connectionView({ version: '7.3.0' }) });
    await scene.change({ intent: wanted, intentGranted: false });
    expect(names(scene)).toEqual(['intent.clear', 'import.open']);
    expect(scene.toasts).toEqual([]);
  });

  test('who was sent to the settings is not hurried: the way back is a button there', async () => {
    const scene = await open({ intent: intent({ pattern: '' }), intentGranted: true });
    expect(await screen.findByRole('listitem', { name: /^Work key/ })).toBeVisible();
    expect(names(scene)).toEqual([]);
  });
});
