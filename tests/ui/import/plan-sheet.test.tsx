// @vitest-environment happy-dom
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { quickRules } from '../../../src/core/aliases/alias-models';
import { proposedModels } from '../../../src/core/aliases/proposed-models';
import type { ImportDraft } from '../../../src/core/import/draft';
import type { PlanView } from '../../../src/core/import/planned';
import type { PlanNotice } from '../../../src/core/import/plan-types';
import { fail, ok } from '../../../src/core/failures/result';
import { PlanNotices } from '../../../src/ui/import/plan-notices';
import { PlanRows } from '../../../src/ui/dialogs/plan-rows';
import { OptionsApp } from '../../../src/ui/options/app';
import { Keys, dialogOf, ferry, importScript, openFromCard, openSheet } from '../open-dialog';
import { failing, renderPage } from '../render-page';
import { connectionView, draftOf, keyView, openedImport, planned, view } from '../samples';
import type { Change } from '../../../src/core/import/change';

const importButton = (): HTMLElement =>
  screen.getByRole('button', { name: /^(?:Import key|Add (?:key|\d)|Make \d|Check what)/ });
const rows = (): string[] =>
  within(dialogOf())
    .getAllByRole('listitem')
    .map((row) => row.textContent.trim());

test('a key that its relay will refuse, or may not use for all models, is told before it is imported', async () => {
  const models = { kind: 'listed', names: ['gpt-4o'], via: 'browser', barred: ['o3', 'o4'] } as const;
  await openSheet(
    { models: { ...models, names: [...models.names], barred: [...models.barred] } },
    { view: view({ keys: [keyView({ status: 'expired' })] }) },
  );
  expect(dialogOf()).toHaveTextContent('Expired at the relay: Work key.');
  expect(dialogOf()).toHaveTextContent('2 models are left out: o3, o4.');
  expect(importButton()).toBeEnabled();
});

test('a relay that lists more models than one key brings is told of, until fewer are chosen', async () => {
  const names = Array.from({ length: 100_000 }, (_, n) => `model-${n}`);
  const { models } = proposedModels(names, quickRules([]));
  const scene = await openSheet({
    models: { kind: 'listed', names, via: 'browser' },
    draft: draftOf({ models }),
  });
  const note =
    'This relay lists 100,000 chat models. One key brings at most 5,000: the first in the relay’s order, unless you choose others.';
  expect(dialogOf()).toHaveTextContent(note);
  act(() => scene.imports.edit({ ...scene.draft(), models: models.slice(1) }));
  expect(dialogOf()).not.toHaveTextContent('100,000');
});

