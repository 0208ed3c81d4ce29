// @vitest-environment happy-dom
import { act, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Card } from '../../../src/core/cliproxyapi/card';
import { FAILURE_CODES } from '../../core/failures/failure-codes';
import { ok } from '../../../src/core/failures/result';
import type { KeyView } from '../../../src/core/view/view';
import '../../../src/ui/parts/confirm';
import '../../../src/ui/keys/more-menu';
import { Keys } from '../open-dialog';
import { bringUp, failing, renderPage, setListSize, type Scene } from '../render-page';
import { failureOf, keyView, missing, openedImport, planned, proved, running } from '../samples';
import type { Script } from '../scripted-worker';

afterEach(() => {
  vi.useRealTimers();
});

const card = (): HTMLElement => screen.getByRole('listitem', { name: /^Work key/ });
const state = (): string | null => within(card()).getByRole('status').textContent;
const buttons = (): string[] =>
  within(card())
    .getAllByRole('button')
    .map((button) => button.getAttribute('aria-label') ?? button.textContent);
const button = (name: string | RegExp): HTMLElement => within(card()).getByRole('button', { name });

const show = (key: Partial<KeyView> = {}, script: Script = {}): Promise<Scene> =>
  renderPage(<Keys />, { view: { keys: [keyView(key)] }, script });

const interrupted = (finding: 'not-written' | 'needs-look' | 'unread'): Card => ({
  kind: 'interrupted',
  importId: 'i1',
  root: 'http://localhost:8317',
  finding,
  at: 0,
});

