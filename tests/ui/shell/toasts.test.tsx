// @vitest-environment happy-dom
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import i18next from 'i18next';
import { toast } from 'sonner';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Notice } from '../../../src/core/cliproxyapi/card';
import { FAILURE_CODES } from '../../core/failures/failure-codes';
import { ok } from '../../../src/core/failures/result';
import { ToastHost } from '../../../src/ui/shell/toast-host';
import { noticeText } from '../../../src/ui/shell/notice-text';
import { renderPage, type Scene, type SceneOptions } from '../render-page';
import { connectionView, failureOf, notice } from '../samples';

let ids = 0;
/** Toasts live outside of the page: each test has its own. */
const fresh = (outcome: Notice['outcome']): Notice => notice(outcome, `n${++ids}`);

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
});
afterEach(() => {
  act(() => void toast.dismiss());
  vi.useRealTimers();
});

const show = (notices: Notice[], more: SceneOptions = {}): Promise<Scene> =>
  renderPage(<ToastHost />, {
    view: { notices },
    page: { isPopup: false },
    script: { 'import.undo': () => ok({ kind: 'undone' }) },
    user: { advanceTimers: (ms) => vi.advanceTimersByTime(ms) },
    ...more,
  });

const toasts = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-sonner-toast]')];
const toastOf = async (title: string): Promise<HTMLElement> =>
  (await screen.findByText(title)).closest<HTMLElement>('[data-sonner-toast]')!;
const words = (element: HTMLElement): string =>
  [...element.querySelectorAll('[data-title], [data-description]')].map((part) => part.textContent).join(' ');
const pass = (ms: number): Promise<unknown> => act(() => vi.advanceTimersByTimeAsync(ms));
const seen = ({ inputs }: Scene): string[] => inputs('notices.seen').flatMap((input) => input.ids);

test('a toast names the CLIProxyAPI where it happened, if there are several', async () => {
  const outcome = { kind: 'served', served: 4, total: 4, importId: 'i1' } as const;
  const told = { ...fresh(outcome), proxyId: 'nas' };
  const others = [connectionView({ id: 'nas', name: 'NAS' })];
  await show([told], { view: { notices: [told], others } });
  expect(await screen.findByText('“Work key”: 4 of 4 models served (NAS)')).toBeInTheDocument();
  cleanup();
  const alone = { ...fresh(outcome), proxyId: 'first' };
  await show([alone]);
  expect(await screen.findByText('“Work key”: 4 of 4 models served')).toBeInTheDocument();
});