describe('a plan shows', () => {
  const many = ['claude-a', 'gpt-b', 'c', 'd', 'claude-e', 'f', 'g', 'h', 'claude-i'].map((name) => ({
    name,
    alias: name,
  }));
  test.each<[string, Change, string]>([
    [
      'a new provider',
      { sign: '+', kind: 'provider', name: 'Hoshi', baseUrl: 'https://r1.example/v1', chosen: false },
      '+addedProviderHoshihttps://r1.example/v1',
    ],
    [
      'one that was found',
      { sign: '=', kind: 'provider', name: 'Hoshi', baseUrl: 'https://r1.example/v1', chosen: false },
      '=unchangedProviderHoshihttps://r1.example/v1Matched by base URL. Keeps everything that is not listed here.',
    ],
    [
      'one that was chosen',
      { sign: '=', kind: 'provider', name: 'Hoshi', baseUrl: 'https://r1.example/v1', chosen: true },
      '=unchangedProviderHoshihttps://r1.example/v1Keeps everything that is not listed here.',
    ],
    ['a new key', { sign: '+', kind: 'key', mask: 'sk-Labk…0001' }, '+addedKeysk-Labk…0001'],
    [
      'a key that is in it',
      { sign: '=', kind: 'key', mask: 'sk-Labk…0001' },
      '=unchangedKeysk-Labk…0001Already there',
    ],
    [
      'new models, those with another name with both',
      {
        sign: '+',
        kind: 'models',
        models: [
          { name: 'gpt-4o', alias: 'gpt-4o' },
          { name: 'openai/o3', alias: 'o3' },
        ],
      },
      '+added2 modelsgpt-4o, openai/o3 → o3',
    ],
    ['one new model', { sign: '+', kind: 'models', models: many.slice(0, 1) }, '+added1 modelclaude-a'],
    [
      'many models by family',
      { sign: '+', kind: 'models', models: many },
      '+added9 modelsClaude 3, GPT 1, Other 5 Show names',
    ],
    [
      'other aliases',
      { sign: '~', kind: 'alias', models: [{ name: 'gpt-4o', from: 'old', to: 'new' }] },
      '~changed1 aliasold → new',
    ],
    [
      'another base URL',
      { sign: '~', kind: 'base-url', from: 'https://r1.example', to: 'https://r1.example/v1' },
      '~changedBase URLhttps://r1.example → https://r1.example/v1',
    ],
    ['a new prefix', { sign: '+', kind: 'prefix', from: '', to: 'team' }, '+addedPrefixteam'],
    ['another prefix', { sign: '~', kind: 'prefix', from: '', to: 'team' }, '~changedPrefixnone → team'],
    ['another priority', { sign: '~', kind: 'priority', from: '0', to: '-1' }, '~changedPriority0 → -1'],
    [
      'a proxy',
      { sign: '+', kind: 'proxy', from: '', to: 'socks5://10.0.0.1:1080' },
      '+addedProxysocks5://10.0.0.1:1080',
    ],
    ['headers that go', { sign: '~', kind: 'headers', from: 'X-A', to: '' }, '~changedHeadersX-A → none'],
    ['switching on', { sign: '~', kind: 'enabled', from: '', to: '' }, '~changedStateswitched off → on'],
    [
      'what stays in the provider',
      { sign: '=', kind: 'in-it', keys: 1, models: 3, fields: [] },
      '=unchangedAlready in CLIProxyAPI, unchanged: 1 key, 3 models',
    ],
    [
      'which fields stay in the provider',
      { sign: '=', kind: 'in-it', keys: 2, models: 1, fields: ['headers', 'note'] },
      '=unchangedAlready in CLIProxyAPI, unchanged: 2 keys, 1 model, 2 settings',
    ],
    [
      'that the rest stays',
      { sign: '=', kind: 'rest', providers: 3, keys: 1204 },
      '=unchangedAlready in CLIProxyAPI, unchanged: 3 providers, 1,204 keys',
    ],
  ])('%s', async (_what, change, text) => {
    await renderPage(<PlanRows changes={[change]} />);
    expect(screen.getByRole('listitem').textContent.trim()).toBe(text);
  });

  test('the names of all models on demand', async () => {
    const changes: Change[] = [{ sign: '+', kind: 'models', models: many }];
    const { user } = await openSheet({ planned: planned({ changes }) });
    await user.click(screen.getByRole('button', { name: 'Show names' }));
    expect(rows()[0]).toMatch(/Claude 3claude-a, claude-e, claude-i ?GPT 1gpt-b ?Other 5c, d, f, g, h/);
  });

  test('that there is nothing to do', async () => {
    await openSheet({ planned: planned({ kind: 'unchanged' }) });
    expect(dialogOf()).toHaveTextContent(
      'Nothing will be written. You can check again which models CLIProxyAPI serves through this key.',
    );
    expect(importButton()).toBeEnabled();
  });

  test('where the models came from and how many were left out', async () => {
    const names = ['gpt-4o', 'claude-sonnet-4', 'whisper-1', 'dall-e-3'];
    await openSheet({ models: { kind: 'listed', names, via: 'proxy' } });
    expect(dialogOf()).toHaveTextContent('The model list was fetched through CLIProxyAPI.');
    expect(dialogOf()).toHaveTextContent('2 non-chat models left out: whisper-1, dall-e-3 Include them');
  });

  test('what was left out, taken in with one click, by the rules that are on', async () => {
    const names = ['gpt-4o', 'claude-sonnet-4', 'openai/whisper-1'];
    const { user, draft, inputs } = await openSheet(
      { models: { kind: 'listed', names, via: 'browser' } },
      { view: { settings: { ...view().settings, rules: ['strip-vendor'] } } },
    );
    await user.click(screen.getByRole('button', { name: 'Include it' }));
    expect(draft().models.map(({ alias }) => alias)).toEqual(['gpt-4o', 'claude-sonnet-4', 'whisper-1']);
    expect(dialogOf()).not.toHaveTextContent('left out');
    await waitFor(() => expect(importButton()).toHaveAccessibleName('Import key with 3 models'));
    expect(inputs('import.plan')).toHaveLength(1);
  });

  test('from which host the browser fetched the models', async () => {
    await openSheet();
    expect(dialogOf()).toHaveTextContent('The model list was fetched from r1.example.');
    expect(dialogOf()).not.toHaveTextContent('left out');
  });
});