describe('a card says', () => {
  test.each<[string, Partial<KeyView>, string, string]>([
    ['that its key is not imported', {}, 'Not in CLIProxyAPI', ''],
    ['that nobody has asked yet', { presence: 'unknown' }, 'Not checked yet', ''],
    ['that others put it there', { presence: 'present' }, 'In CLIProxyAPI, not checked by KeyFerry', 'tonal'],
    ['that the relay switched it off', { status: 'disabled' }, 'Switched off at the relay', 'tonal'],
    ['that it expired', { status: 'expired' }, 'Expired at the relay', 'tonal'],
    ['that it is used up', { status: 'used-up' }, 'Balance used up', 'tonal'],
    ['how many models are served', { card: proved() }, '4 of 4 models served', 'tonal'],
    [
      'that its only model is served',
      { card: proved({ served: 1, total: 1 }) },
      '1 of 1 model served',
      'tonal',
    ],
    [
      'that nobody could ask',
      { card: proved({ served: 0, total: 0, basis: 'none' }) },
      'Written, not proved: the check did not finish',
      'todo',
    ],
    [
      'that only its key was taken',
      { card: proved({ keyOnly: true }) },
      'Key added, none of the chosen models',
      'tonal',
    ],
    [
      'what is registered and will be refused',
      { card: proved({ served: 0, missing: [missing('key-no-balance')] }) },
      'Registered, not usable: the account at the relay has no balance left',
      'todo',
    ],
    [
      'that only a request would prove it',
      { card: proved({ unsure: true }) },
      '4 models registered, not proved by a request',
      'tonal',
    ],
    [
      'that requests proved it',
      { card: proved({ chats: { tried: 4, answered: 4, byOther: 0, byUnknown: 0, failed: null } }) },
      '4 of 4 models proved by a request',
      'tonal',
    ],
    [
      'large figures as the language writes them',
      { card: proved({ served: 1204, total: 1204 }) },
      '1,204 of 1,204 models served',
      'tonal',
    ],
    [
      'what is only listed',
      { card: proved({ basis: 'listed' }) },
      '4 models listed, not proved for this key',
      'tonal',
    ],
    [
      'that it was cut off before it was written',
      { card: interrupted('not-written') },
      'Cut off. CLIProxyAPI’s list does not show it.',
      'todo',
    ],
    [
      'that a cut off write needs a look',
      { card: interrupted('needs-look') },
      'Cut off. The provider is not as planned: look at it in CLIProxyAPI.',
      'todo',
    ],
    [
      'that nobody could be asked about a cut off write',
      { card: interrupted('unread') },
      'Cut off. CLIProxyAPI could not be asked what became of it.',
      'todo',
    ],
  ])('%s', async (_what, key, text, look) => {
    await show(key);
    expect(state()).toBe(text);
    expect(card()).toHaveAccessibleName(`Work key, Hoshi Relay, ${text}`);
    expect(card()).toHaveAttribute('aria-busy', 'false');
    const { classList } = button(/into CLIProxyAPI$/);
    expect(['tonal', 'todo'].filter((name) => classList.contains(name)).join('')).toBe(look);
  });

  test.each([
    ['waiting', 'Waits for the write before it…', '1 of 5', 'Cancel'],
    ['reading', 'Reading the list…', '2 of 5', 'Cancel'],
    ['writing', 'Writing…', '3 of 5', 'Cancel'],
    ['reading-back', 'Reading back what is there…', '4 of 5', 'Cancel'],
    ['asking', 'Asking what is served…', '5 of 5', 'Stop asking'],
  ] as const)('the stage %s of an import under way', async (stage, text, step, cancel) => {
    await show({ running: running({ stage }) });
    expect(state()).toBe(text);
    expect(card()).toHaveTextContent(step);
    expect(card()).toHaveAttribute('aria-busy', 'true');
    expect(buttons()).toEqual([cancel]);
  });

  test('how many models are served so far while it asks', async () => {
    await show({ running: running({ stage: 'asking', served: 2, total: 1500 }) });
    expect(card()).toHaveTextContent('2 of 1,500');
  });

  test('how many keys of its batch have been sent a real request', async () => {
    await show({ running: running({ stage: 'trying', served: 3, total: 12 }) });
    expect(state()).toBe('Proving with a real request…');
    expect(card()).toHaveTextContent('3 of 12');
    expect(screen.getByRole('button', { name: 'Stop asking' })).toBeVisible();
  });

  test('that one of its models was proved by a request', async () => {
    const chats = { tried: 1, answered: 1, byOther: 0, byUnknown: 0, failed: null };
    await show({ card: proved({ chats }) });
    expect(state()).toBe('4 of 4 models served');
    expect(card()).toHaveTextContent('Proved by a request: one of its models answered through this key.');
  });

  test('what is under way rather than how the last import ended', async () => {
    await show({ running: running(), card: proved() });
    expect(state()).toBe('Reading the list…');
    expect(screen.queryByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
  });

  test('what was written and why nothing of it is served, for every reason', async () => {
    const UNPROVED = ['refused', 'unknown'];
    const { change } = await show();
    const said = [
      ['not-listed', 'CLIProxyAPI does not list the model for this key', 'Ask again'],
      ['disabled', 'the provider is switched off', 'Switch on'],
      ['hidden', 'requests for this name go to gpt-4 instead', undefined],
      [
        'reserved',
        'CLIProxyAPI reserves the name “auto” for its own choice of model; give this model another alias',
        undefined,
      ],
      [
        'brackets',
        'CLIProxyAPI drops the round brackets at the end of the name and asks the relay for gpt-4 instead',
        undefined,
      ],
      ['no-version', 'the base URL lacks /v1, so chats fail with 404 at most relays', 'Correct address'],
      ['bad-header', 'one of the provider’s header names is not valid in HTTP', undefined],
      ['refused', 'CLIProxyAPI refused the management key during the check', 'Ask again'],
      [
        'example-keys',
        'api-keys still contains an example key, so CLIProxyAPI refuses every client',
        'Ask again',
      ],
      ['unknown', 'the check did not finish', 'Ask again'],
    ] as const;
    for (const [reason, text, next] of said) {
      const last = proved({ served: 0, missing: [missing(reason, 'gpt-4')] });
      await act(() => change({ keys: [keyView({ card: last })] }));
      expect(state()).toBe(`Written, not ${UNPROVED.includes(reason) ? 'proved' : 'served'}: ${text}`);
      const steps = ['Ask again', 'Switch on', 'Correct address'].filter((name) => buttons().includes(name));
      expect(steps).toEqual(next ? [next] : []);
      await act(() => change({ keys: [keyView({ card: { ...last, served: 1 } })] }));
      expect(state()).toBe('1 of 4 models served');
      expect(card()).toHaveTextContent(`The rest: ${text}.`);
    }
  });

  test('what failed and what to do next, for every failure', async () => {
    const keys = FAILURE_CODES.map((code) =>
      keyView({
        id: code,
        name: code,
        card: { kind: 'failed', failure: failureOf(code), importId: null, root: '', at: 0 },
      }),
    );
    setListSize(600, 100_000);
    await renderPage(<Keys />, { view: { keys } });
    const shown = [...document.querySelectorAll('[data-key]')];
    expect(shown).toHaveLength(FAILURE_CODES.length);
    for (const one of shown) {
      expect(one.querySelector('[role="status"]')?.textContent).toMatch(/^\S.* .*[.”]$/);
      expect(one.querySelector('p')?.textContent).toMatch(/^\S.* .*[.”]$/);
      expect(one.textContent).not.toMatch(/failure\.|undefined|NaN/);
    }
  });

  test('how real requests went', async () => {
    const chats = { tried: 4, answered: 1, byOther: 1, byUnknown: 1 };
    const { change } = await show({
      card: proved({ chats: { ...chats, failed: { alias: 'gpt-4o', at: 'relay', status: 503 } } }),
    });
    expect(card()).toHaveTextContent(
      '1 of 4 models answered a real request through this key. 1 was answered by another key of its pool. ' +
        '1 was answered, but CLIProxyAPI did not say through which key. ' +
        'gpt-4o failed at the relay (503), so CLIProxyAPI was not asked.',
    );
    const failed = { alias: 'gpt-4o', at: 'proxy' as const, status: 0 };
    await act(() => change({ keys: [keyView({ card: proved({ chats: { ...chats, failed } }) })] }));
    expect(card()).toHaveTextContent(
      'gpt-4o answered at the relay, but not through CLIProxyAPI (no answer).',
    );
    const none = { tried: 0, answered: 0, byOther: 0, byUnknown: 0, failed: null };
    const untried = { count: 2, host: 'r1.example' };
    await act(() => change({ keys: [keyView({ card: proved({ chats: { ...none, untried } }) })] }));
    expect(card()).toHaveTextContent(
      '2 models were not tried with a request: CLIProxyAPI would take the key along on a redirect, and this ' +
        'browser may not reach r1.example. Allow the host and import once more.',
    );
    expect(card()).not.toHaveTextContent('answered a real request');
  });

  test.each<[string, Partial<KeyView>, string]>([
    ['nothing when it is not known', { amount: { kind: 'none' } }, ''],
    ['unlimited', { amount: { kind: 'unlimited' } }, 'Quota unlimited'],
    [
      'what is left',
      { amount: { kind: 'left', left: { value: 18.4, symbol: '$' }, of: null } },
      'Balance $18.40',
    ],
    [
      'what is left of how much',
      { amount: { kind: 'left', left: { value: 726, symbol: '¥' }, of: { value: 1500, symbol: '¥' } } },
      '¥726.00 left of ¥1,500.00',
    ],
    [
      'that little is left',
      { amount: { kind: 'left', left: { value: 126, symbol: '¥' }, of: { value: 1500, symbol: '¥' } } },
      '¥126.00 left of ¥1,500.00almost used up',
    ],
    [
      'bare points',
      { amount: { kind: 'left', left: { value: 1204, symbol: '' }, of: null } },
      'Balance 1,204',
    ],
    ['a debt', { amount: { kind: 'left', left: { value: -0.5, symbol: '$' }, of: null } }, 'Balance −$0.50'],
    [
      'when it ends',
      { amount: { kind: 'unlimited' }, expiresAt: new Date(2031, 10, 2).getTime() },
      'Quota unlimiteduntil Nov 2, 2031',
    ],
  ])('the amount: %s', async (_what, key, text) => {
    await show(key);
    const shown = [...card().querySelectorAll('.tabular-nums')].map((element) => element.textContent);
    expect(shown.join('')).toBe(text);
  });

  test('the host of a key that has the name of its relay', async () => {
    await show({ name: 'Work key', relayName: 'Work key' });
    expect(card()).toHaveTextContent('r1.example');
  });
});

describe('Undo stands on a card', () => {
  test('that has an import, and takes it back', async () => {
    const { user, inputs } = await show({ card: proved() }, { 'import.undo': () => ok({ kind: 'undone' }) });
    await user.click(button('Undo'));
    expect(inputs('import.undo')).toEqual([{ importId: 'i1' }]);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  test.each<[string, Card | null]>([
    ['no import', null],
    ['one that wrote nothing', proved({ importId: '' })],
    ['one that failed', { kind: 'failed', failure: { code: 'item-gone' }, importId: 'i1', root: '', at: 0 }],
    ['one that was cut off', interrupted('needs-look')],
  ])('but not when there is %s', async (_what, last) => {
    await show({ card: last });
    expect(screen.queryByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
  });
});

describe('the next step is on the card:', () => {
  test('a cut off import that was not written is finished', async () => {
    const outcome = { kind: 'proved', card: proved() } as const;
    const { user, inputs } = await show(
      { card: interrupted('not-written') },
      { 'import.finish': () => ok(outcome) },
    );
    await user.click(button('Finish'));
    expect(inputs('import.finish')).toEqual([{ importId: 'i1' }]);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  test('finishing on a list that has changed shows the new plan for the same draft', async () => {
    const { draft } = openedImport();
    const { user, inputs } = await show(
      { card: interrupted('not-written') },
      {
        'import.finish': () => ok({ kind: 'replan', planned: planned(), draft: { ...draft, tryChat: true } }),
        'import.open': () => ok(openedImport()),
        'import.plan': () => ok(planned({ hash: 'hash-2' })),
      },
    );
    await user.click(button('Finish'));
    expect(await screen.findByRole('button', { name: 'Import key with 2 models' })).toBeEnabled();
    expect(inputs('import.plan')).toEqual([{ keyId: 'k1', draft: { ...draft, tryChat: true } }]);
  });

  test.each(['needs-look', 'unread'] as const)('%s is asked again', async (finding) => {
    const { user, inputs } = await show(
      { card: interrupted(finding) },
      { 'import.ask-again': () => ok({ kind: 'proved', card: proved() }) },
    );
    await user.click(button('Ask again'));
    expect(inputs('import.ask-again')).toEqual([{ keyId: 'k1' }]);
  });

  test.each([
    ['Switch on', 'disabled', { enable: true }],
    ['Correct address', 'no-version', { correctBaseUrl: true }],
  ] as const)('%s opens the plan with just that', async (name, reason, change) => {
    const { user, inputs } = await show(
      { card: proved({ served: 0, missing: [missing(reason)] }) },
      { 'import.open': () => ok(openedImport()), 'import.plan': () => ok(planned()) },
    );
    await user.click(button(name));
    await screen.findByRole('dialog', { name: 'Import key “Work key”' });
    await waitFor(() => expect(inputs('import.plan')[0]?.draft).toMatchObject(change));
    expect(inputs('import.apply')).toEqual([]);
  });
});

test('an import under way can be cancelled from the card', async () => {
  const { user, inputs } = await show({ running: running() });
  await user.click(button('Cancel'));
  expect(inputs('work.stop')).toEqual([{ workId: 'k1' }]);
});

/** Chooses what stands under More. */
async function chooseMore({ user }: Scene, name: string): Promise<void> {
  await bringUp(button('More'));
  await user.click(screen.getByRole('menuitem', { name }));
}

describe('removing a key', () => {
  const asks = (): Promise<HTMLElement> => screen.findByRole('alertdialog', { name: 'Remove this key?' });

  test('asks first and says what stays', async () => {
    const scene = await show();
    await chooseMore(scene, 'Remove key');
    expect(await asks()).toHaveTextContent('It leaves KeyFerry. What was imported stays in CLIProxyAPI.');
    expect(within(await asks()).getByRole('button', { name: 'Cancel' })).toHaveFocus();
    expect(scene.inputs('key.remove')).toEqual([]);
    await scene.user.click(within(await asks()).getByRole('button', { name: 'Remove key' }));
    expect(scene.inputs('key.remove')).toEqual([{ keyId: 'k1' }]);
  });

  test('that could not be stored is said', async () => {
    const scene = await show({}, { 'key.remove': failing({ code: 'storage-full' }) });
    await chooseMore(scene, 'Remove key');
    await scene.user.click(within(await asks()).getByRole('button', { name: 'Remove key' }));
    expect(scene.toasts).toEqual([expect.stringMatching(/^The browser’s storage for KeyFerry is full/)]);
  });

  test.each(['Cancel', 'Escape'])('is given up with %s', async (how) => {
    const scene = await show();
    await chooseMore(scene, 'Remove key');
    await asks();
    if (how === 'Escape') await scene.user.keyboard('{Escape}');
    else await scene.user.click(button('Cancel'));
    expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument();
    expect(scene.inputs('key.remove')).toEqual([]);
  });

  test('is not offered for a key of an account: it would come back', async () => {
    await show({ accountId: 'a1' });
    await bringUp(button('More'));
    expect(screen.getByRole('menuitem', { name: 'Refresh account' })).toBeInTheDocument();
    expect(screen.queryByRole('menuitem', { name: 'Remove key' })).not.toBeInTheDocument();
  });
});

describe('copying a key', () => {
  test('asks for its text, copies it and says so for a moment', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
    const { inputs, page } = await show({}, { 'key.text': () => ok('sk-Labk-whole-0001') });
    act(() => button('Copy key').click());
    expect(await within(card()).findByRole('button', { name: 'Copied' })).toBeInTheDocument();
    expect(page.copied).toEqual(['sk-Labk-whole-0001']);
    expect(inputs('key.text')).toEqual([{ keyId: 'k1' }]);
    expect(document.body).not.toHaveTextContent('whole');
    await act(() => vi.advanceTimersByTimeAsync(1500));
    expect(button('Copy key')).toBeInTheDocument();
  });

  test('says that the clipboard is emptied where the browser allows that', async () => {
    const { user, page } = await show({}, { 'key.text': () => ok('sk-Labk-whole-0001') });
    page.clears = true;
    await user.click(button('Copy key'));
    expect(
      await within(card()).findByRole('button', { name: /In a minute the clipboard is emptied/ }),
    ).toBeInTheDocument();
  });

  test('that the relay does not show says why and copies nothing', async () => {
    const failure = { code: 'key-unrevealed', host: 'r1.example' } as const;
    const { user, page, toasts } = await show({}, { 'key.text': failing(failure) });
    await user.click(button('Copy key'));
    expect(toasts).toEqual([
      '“Work key”: r1.example does not give out the full key. Copy the key at the relay and add it to KeyFerry by hand.',
    ]);
    expect(page.copied).toEqual([]);
    expect(button('Copy key')).toBeInTheDocument();
  });
});

test.each<[string, string | undefined]>([
  ['claude-team', 'Claude’s API'],
  // What every relay speaks needs no word.
  ['default', undefined],
])(
  'a key of the group %s says what it speaks, if that is more than the common language',
  async (group, text) => {
    await show({ relay: 'new-api', group });
    expect(within(card()).queryByTitle('API')?.textContent).toBe(text);
  },
);