describe('a toast says', () => {
  test.each<[Notice['outcome'], string, string, boolean]>([
    [
      { kind: 'served', served: 4, total: 4, importId: 'i1' },
      '“Work key”: 4 of 4 models served',
      'success',
      true,
    ],
    [
      { kind: 'served', served: 2, total: 3, importId: 'i1', keyOnly: true },
      '“Work key”: key added, none of the chosen models Through this key CLIProxyAPI serves 2 of the 3 models that the provider had already.',
      'warning',
      true,
    ],
    [
      { kind: 'partly', served: 1, total: 4, importId: 'i1', reason: 'not-listed' },
      '“Work key”: 1 of 4 models served The rest: CLIProxyAPI does not list the model for this key.',
      'warning',
      true,
    ],
    [
      { kind: 'partly', served: 0, total: 4, importId: 'i1', reason: 'hidden', by: 'gpt-4' },
      '“Work key”: written, but not served Because requests for this name go to gpt-4 instead.',
      'error',
      true,
    ],
    [
      { kind: 'partly', served: 0, total: 4, importId: 'i1', reason: 'key-expired' },
      '“Work key”: registered in CLIProxyAPI, but not usable Because the key has expired at the relay.',
      'warning',
      true,
    ],
    [
      { kind: 'batch', served: 3, total: 3, importId: 'i1', requests: { tried: 3, answered: 3 } },
      '3 of 3 keys served 3 of 3 keys proved by a request.',
      'success',
      true,
    ],
    [
      { kind: 'batch', served: 3, total: 3, importId: 'i1', requests: { tried: 3, answered: 2 } },
      '3 of 3 keys served 2 of 3 keys proved by a request. The cards of the others say why they are not.',
      'warning',
      true,
    ],
    [
      { kind: 'served', served: 4, total: 4, importId: 'i1', byRequest: true },
      '“Work key”: 4 of 4 models proved by a request',
      'success',
      true,
    ],
    [
      { kind: 'listed', total: 4, importId: 'i1', unsure: true },
      '“Work key”: 4 models listed CLIProxyAPI lists them for this key. Whether the relay speaks this API is not known: only a real request proves it.',
      'warning',
      true,
    ],
    [
      { kind: 'partly', served: 0, total: 4, importId: 'i1', reason: 'unknown' },
      '“Work key”: written, not proved CLIProxyAPI gave no clear answer about what it serves. Check again on the card.',
      'warning',
      true,
    ],
    [
      { kind: 'undone', providerName: 'Hoshi Relay' },
      'Import of “Work key” undone What it changed at “Hoshi Relay” is restored.',
      'success',
      false,
    ],
    [
      { kind: 'undone', providerName: 'Hoshi Relay', oursOnly: true },
      'Import of “Work key” undone Only KeyFerry’s own part was undone. What others changed there since stays.',
      'success',
      false,
    ],
    [
      { kind: 'undone', providerName: 'Hoshi Relay', count: 2, of: 2, oursOnly: true },
      'KeyFerry’s part undone at 2 of 2 providers Only KeyFerry’s own part was undone. What others changed there since stays.',
      'success',
      false,
    ],
    [
      { kind: 'undone', providerName: 'Hoshi Relay', count: 3, of: 3 },
      'Undone: 3 of 3 providers are as they were before',
      'success',
      false,
    ],
    [
      { kind: 'undone', providerName: 'Kumo', count: 2, of: 3, failure: { code: 'undo-secret-gone' } },
      'Undone: 2 of 3 providers are as they were before The others stay as they are. This import cannot be undone exactly: a key of the earlier state was kept only until the browser closed. Change the provider in CLIProxyAPI by hand.',
      'warning',
      false,
    ],
    [
      { kind: 'listed', total: 4, importId: 'i1' },
      '“Work key”: 4 models listed This CLIProxyAPI cannot be asked for one key, so it is not proved that they are served through it.',
      'warning',
      true,
    ],
    [
      { kind: 'interrupted', finding: 'not-written' },
      '“Work key”: the import was cut off Cut off. CLIProxyAPI’s list does not show it.',
      'warning',
      false,
    ],
    [
      { kind: 'interrupted', finding: 'needs-look' },
      '“Work key”: the import was cut off Cut off. The provider is not as planned: look at it in CLIProxyAPI.',
      'warning',
      false,
    ],
    [
      { kind: 'failed', failure: { code: 'key-refused', triesLeft: 4 } },
      '“Work key”: CLIProxyAPI refused the management key. Nothing was changed. Enter the right management key, as you set it in config.yaml under remote-management › secret-key. The file itself shows a hash; if the key is lost, set a new one there. KeyFerry sends nothing until then: after 5 wrong keys CLIProxyAPI bans this computer for 30 minutes, and at most 4 tries are left.',
      'error',
      false,
    ],
  ])('how an import ended: %o', async (outcome, text, type, undo) => {
    await show([fresh(outcome)]);
    await waitFor(() => expect(toasts()).toHaveLength(1));
    const [shown] = toasts();
    expect(words(shown!)).toBe(text);
    expect(shown).toHaveAttribute('data-type', type);
    expect(within(shown!).queryAllByRole('button', { name: 'Undo', hidden: true })).toHaveLength(
      undo ? 1 : 0,
    );
  });

  test('what failed and what to do, whatever it was', async () => {
    await show([]);
    for (const code of FAILURE_CODES) {
      const { title, text } = noticeText(
        i18next.t,
        'en',
        fresh({ kind: 'failed', failure: failureOf(code) }),
      );
      expect(`${title} ${text}`).toMatch(/^“Work key”: \S.*[.”] \S.*[.”]$/);
      expect(`${title} ${text}`).not.toMatch(/failure\.|undefined|NaN/);
    }
  });
});