describe('the button says', () => {
  test.each([
    [1, 'Import key with 1 model'],
    [12, 'Import key with 12 models'],
    [1204, 'Import key with 1,204 models'],
    [0, 'Add key'],
  ])('for %d models “%s”', async (models, name) => {
    await openSheet({ planned: planned({ models }) });
    expect(importButton()).toHaveAccessibleName(name);
  });

  test('how many are chosen where there is no plan, and cannot be pressed', async () => {
    const { inputs, user } = await openSheet({
      planned: { kind: 'failed', failure: { code: 'collapsed' } },
    });
    expect(importButton()).toHaveAccessibleName('Import key with 2 models');
    expect(importButton()).toBeDisabled();
    expect(dialogOf()).toHaveTextContent('CLIProxyAPI has lost its configuration from memory');
    await user.keyboard('{Enter}');
    expect(inputs('import.apply')).toEqual([]);
  });
});

const never = (): never => {
  throw new Error('nothing was pressed');
};

const pool = (order: 'shared' | 'behind' | 'ahead'): PlanNotice => ({
  kind: 'pool',
  members: [{ alias: 'gpt-4o', others: ['Kumo', 'codex'], order, lowest: 0 }],
});
const ref = { index: 2, name: 'Kumo', baseUrl: 'https://r2.example/v1' };

describe('a notice', () => {
  test.each<[string, PlanView['notices'][number], string]>([
    [
      'of a shared name',
      pool('shared'),
      'gpt-4o is already served by Kumo, codex: requests will be shared between both.',
    ],
    [
      'of a name that others serve first',
      pool('behind'),
      'gpt-4o is already served by Kumo, codex, which has a higher priority: this key is asked only when that one fails.',
    ],
    [
      'of a name that is taken from others',
      pool('ahead'),
      'gpt-4o is already served by Kumo, codex: this provider has a higher priority and takes all its requests.',
    ],
    [
      'of an alias of its own provider',
      { kind: 'pool-inside', models: [{ name: 'a', alias: 'x', by: 'b' }] },
      'x joins an alias of the same provider: requests rotate between both models.',
    ],
    [
      'of what is left out',
      {
        kind: 'left-out',
        models: ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, alias: name, by: 'z' })),
      },
      '5 models are left out: a, b, c and 2 more. Inside this provider requests for these names would go to other models. Give them other aliases to include them.',
    ],
    [
      'of round brackets',
      { kind: 'brackets', models: [{ name: 'm(free)', asked: 'm' }] },
      'm(free) is left out: CLIProxyAPI takes round brackets at the end of a name for a thinking setting and would ask the relay for m.',
    ],
    [
      'of aliases that stay',
      { kind: 'kept-alias', count: 2 },
      '2 models are there already and keep the aliases that they have.',
    ],
    [
      'of a provider without keys',
      { kind: 'keyless', name: 'Kumo' },
      '“Kumo” has no key so far and asks its relay without one. With this key, requests without a key end.',
    ],
    [
      'of an address of one call',
      { kind: 'odd-url', hint: 'endpoint' },
      'This base URL ends in a single call of the API.',
    ],
    [
      'of an address without version',
      { kind: 'odd-url', hint: 'no-version' },
      'This base URL names no version.',
    ],
    [
      'of doubled slashes',
      { kind: 'odd-url', hint: 'slashes' },
      'This base URL has doubled or trailing slashes',
    ],
    [
      'of a key sent in clear',
      { kind: 'open-http' },
      'This base URL is plain http to a host outside your network: anyone on the way can read the key.',
    ],
    [
      'of a file that the write converts',
      { kind: 'converts' },
      'This write converts all of it: 7.x can no longer read it, and CLIProxyAPI makes no backup.',
    ],
    [
      'of a field that CLIProxyAPI may not know',
      { kind: 'unknown-field', family: 'codex', place: '2: keys[0].note' },
      'In config.yaml, codex group 2: keys[0].note is a field that CLIProxyAPI 8.0 does not know.',
    ],
    [
      'of a value that is not text',
      { kind: 'not-text', family: 'codex', place: '1: prefix' },
      'codex group 1: prefix is not text, and CLIProxyAPI 8 could change it on the way',
    ],
    [
      'of a list that the relay does not speak',
      { kind: 'unspoken', list: 'openai-compatibility' },
      'For this key the relay does not speak OpenAI’s API: CLIProxyAPI would list the models, and every request would fail.',
    ],
    [
      'of a list that the relay may not speak',
      { kind: 'unsure', list: 'claude-api-key' },
      'Whether this relay speaks Claude’s API is not known.',
    ],
    ['of a query', { kind: 'odd-url', hint: 'query' }, 'This base URL has a query or a fragment.'],
  ])('%s is said', async (_what, notice, text) => {
    const { container } = await renderPage(<PlanNotices notices={[notice]} draft={draftOf()} edit={never} />);
    expect(container).toHaveTextContent(text);
  });

  const both = draftOf();
  test.each<[string, PlanNotice, string, Partial<ImportDraft>]>([
    [
      'Keep apart',
      pool('shared'),
      'Keep apart as hoshi-relay/gpt-4o',
      { models: [{ name: 'gpt-4o', alias: 'hoshi-relay/gpt-4o', typed: true }, both.models[1]!] },
    ],
    ['Lower priority', pool('ahead'), 'Lower priority (-1)', { options: { priority: '-1' } }],
    ['Leave them out', pool('behind'), 'Leave them out', { models: [both.models[1]!] }],
    [
      'Switch it on',
      { kind: 'disabled', name: 'Kumo', enabled: false },
      'Switch it on with this import',
      { enable: true },
    ],
    [
      'Correct it',
      {
        kind: 'no-version',
        name: 'Kumo',
        baseUrl: 'https://r2.example',
        proposed: 'https://r2.example/v1',
        corrected: false,
      },
      'Correct it to https://r2.example/v1',
      { correctBaseUrl: true },
    ],
    [
      'Make a new provider',
      { kind: 'other-host', name: 'Kumo', baseUrl: 'https://r2.example/v1' },
      'Make a new provider instead',
      { target: { kind: 'create' } },
    ],
    [
      'Add to the named one',
      { kind: 'name-taken', ref, newName: 'Hoshi Relay 2' },
      'Add to “Kumo” instead',
      { target: { kind: 'join', ref } },
    ],
  ])('offers a way out that is planned at once: %s', async (_what, notice, name, change) => {
    const { user, inputs } = await openSheet({ planned: planned({ notices: [notice] }) });
    // In one go: on a busy machine the pause before planning may be over by the time that a user's click has settled.
    act(() => screen.getByText(name).click());
    expect(importButton()).toBeDisabled();
    await waitFor(() => expect(importButton()).toBeEnabled());
    expect(inputs('import.plan')).toEqual([{ keyId: 'k1', draft: { ...both, ...change } }]);
    await user.click(importButton());
    expect(inputs('import.apply')).toEqual([
      { keyId: 'k1', draft: { ...both, ...change }, planHash: 'hash-2' },
    ]);
  });

  test('offers no lower priority to whom it is no use, and never to leave out everything', async () => {
    const { imports } = await openSheet({ planned: planned({ notices: [pool('behind')] }) });
    expect(screen.queryByText(/^Lower priority/)).not.toBeInTheDocument();
    expect(screen.getByText('Leave them out')).toBeInTheDocument();
    const members = ['gpt-4o', 'claude-sonnet-4'].map((alias) => ({
      alias,
      others: ['Kumo'],
      order: 'shared' as const,
      lowest: 0,
    }));
    const state = imports.getState();
    if (state.kind !== 'open') throw new Error('closed');
    imports.setState({ ...state, planned: planned({ notices: [{ kind: 'pool', members }] }) });
    expect(
      await screen.findByText(/^2 names are already served by Kumo: gpt-4o, claude-sonnet-4/),
    ).toBeVisible();
    expect(screen.queryByText('Leave them out')).not.toBeInTheDocument();
  });

  test('about a name with a prefix keeps that name apart too', async () => {
    const notice: PlanNotice = {
      kind: 'pool',
      members: [{ alias: 'team/gpt-4o', others: ['Kumo'], order: 'shared', lowest: 0 }],
    };
    const { user, draft } = await openSheet({
      draft: draftOf({ options: { prefix: 'team' } }),
      planned: planned({ notices: [notice] }),
    });
    await user.click(screen.getByText(/^Keep apart as/));
    expect(draft().models[0]).not.toEqual(both.models[0]);
  });
});