describe('a toast stays', () => {
  test('six seconds when it is good news', async () => {
    await show([fresh({ kind: 'undone', providerName: 'Hoshi Relay' })]);
    await toastOf('Import of “Work key” undone');
    await pass(5500);
    expect(toasts()).toHaveLength(1);
    await pass(2000);
    expect(toasts()).toEqual([]);
  });

  test('ten seconds when something can be done', async () => {
    await show([fresh({ kind: 'served', served: 4, total: 4, importId: 'i1' })]);
    await toastOf('“Work key”: 4 of 4 models served');
    await pass(9500);
    expect(toasts()).toHaveLength(1);
    await pass(2000);
    expect(toasts()).toEqual([]);
  });

  test.each<[string, Notice['outcome']]>([
    ['a failure', { kind: 'failed', failure: { code: 'item-gone' } }],
    ['nothing served', { kind: 'partly', served: 0, total: 4, importId: 'i1', reason: 'unknown' }],
    ['some served', { kind: 'partly', served: 1, total: 4, importId: 'i1', reason: 'unknown' }],
    ['an import that was cut off', { kind: 'interrupted', finding: 'needs-look' }],
  ])('until it is dismissed when it tells of %s', async (_what, outcome) => {
    const scene = await show([fresh(outcome)]);
    await waitFor(() => expect(toasts()).toHaveLength(1));
    await pass(60 * 60_000);
    expect(toasts()).toHaveLength(1);
    expect(seen(scene)).toEqual([]);
    await scene.user.click(within(toasts()[0]!).getByRole('button', { name: 'Dismiss', hidden: true }));
    await pass(500);
    expect(toasts()).toEqual([]);
    expect(seen(scene)).toEqual([`n${ids}`]);
  });
});

describe('a notice', () => {
  test('is shown once, however often the picture is drawn anew', async () => {
    const one = fresh({ kind: 'failed', failure: { code: 'item-gone' } });
    const scene = await show([one]);
    await waitFor(() => expect(toasts()).toHaveLength(1));
    act(() => void toast.dismiss());
    await pass(500);
    await act(() => scene.change({ notices: [one] }));
    await pass(500);
    expect(toasts()).toEqual([]);
  });

  test('of good news is told to be seen exactly once, from its first sight on', async () => {
    const scene = await show([fresh({ kind: 'served', served: 4, total: 4, importId: 'i1' })]);
    await toastOf('“Work key”: 4 of 4 models served');
    expect(seen(scene)).toEqual([`n${ids}`]);
    await pass(20_000);
    expect(toasts()).toEqual([]);
    expect(seen(scene)).toEqual([`n${ids}`]);
  });

  test('offers Undo, which takes the import back and has the notice seen', async () => {
    const scene = await show([
      fresh({ kind: 'partly', served: 1, total: 4, importId: 'i7', reason: 'unknown' }),
    ]);
    const shown = await toastOf('“Work key”: 1 of 4 models served');
    await scene.user.click(within(shown).getByRole('button', { name: 'Undo', hidden: true }));
    await pass(500);
    expect(scene.inputs('import.undo')).toEqual([{ importId: 'i7' }]);
    expect(toasts()).toEqual([]);
    expect(seen(scene)).toEqual([`n${ids}`]);
  });

  test('that comes while the page is open is shown too, beside the ones before it', async () => {
    const first = fresh({ kind: 'failed', failure: { code: 'item-gone' } });
    const scene = await show([first]);
    await waitFor(() => expect(toasts()).toHaveLength(1));
    const second = fresh({ kind: 'undone', providerName: 'Hoshi Relay' });
    await act(() => scene.change({ notices: [first, second] }));
    await toastOf('Import of “Work key” undone');
    expect(toasts()).toHaveLength(2);
  });

  test('of a failure is said at once, of anything else when there is time', async () => {
    await show([
      fresh({ kind: 'undone', providerName: 'Hoshi Relay' }),
      fresh({ kind: 'failed', failure: { code: 'item-gone' } }),
    ]);
    const good = await toastOf('Import of “Work key” undone');
    const bad = toasts().find((each) => each !== good)!;
    expect(within(bad).getByRole('alert', { hidden: true })).toHaveTextContent(/^“Work key”: The provider/);
    expect(within(good).queryByRole('alert', { hidden: true })).toBeNull();
  });

  test('is in a region that is said to be for notifications', async () => {
    await show([fresh({ kind: 'undone', providerName: 'Hoshi Relay' })]);
    const shown = await toastOf('Import of “Work key” undone');
    const region = shown.closest('section')!;
    expect(region).toHaveAttribute('aria-label', expect.stringMatching(/^Notifications/));
    expect(region).toHaveAttribute('aria-live', 'polite');
  });
});