describe('the sheet', () => {
  test('imports exactly the plan that is shown, with Enter on its button', async () => {
    const { user, inputs } = await openSheet();
    importButton().focus();
    await user.keyboard('{Enter}');
    expect(inputs('import.apply')).toEqual([{ keyId: 'k1', draft: draftOf(), planHash: 'hash-1' }]);
    expect(screen.getByRole('dialog', { name: 'Key “Work key” imported' })).toBeVisible();
  });

  test('has the focus on its button, also when the relay was slow to answer', async () => {
    let answer = (): void => {};
    const slow = new Promise<void>((resolve) => (answer = resolve));
    const { user } = await renderPage(<Keys />, {
      script: { 'import.open': () => slow.then(() => ok(openedImport())) },
    });
    await user.click(ferry());
    const reading = await screen.findByText('Reading models and preparing the plan…');
    expect(reading).toBeVisible();
    await waitFor(() => expect(dialogOf()).toContainElement(document.activeElement as HTMLElement));
    answer();
    await screen.findByRole('button', { name: 'Import key with 2 models' });
    await waitFor(() => expect(importButton()).toHaveFocus());
  });

  test.each(['Escape', 'Cancel', 'Close'])(
    'closes with %s, sends no order and gives the focus back',
    async (how) => {
      const { user, asked, dialog } = await openFromCard();
      const before = asked.length;
      if (how === 'Escape') await user.keyboard('{Escape}');
      else await user.click(within(dialog).getByRole('button', { name: how }));
      await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
      await waitFor(() => expect(ferry()).toHaveFocus());
      expect(asked.slice(before)).toEqual([{ name: 'plan.close', input: { dialog: 'import', id: 'k1' } }]);
    },
  );

  test('is closed with its page, so that the worker forgets it', async () => {
    const { inputs } = await openSheet();
    act(() => void dispatchEvent(new Event('pagehide')));
    expect(inputs('plan.close')).toEqual([{ dialog: 'import', id: 'k1' }]);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  test('can be closed while it is read, and does not come back', async () => {
    let answer = (): void => {};
    const slow = new Promise<void>((resolve) => (answer = resolve));
    const { user, imports } = await renderPage(<Keys />, {
      script: { 'import.open': () => slow.then(() => ok(openedImport())) },
    });
    await user.click(ferry());
    await screen.findByText('Reading models and preparing the plan…');
    await user.keyboard('{Escape}');
    answer();
    await slow;
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(imports.getState()).toEqual({ kind: 'closed' });
  });

  test('comes back with the new plan when the list was changed, and says that nothing was written', async () => {
    const newPlan = planned({ hash: 'hash-9', models: 1 });
    const { user, inputs, answer } = await openSheet(
      {},
      {
        script: { 'import.apply': () => ok({ kind: 'replan', planned: newPlan }) },
      },
    );
    await user.click(importButton());
    expect(
      await screen.findByText(
        /^Nothing was written: the list in CLIProxyAPI has changed since you saw the plan/,
      ),
    ).toBeVisible();
    answer(importScript());
    await user.click(screen.getByRole('button', { name: 'Import key with 1 model' }));
    expect(inputs('import.apply').map(({ planHash }) => planHash)).toEqual(['hash-1', 'hash-9']);
  });

  test('leads to the full dialog', async () => {
    const { user } = await openSheet();
    await user.click(screen.getByRole('button', { name: 'Choose models' }));
    expect(await screen.findByRole('heading', { name: 'Relay offers 2 models' })).toBeVisible();
  });
});

describe('“Don’t ask again”', () => {
  const skipping = { settings: { ...view().settings, skipWhenOnlyAdds: true } };

  test('is kept from the sheet, and shown at once', async () => {
    const { user, inputs } = await openSheet();
    const box = screen.getByRole('checkbox', { name: 'Don’t ask again when an import only adds' });
    await user.click(box);
    expect(box).toBeChecked();
    expect(inputs('settings.save')).toEqual([{ settings: skipping.settings }]);
  });

  test('imports with one click what only adds', async () => {
    const { user, inputs } = await renderPage(<Keys />, { view: skipping, script: importScript() });
    await user.click(ferry());
    await waitFor(() =>
      expect(inputs('import.apply')).toEqual([{ keyId: 'k1', draft: draftOf(), planHash: 'hash-1' }]),
    );
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  test('never skips what changes something', async () => {
    const { inputs } = await openFromCard({ planned: planned({ onlyAdds: false }) }, { view: skipping });
    expect(importButton()).toBeVisible();
    expect(inputs('import.apply')).toEqual([]);
  });

  test('never skips the dialog that was asked for', async () => {
    const { user, inputs } = await renderPage(<Keys />, { view: skipping, script: importScript() });
    screen.getByRole('listitem', { name: /^Work key/ }).focus();
    await user.keyboard('I');
    expect(await screen.findByRole('heading', { name: 'Relay offers 2 models' })).toBeVisible();
    expect(inputs('import.apply')).toEqual([]);
  });
});

describe('of several providers with the address', () => {
  const candidates = [
    { index: 0, name: 'Hoshi', baseUrl: 'https://r1.example/v1' },
    { index: 3, name: '', baseUrl: 'https://r1.example' },
  ];
  const choose = { planned: { kind: 'choose' as const, candidates } };

  test('one is chosen, and the plan is made for it', async () => {
    const { user, inputs } = await openSheet(choose);
    expect(dialogOf()).toHaveTextContent('2 providers have this address.');
    expect(importButton()).toBeDisabled();
    await user.click(screen.getByRole('button', { name: 'r1.example https://r1.example' }));
    await waitFor(() => expect(importButton()).toBeEnabled());
    expect(inputs('import.plan').map(({ draft }) => draft.target)).toEqual([
      { kind: 'join', ref: candidates[1] },
    ]);
    expect(rows()).toHaveLength(4);
  });

  test('none may be chosen: a new one is made', async () => {
    const { user, inputs } = await openSheet(choose);
    await user.click(screen.getByRole('button', { name: 'A new provider' }));
    await waitFor(() => expect(importButton()).toBeEnabled());
    expect(inputs('import.plan').map(({ draft }) => draft.target)).toEqual([{ kind: 'create' }]);
  });
});

describe('an import that cannot be opened', () => {
  const open = (failure: Parameters<typeof failing>[0], more: Parameters<typeof renderPage>[1] = {}) =>
    renderPage(<Keys />, { ...more, script: { 'import.open': failing(failure) } });

  test('says why, and can be tried again', async () => {
    const { user, answer } = await open({ code: 'server-error', host: 'localhost:8317', status: 500 });
    await user.click(ferry());
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'localhost:8317 answered with an error (500).',
    );
    answer(importScript());
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('button', { name: 'Import key with 2 models' })).toBeVisible();
  });

  test('leads to the settings where it is settled there', async () => {
    const { user, page } = await open({ code: 'key-refused', triesLeft: 4 });
    await user.click(ferry());
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('at most 4 tries are left');
    await user.click(screen.getByRole('button', { name: 'Enter the management key' }));
    expect(page.opened).toEqual(['#/cliproxyapi']);
  });

  test.each([
    ['relay-permission', 'r1.example', '*://r1.example/*'],
    ['host-permission', 'cpa1.example', '*://cpa1.example/*'],
  ] as const)('for want of a host (%s) asks for it, and goes on', async (code, host, pattern) => {
    const { user, page, inputs, answer, toasts } = await open(
      { code, host },
      {
        view: { connection: connectionView({ pattern: '*://cpa1.example/*' }) },
        page: { isPopup: false },
      },
    );
    await user.click(ferry());
    const allow = await screen.findByRole('button', { name: `Allow access to ${host}` });
    page.grants = false;
    await user.click(allow);
    await waitFor(() =>
      expect(toasts).toEqual([
        `You did not allow access to ${host}. Nothing was sent. Try again and choose Allow when the browser asks.`,
      ]),
    );
    page.grants = true;
    answer(importScript());
    await user.click(screen.getByRole('button', { name: `Allow access to ${host}` }));
    expect(await screen.findByRole('button', { name: 'Import key with 2 models' })).toBeVisible();
    expect(page.requested).toEqual([pattern, pattern]);
    expect(inputs('intent.set')[0]).toMatchObject({ kind: 'import', id: 'k1', pattern });
    expect(inputs('intent.clear')).toHaveLength(2);
  });
});

describe('a click on the ferry', () => {
  test('without a management key remembers the import and leads to the settings', async () => {
    const { user, page, inputs, asked } = await renderPage(<OptionsApp />, {
      view: { connection: connectionView({ hasKey: false }) },
      page: { isPopup: false },
    });
    await user.click(ferry());
    expect(inputs('intent.set')).toEqual([{ kind: 'import', id: 'k1', pattern: '' }]);
    expect(page.opened).toEqual(['#/cliproxyapi']);
    expect(asked.map(({ name }) => name)).not.toContain('import.open');
  });

  test('without access to its host remembers the import, asks the browser, and goes on', async () => {
    const { user, page, asked } = await renderPage(<Keys />, {
      view: { connection: connectionView({ granted: false, pattern: '*://cpa1.example/*' }) },
      script: importScript(),
    });
    await user.click(ferry());
    await screen.findByRole('button', { name: 'Import key with 2 models' });
    expect(page.requested).toEqual(['*://cpa1.example/*']);
    expect(asked.map(({ name }) => name)).toEqual(['view', 'intent.set', 'intent.clear', 'import.open']);
  });

  test('that the user then denies is said, and nothing is sent', async () => {
    const { user, asked, toasts } = await renderPage(<Keys />, {
      view: { connection: connectionView({ granted: false, host: 'cpa1.example' }) },
      page: { grants: false },
    });
    await user.click(ferry());
    await waitFor(() => expect(toasts).toHaveLength(1));
    expect(toasts[0]).toMatch(/^You did not allow access to cpa1\.example\. Nothing was sent\./);
    expect(asked.map(({ name }) => name)).toEqual(['view', 'intent.set', 'intent.clear']);
  });

  test('that comes twice opens one import', async () => {
    let answer = (): void => {};
    const slow = new Promise<void>((resolve) => (answer = resolve));
    const { inputs } = await renderPage(<Keys />, {
      view: { keys: [keyView()] },
      script: { 'import.open': () => slow.then(() => fail({ code: 'item-gone' })) },
    });
    const icon = ferry();
    icon.click();
    icon.click();
    answer();
    await screen.findByRole('alert');
    expect(inputs('import.open')).toHaveLength(1);
  });
});
