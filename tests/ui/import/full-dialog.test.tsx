// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { fail, ok } from '../../../src/core/failures/result';
import type { Change } from '../../../src/core/import/change';
import { quickRules } from '../../../src/core/aliases/alias-models';
import type { Planned } from '../../../src/core/import/planned';
import { proposedModels } from '../../../src/core/aliases/proposed-models';
import {
  Keys,
  dialogOf,
  ferry,
  importScript,
  openFromCard,
  openFull,
  openSheet,
  type DialogScene,
} from '../open-dialog';
import { enter, renderPage, setWidth, type SceneOptions } from '../render-page';
import { draftOf, keyView, openedImport, planned } from '../samples';

const NAMES = [
  'text-embedding-3-small',
  'gpt-4o',
  'openai/gpt-4o-2024-11-20',
  '[free] DeepSeek-R1',
  'claude-sonnet-4-20250514',
  'dall-e-3',
];
const CHAT = NAMES.slice(1, 5);
const WEIGHT: Change = { sign: '~', kind: 'weight', from: '1', to: '2' };
const offering = { models: { kind: 'listed', names: NAMES, via: 'browser' } as const };
const big = (): Parameters<typeof openFull>[0] => ({
  ...offering,
  draft: draftOf({ models: proposedModels(NAMES, quickRules([])).models }),
});
const openBig = (options: SceneOptions = {}): Promise<DialogScene> => openFull(big(), options);

const offered = (): HTMLElement => screen.getByRole('list', { name: /^Relay offers/ });
const offeredNames = (): string[] =>
  within(offered())
    .getAllByRole('checkbox')
    .map((box) => box.parentElement!.querySelector('[title]')!.getAttribute('title')!);
const box = (name: string): HTMLElement =>
  within(within(offered()).getByTitle(name).parentElement!).getByRole('checkbox');
const chosenNames = ({ draft }: DialogScene): string[] => draft().models.map(({ name }) => name);
const aliases = ({ draft }: DialogScene): string[] => draft().models.map(({ alias }) => alias);
const row = (name: string): HTMLElement => within(offered()).getByTitle(name).closest('[data-index]')!;
const alias = (name: string): HTMLElement => screen.getByRole('textbox', { name: `Alias of “${name}”` });
/** Opens the alias of a model for typing. */
async function edit({ user }: DialogScene, name: string): Promise<HTMLElement> {
  await user.click(screen.getByRole('button', { name: `Edit the alias of “${name}”` }));
  return alias(name);
}
const rename = ({ user }: DialogScene): Promise<void> =>
  user.click(screen.getByRole('button', { name: /^Rename rules/ }));
const rule = (name: RegExp): HTMLElement => screen.getByRole('checkbox', { name });
const chip = (name: RegExp): HTMLElement => screen.getByRole('button', { name });
const importButton = (): HTMLElement =>
  screen.getByRole('button', { name: /^(?:Import key|Add (?:key|\d)|Make \d|Check what)/ });

describe('the list of models', () => {
  test('shows chat models first, in the order of the relay, and what the others are', async () => {
    await openBig();
    expect(offeredNames()).toEqual([...CHAT, 'text-embedding-3-small', 'dall-e-3']);
    expect(within(offered()).getByText('embedding')).toBeVisible();
    expect(within(offered()).getByText('image')).toBeVisible();
    expect(dialogOf()).toHaveTextContent('4 of 6 selected');
  });

  test('is searched without regard to case; Escape clears the search and leaves the dialog open', async () => {
    const scene = await openBig();
    const search = screen.getByRole('searchbox', { name: 'Search 6 models' });
    await scene.user.type(search, 'GPT');
    await waitFor(() => expect(offeredNames()).toEqual(['gpt-4o', 'openai/gpt-4o-2024-11-20']));
    await scene.user.type(search, 'x');
    expect(await screen.findByText('No model matches “GPTx”.')).toBeVisible();
    await scene.user.keyboard('{Escape}');
    await waitFor(() => expect(offeredNames()).toHaveLength(6));
    expect(search).toHaveValue('');
    await scene.user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  });

  test('does not choose anything by searching', async () => {
    const scene = await openBig();
    await scene.user.type(screen.getByRole('searchbox'), 'claude');
    await waitFor(() => expect(offeredNames()).toHaveLength(1));
    await scene.user.click(box('claude-sonnet-4-20250514'));
    expect(chosenNames(scene)).toEqual(CHAT.slice(0, 3));
  });

  test('takes models in and out, kept in the order of the relay', async () => {
    const scene = await openBig();
    await scene.user.click(box('gpt-4o'));
    expect(chosenNames(scene)).toEqual(CHAT.slice(1));
    await scene.user.click(box('dall-e-3'));
    await scene.user.click(box('text-embedding-3-small'));
    expect(chosenNames(scene)).toEqual(['text-embedding-3-small', ...CHAT.slice(1), 'dall-e-3']);
  });

  test('has one box for all, which is mixed where some are chosen', async () => {
    const scene = await openBig();
    const all = screen.getByRole('checkbox', { name: 'Select all' });
    expect(all).toBePartiallyChecked();
    await scene.user.click(all);
    expect(chosenNames(scene)).toEqual(NAMES);
    expect(all).toBeChecked();
    await scene.user.click(all);
    expect(chosenNames(scene)).toEqual([]);
    expect(all).not.toBePartiallyChecked();
    expect(dialogOf()).toHaveTextContent('0 of 6 selected');
    expect(dialogOf()).toHaveTextContent('No models selected.');
  });

  test('has a box for all that was found, which leaves the others as they are', async () => {
    const scene = await openBig();
    await scene.user.type(screen.getByRole('searchbox'), 'gpt');
    await scene.user.click(await screen.findByRole('checkbox', { name: 'Select the 2 found' }));
    expect(chosenNames(scene)).toEqual(CHAT.slice(2));
    await scene.user.click(screen.getByRole('checkbox', { name: 'Select the 2 found' }));
    expect(chosenNames(scene)).toEqual(CHAT);
  });

  test('is chosen by vendor, and by kind where models cannot chat; no chip stands for nothing', async () => {
    const scene = await openBig();
    const chips = within(screen.getByRole('group', { name: 'Select families:' })).getAllByRole('button');
    expect(chips.map((one) => one.textContent)).toEqual([
      'GPT 2',
      'DeepSeek 1',
      'Claude 1',
      'embedding 1',
      'image 1',
    ]);
    expect(chip(/^GPT/)).toHaveAttribute('aria-pressed', 'true');
    expect(chip(/^embedding/)).toHaveAttribute('aria-pressed', 'false');
    await scene.user.click(chip(/^GPT/));
    expect(chosenNames(scene)).toEqual(CHAT.slice(2));
    expect(chip(/^GPT/)).toHaveAttribute('aria-pressed', 'false');
    await scene.user.click(chip(/^Claude/));
    await scene.user.click(chip(/^GPT/));
    await scene.user.click(chip(/^embedding/));
    expect(chosenNames(scene)).toEqual(['text-embedding-3-small', ...CHAT.slice(0, 3)]);
  });

  test('has chips for models of no known vendor, too, so that the numbers add up', async () => {
    await openFull({ models: { kind: 'listed', names: ['gpt-4o', 'own-1', 'own-2'], via: 'browser' } });
    expect(chip(/^Other/)).toHaveTextContent('Other 2');
  });

  test('has no chips where there is one group only', async () => {
    await openFull({ models: { kind: 'listed', names: ['gpt-4o', 'o3'], via: 'browser' } });
    expect(screen.queryByRole('group', { name: 'Select families:' })).not.toBeInTheDocument();
  });

  test('is walked by arrows from the search on; Tab reaches one row, F2 edits its alias', async () => {
    const scene = await openBig();
    const boxes = within(offered()).getAllByRole('checkbox');
    expect(boxes.filter(({ tabIndex }) => tabIndex === 0)).toEqual([boxes[0]]);
    screen.getByRole('searchbox').focus();
    await scene.user.keyboard('{ArrowDown}{ArrowDown}');
    expect(box(CHAT[1]!)).toHaveFocus();
    expect(boxes.filter(({ tabIndex }) => tabIndex === 0)).toEqual([boxes[1]]);
    await scene.user.keyboard('{End}');
    expect(box('dall-e-3')).toHaveFocus();
    await scene.user.keyboard('{Home} ');
    expect(chosenNames(scene)).toEqual(CHAT.slice(1));
    await scene.user.keyboard(' {F2}');
    expect(alias('gpt-4o')).toHaveFocus();
  });

  test('is fetched again from the relay, with all that can chat chosen', async () => {
    const scene = await openBig({
      script: { 'import.models': () => ok({ names: ['o3', 'whisper-1'], via: 'proxy' }) },
    });
    await scene.user.click(screen.getByRole('button', { name: 'Fetch the models again' }));
    expect(await screen.findByRole('heading', { name: 'Relay offers 2 models' })).toBeVisible();
    expect(scene.inputs('import.models')).toEqual([{ keyId: 'k1', baseUrl: 'https://r1.example/v1' }]);
    expect(chosenNames(scene)).toEqual(['o3']);
    expect(dialogOf()).toHaveTextContent('The model list was fetched through CLIProxyAPI.');
  });

  test('that comes late is not put into the import of another key', async () => {
    let answer = (): void => {};
    const slow = new Promise<void>((resolve) => (answer = resolve));
    const { user, imports } = await renderPage(<Keys />, {
      view: { keys: [keyView(), keyView({ id: 'k2', name: 'Home key' })] },
      script: {
        ...importScript(),
        'import.open': ({ keyId }) => ok(openedImport({ keyId })),
        'import.models': () => slow.then(() => ok({ names: ['of-the-first-key'], via: 'browser' })),
      },
    });
    await imports.open('k1', { full: true });
    await user.click(await screen.findByRole('button', { name: 'Fetch the models again' }));
    await user.keyboard('{Escape}');
    await imports.open('k2', { full: true });
    answer();
    await slow;
    await waitFor(() => expect(screen.getByRole('dialog')).toBeVisible());
    const state = imports.getState();
    expect(state.kind === 'open' && [state.opened.keyId, state.draft.models.map(({ name }) => name)]).toEqual(
      ['k2', ['gpt-4o', 'claude-sonnet-4']],
    );
  });
});

describe('names', () => {
  test('follow the rules; those that change a name are offered, each with its first name and their number', async () => {
    const scene = await openBig();
    expect(screen.queryByRole('group', { name: 'Rename rules' })).not.toBeInTheDocument();
    await rename(scene);
    const rules = within(screen.getByRole('group', { name: 'Rename rules' })).getAllByRole('checkbox');
    expect(rules.map((each) => each.closest('label')!.textContent)).toEqual([
      'Strip brackets · 1 name[free] DeepSeek-R1 → DeepSeek-R1',
      'Strip vendor prefix · 1 nameopenai/gpt-4o-2024-11-20 → gpt-4o-2024-11-20',
      'Strip date · 2 namesopenai/gpt-4o-2024-11-20 → openai/gpt-4o',
      'Lowercase · 1 name[free] DeepSeek-R1 → [free] deepseek-r1',
    ]);
    await scene.user.click(rule(/^Strip brackets/));
    await scene.user.click(rule(/^Lowercase/));
    await scene.user.click(rule(/^Strip date/));
    expect(aliases(scene)).toEqual(['gpt-4o', 'openai/gpt-4o', 'deepseek-r1', 'claude-sonnet-4']);
    expect(rule(/^Strip date/)).toBeChecked();
    expect(screen.getByRole('button', { name: /^Rename rules/ })).toHaveTextContent('3 models renamed');
    expect(scene.inputs('settings.save').at(-1)?.settings.rules).toEqual([
      'strip-brackets',
      'lower-case',
      'strip-date',
    ]);
    await scene.user.click(rule(/^Strip date/));
    expect(aliases(scene)[3]).toBe('claude-sonnet-4-20250514');
    expect(scene.inputs('settings.save').at(-1)?.settings.rules).toEqual(['strip-brackets', 'lower-case']);
  });

  test('that no rule would change are said to be so', async () => {
    const scene = await openFull();
    await rename(scene);
    expect(dialogOf()).toHaveTextContent('None of the built-in rules would change these names.');
    expect(screen.queryByRole('checkbox', { name: /^Strip/ })).not.toBeInTheDocument();
  });

  test('stand behind the model only where they differ from it', async () => {
    const scene = await openBig();
    await rename(scene);
    await scene.user.click(rule(/^Strip date/));
    expect(row('gpt-4o')).toHaveTextContent(/^gpt-4oRename$/);
    expect(row('claude-sonnet-4-20250514')).toHaveTextContent(
      /^claude-sonnet-4-20250514claude-sonnet-4Rename$/,
    );
    expect(within(row('claude-sonnet-4-20250514')).getByLabelText('becomes')).toBeVisible();
  });

  test('that rules would make equal stay apart, and say why', async () => {
    const scene = await openBig();
    await rename(scene);
    await scene.user.click(rule(/^Strip vendor/));
    await scene.user.click(rule(/^Strip date/));
    expect(aliases(scene).slice(0, 2)).toEqual(['gpt-4o', 'openai/gpt-4o-2024-11-20']);
    expect(row('openai/gpt-4o-2024-11-20')).toHaveTextContent(
      'Keeps its own name: another model has the name “gpt-4o”.',
    );
    expect(dialogOf()).toHaveTextContent('1 name stays: “Built-in rules” would make it a duplicate.');
  });

  test('that were typed win over the rules and survive them, leaving out and taking in', async () => {
    const scene = await openBig();
    const name = 'claude-sonnet-4-20250514';
    await scene.user.type(await edit(scene, name), '{Control>}a{/Control}sonnet{Enter}');
    expect(screen.getByRole('button', { name: `Edit the alias of “${name}”` })).toBeVisible();
    await waitFor(() =>
      expect(screen.getByRole('button', { name: `Edit the alias of “${name}”` })).toHaveFocus(),
    );
    expect(scene.draft().models[3]).toEqual({ name, alias: 'sonnet', typed: true });
    await rename(scene);
    await scene.user.click(rule(/^Strip date/));
    expect(aliases(scene)[3]).toBe('sonnet');
    await scene.user.click(box(name));
    expect(chosenNames(scene)).toEqual(CHAT.slice(0, 3));
    await scene.user.click(box(name));
    expect(aliases(scene)[3]).toBe('sonnet');
    expect(row(name)).toHaveTextContent(`${name}sonnet`);
  });

  test('that were typed give way to what the rule says, one by one or all', async () => {
    const scene = await openBig();
    await rename(scene);
    await scene.user.click(rule(/^Strip date/));
    await scene.user.type(await edit(scene, 'claude-sonnet-4-20250514'), 'x{Enter}');
    await scene.user.click(screen.getByRole('button', { name: 'Use “claude-sonnet-4” again' }));
    expect(aliases(scene)[3]).toBe('claude-sonnet-4');
    expect(screen.queryByRole('button', { name: /^Use / })).not.toBeInTheDocument();
    await scene.user.type(await edit(scene, 'gpt-4o'), '-mine{Enter}');
    await scene.user.type(await edit(scene, 'claude-sonnet-4-20250514'), '-mine{Enter}');
    await scene.user.click(screen.getByRole('button', { name: 'Discard typed aliases' }));
    expect(aliases(scene)[0]).toBe('gpt-4o');
    expect(aliases(scene)[3]).toBe('claude-sonnet-4');
    expect(screen.queryByRole('button', { name: 'Discard typed aliases' })).not.toBeInTheDocument();
  });

  test('may be empty while they are typed; left empty, the rule counts', async () => {
    const scene = await openBig();
    const field = await edit(scene, 'gpt-4o');
    await scene.user.clear(field);
    expect(field).toHaveValue('');
    expect(aliases(scene)[0]).toBe('gpt-4o');
    await scene.user.tab();
    expect(field).not.toBeInTheDocument();
    expect(row('gpt-4o')).toHaveTextContent(/^gpt-4oRename$/);
  });

  test('come back as they were by Escape, which leaves the dialog open', async () => {
    const scene = await openBig();
    await scene.user.type(await edit(scene, 'gpt-4o'), '-mine');
    expect(aliases(scene)[0]).toBe('gpt-4o-mine');
    await scene.user.keyboard('{Escape}');
    expect(aliases(scene)[0]).toBe('gpt-4o');
    expect(dialogOf()).toBeVisible();
  });

  test('are planned once typing pauses', async () => {
    const scene = await openBig();
    await edit(scene, 'gpt-4o');
    // In one go: on a busy machine the pause before planning may be over by the time that a user's typing has settled.
    for (const typed of ['-', '-m', '-mi', '-min', '-mine'])
      fireEvent.change(alias('gpt-4o'), { target: { value: `gpt-4o${typed}` } });
    expect(importButton()).toBeDisabled();
    expect(dialogOf()).toHaveTextContent('Planning…');
    await waitFor(() => expect(importButton()).toBeEnabled());
    expect(scene.inputs('import.plan').at(-1)?.draft.models[0]?.alias).toBe('gpt-4o-mine');
    expect(scene.inputs('import.plan').length).toBeLessThan('-mine'.length);
  });

  test('that others serve, and those that are left out, are marked in their row', async () => {
    const notices: Parameters<typeof planned>[0] = {
      notices: [
        {
          kind: 'pool',
          members: [{ alias: 'gpt-4o', others: ['Kumo'], order: 'behind', lowest: 3 }],
        },
        { kind: 'left-out', models: [{ name: CHAT[3]!, alias: 'x', by: 'y' }] },
      ],
    };
    await openFull({ ...big(), planned: planned(notices) });
    const names = within(offered());
    expect(names.getByText(/^gpt-4o is already served by Kumo, which has a higher priority/)).toBeVisible();
    expect(names.getByText(/^claude-sonnet-4-20250514 is left out/)).toBeVisible();
  });
});

describe('when the relay gives no list', () => {
  const refused = {
    models: { kind: 'refused', failure: { code: 'relay-no-balance', host: 'r1.example' } } as const,
    draft: draftOf({ models: [] }),
    planned: { kind: 'failed', failure: { code: 'no-models' } } as const,
  };

  test('the dialog opens at once, says why, and has the focus where models are typed', async () => {
    const { user } = await renderPage(<Keys />, { script: importScript(refused) });
    await user.click(ferry());
    const list = await screen.findByRole('textbox', { name: 'Models' });
    expect(dialogOf()).toHaveTextContent('r1.example reports that the balance is used up (402).');
    expect(list).toHaveAccessibleName('Models');
    expect(importButton()).toBeDisabled();
  });

  test('models are entered by hand, one a line, with or without an alias', async () => {
    const scene = await openFull(refused);
    await scene.user.type(
      screen.getByRole('textbox', { name: 'Models' }),
      'gpt-4o{Enter}# note{Enter}openai/o3 = o3',
    );
    await waitFor(() => expect(importButton()).toBeEnabled());
    expect(scene.inputs('import.plan').at(-1)?.draft.models).toEqual([
      { name: 'gpt-4o', alias: 'gpt-4o', typed: false },
      { name: 'openai/o3', alias: 'o3', typed: true },
    ]);
    expect(importButton()).toHaveAccessibleName('Import key with 2 models');
  });

  test('it may be tried again', async () => {
    const scene = await openFull(refused, {
      script: { 'import.models': () => ok({ names: ['o3'], via: 'browser' }) },
    });
    await scene.user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('heading', { name: 'Relay offers 1 model' })).toBeVisible();
    expect(chosenNames(scene)).toEqual(['o3']);
  });

  test('a list that is refused later keeps what was chosen', async () => {
    const scene = await openBig({
      script: { 'import.models': () => fail({ code: 'relay-timeout', host: 'r1.example', seconds: 10 }) },
    });
    await scene.user.type(await edit(scene, 'gpt-4o'), '-x');
    await scene.user.click(screen.getByRole('button', { name: 'Fetch the models again' }));
    expect(await screen.findByRole('textbox', { name: 'Models' })).toHaveValue(
      ['gpt-4o = gpt-4o-x', ...CHAT.slice(1)].join('\n'),
    );
    expect(dialogOf()).toHaveTextContent('r1.example did not answer within 10 s.');
    expect(chosenNames(scene)).toEqual(CHAT);
  });
});

describe('under More', () => {
  async function openMore(options: SceneOptions = {}): Promise<DialogScene> {
    const scene = await openBig(options);
    await scene.user.click(screen.getByRole('button', { name: /^More/ }));
    return scene;
  }
  const field = (name: string): HTMLElement => screen.getByRole('textbox', { name: new RegExp(`^${name}`) });

  test('every field stands in the plan, and only what is typed', async () => {
    const scene = await openMore();
    expect(scene.draft().options).toEqual({});
    await enter(scene, field('Provider name'), 'Hoshi Relay 2');
    await enter(scene, field('Prefix'), 'team');
    await enter(scene, field('Priority'), '12');
    await enter(scene, field('Proxy for this key'), 'direct');
    await enter(scene, field('Extra headers'), 'X-A: 1:2\n\nX-B');
    await waitFor(() => expect(importButton()).toBeEnabled());
    expect(scene.inputs('import.plan').at(-1)?.draft).toMatchObject({
      providerName: 'Hoshi Relay 2',
      options: { prefix: 'team', priority: '12', proxyUrl: 'direct', headers: { 'X-A': '1:2', 'X-B': '' } },
    });
    for (const name of ['Prefix', 'Priority', 'Proxy for this key', 'Extra headers'])
      await scene.user.clear(field(name));
    expect(scene.draft().options).toEqual({});
    await waitFor(() => expect(importButton()).toBeEnabled());
  });

  test('what was typed is still there after the fields were folded away', async () => {
    const scene = await openMore();
    await scene.user.type(field('Extra headers'), 'X-A: 1');
    await scene.user.type(field('Priority'), '3');
    await scene.user.click(screen.getByRole('button', { name: /^More/ }));
    expect(screen.queryByRole('textbox', { name: 'Prefix' })).not.toBeInTheDocument();
    await scene.user.click(screen.getByRole('button', { name: /^More/ }));
    expect(field('Extra headers')).toHaveValue('X-A: 1');
    expect(field('Priority')).toHaveValue('3');
  });

  test('a priority below zero can be typed', async () => {
    const scene = await openMore();
    await scene.user.type(field('Priority'), '-5');
    expect(field('Priority')).toHaveValue('-5');
    expect(scene.draft().options).toEqual({ priority: '-5' });
  });

  test('a priority that is no number stays as typed, and the plan says what is wrong', async () => {
    const scene = await openMore({
      script: {
        'import.plan': ({ draft }) =>
          ok(
            draft.options.priority === '5'
              ? planned()
              : { kind: 'failed', failure: { code: 'bad-priority' } },
          ),
      },
    });
    await scene.user.type(field('Priority'), '5x');
    expect(field('Priority')).toHaveValue('5x');
    expect(await screen.findByText('The priority is not a whole number.')).toBeVisible();
  });

  test('the base URL fetches the models again on leaving the field, never while it is typed', async () => {
    const scene = await openMore({
      script: { 'import.models': () => ok({ names: ['o3'], via: 'browser' }) },
    });
    const url = field('Base URL');
    await scene.user.clear(url);
    await scene.user.type(url, 'https://r1.example/api');
    await waitFor(() => expect(importButton()).toBeEnabled());
    expect(scene.inputs('import.models')).toEqual([]);
    expect(scene.draft()).toMatchObject({ baseUrl: 'https://r1.example/api', baseUrlTyped: true });
    expect(dialogOf()).toHaveTextContent('This base URL names no version. Most relays want /v1 at its end.');
    await scene.user.type(url, '/v1');
    await scene.user.tab();
    expect(await screen.findByRole('heading', { name: 'Relay offers 1 model' })).toBeVisible();
    expect(scene.inputs('import.models')).toEqual([{ keyId: 'k1', baseUrl: 'https://r1.example/api/v1' }]);
    expect(scene.draft().baseUrl).toBe('https://r1.example/api/v1');
    expect(chosenNames(scene)).toEqual(['o3']);
    expect(scene.page.requested).toEqual([]);
  });

  test('a base URL at another server gets the key by a click and the browser’s question, not by being left', async () => {
    const scene = await openMore({
      script: { 'import.models': () => ok({ names: ['o3'], via: 'browser' }) },
    });
    const url = field('Base URL');
    await scene.user.clear(url);
    await scene.user.type(url, 'https://r1.exmaple/v1');
    await scene.user.tab();
    expect(scene.inputs('import.models')).toEqual([]);
    scene.page.grants = false;
    const list = (): HTMLElement => screen.getByRole('button', { name: 'List the models of r1.exmaple' });
    await scene.user.click(list());
    await scene.user.click(screen.getByRole('button', { name: 'Fetch the models again' }));
    expect(scene.page.requested).toEqual(['*://r1.exmaple/*', '*://r1.exmaple/*']);
    expect(scene.inputs('import.models')).toEqual([]);
    scene.page.grants = true;
    await scene.user.click(list());
    expect(await screen.findByRole('heading', { name: 'Relay offers 1 model' })).toBeVisible();
    expect(scene.inputs('import.models')).toEqual([{ keyId: 'k1', baseUrl: 'https://r1.exmaple/v1' }]);
  });

  test('a base URL that was not changed is not asked when it is left', async () => {
    const scene = await openMore();
    await scene.user.click(field('Base URL'));
    await scene.user.tab();
    expect(scene.inputs('import.models')).toEqual([]);
  });

  test.each(['Cancel', 'Close'])(
    'half a base URL that is left to give up (%s) is not asked',
    async (name) => {
      const scene = await openMore();
      await scene.user.type(field('Base URL'), 'x');
      await scene.user.click(screen.getByRole('button', { name }));
      expect(scene.inputs('import.models')).toEqual([]);
    },
  );

  test('a typed server is named as that of the models only once it has listed them', async () => {
    const scene = await openMore({
      script: { 'import.models': () => ok({ names: ['o3'], via: 'browser' }) },
    });
    scene.page.grants = true;
    fireEvent.change(field('Base URL'), { target: { value: 'https://r9.example/v1' } });
    fireEvent.blur(field('Base URL'));
    const dialog = screen.getByRole('dialog');
    expect(dialog).toHaveTextContent('The model list was fetched from r1.example.');
    await scene.user.click(screen.getByRole('button', { name: 'List the models of r9.example' }));
    await waitFor(() => expect(dialog).toHaveTextContent('The model list was fetched from r9.example.'));
  });

  test('of two base URLs the list of the last one counts, whichever answers last', async () => {
    let answer = (): void => {};
    const slow = new Promise<void>((resolve) => (answer = resolve));
    const scene = await openMore({
      script: {
        'import.models': async ({ baseUrl }) => {
          if (baseUrl === 'https://r1.example/v2') await slow;
          return ok({ names: [`of ${baseUrl}`], via: 'browser' });
        },
      },
    });
    for (const address of ['https://r1.example/v2', 'https://r1.example/v3']) {
      fireEvent.change(field('Base URL'), { target: { value: address } });
      fireEvent.blur(field('Base URL'));
    }
    await waitFor(() => expect(chosenNames(scene)).toEqual(['of https://r1.example/v3']));
    answer();
    await slow;
    await waitFor(() => expect(importButton()).toBeEnabled());
    expect(chosenNames(scene)).toEqual(['of https://r1.example/v3']);
  });
});

describe('the full dialog', () => {
  test('asks for real requests only when the box is ticked', async () => {
    const scene = await openBig();
    expect(scene.draft().tryChat).toBe(false);
    await scene.user.click(screen.getByRole('checkbox', { name: /^Prove with a real request/ }));
    await waitFor(() => expect(importButton()).toBeEnabled());
    await scene.user.click(importButton());
    expect(scene.inputs('import.apply')[0]?.draft.tryChat).toBe(true);
  });

  test.each([
    ['gemini-api-key', 1],
    ['claude-api-key', 0],
  ] as const)('asks for the host where only the browser may make requests: %s', async (list, times) => {
    const requested: string[] = [];
    const requestHost = async (pattern: string): Promise<boolean> => requested.push(pattern) > 0;
    const scene = await openFull(
      { draft: draftOf({ list, baseUrl: 'https://r1.example' }) },
      { page: { requestHost }, view: { keys: [keyView({ granted: false })] } },
    );
    await scene.user.click(screen.getByRole('checkbox', { name: /^Prove with a real request/ }));
    await waitFor(() => expect(scene.draft().tryChat).toBe(true));
    await waitFor(() => expect(requested).toEqual(Array(times).fill('*://r1.example/*')));
  });

  test('says whether there will be a write', async () => {
    await openBig();
    const panel = within(dialogOf()).getAllByRole('status');
    expect(panel.map((status) => status.textContent)).toEqual(['1 write']);
  });

  test('says that there is nothing to write', async () => {
    await openFull({ ...offering, planned: planned({ kind: 'unchanged' }) });
    expect(dialogOf()).toHaveTextContent('no write');
  });

  test('imports what was chosen and no more', async () => {
    const scene = await openBig();
    for (const name of CHAT.slice(0, 3)) await scene.user.click(box(name));
    await waitFor(() => expect(importButton()).toBeEnabled());
    expect(importButton()).toHaveAccessibleName('Import key with 1 model');
    await scene.user.click(importButton());
    const [order] = scene.inputs('import.apply');
    expect(order?.draft.models.map(({ name }) => name)).toEqual(['claude-sonnet-4-20250514']);
    expect(order?.planHash).toBe(`hash-${scene.inputs('import.plan').length + 1}`);
  });

  test('takes up what was changed on the sheet', async () => {
    const scene = await openSheet({
      planned: planned({
        notices: [
          { kind: 'pool', members: [{ alias: 'gpt-4o', others: ['Kumo'], order: 'shared', lowest: 0 }] },
        ],
      }),
    });
    await scene.user.click(screen.getByRole('button', { name: /^Keep apart as/ }));
    await scene.user.click(screen.getByRole('button', { name: 'Choose models' }));
    expect(row('gpt-4o')).toHaveTextContent('hoshi-relay/gpt-4o');
    await scene.user.click(box('claude-sonnet-4'));
    expect(scene.draft().models).toEqual([{ name: 'gpt-4o', alias: 'hoshi-relay/gpt-4o', typed: true }]);
  });

  test('cancelled sends nothing and keeps nothing', async () => {
    const scene = await openFromCard(big());
    await scene.user.click(screen.getByRole('button', { name: 'Choose models' }));
    await scene.user.click(box('gpt-4o'));
    await scene.user.click(screen.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(scene.inputs('import.apply')).toEqual([]);
    await scene.user.click(ferry());
    await screen.findByRole('button', { name: 'Choose models' });
    expect(chosenNames(scene)).toEqual(CHAT);
  });
});

describe('under 760 px the dialog is one list', () => {
  async function openNarrow(): Promise<DialogScene> {
    setWidth(400);
    return openBig();
  }

  test('where models are taken in and out and searched', async () => {
    const scene = await openNarrow();
    await scene.user.click(within(offered()).getByRole('checkbox', { name: 'gpt-4o' }));
    expect(chosenNames(scene)).toEqual(CHAT.slice(1));
    await scene.user.type(screen.getByRole('searchbox'), 'dall');
    await waitFor(() => expect(within(offered()).getAllByRole('checkbox')).toHaveLength(1));
  });

  test('where an alias is edited in its row until Enter, which imports nothing', async () => {
    const scene = await openNarrow();
    await scene.user.type(await edit(scene, 'gpt-4o'), '-mine{Enter}');
    expect(screen.queryByRole('textbox', { name: 'Alias of “gpt-4o”' })).not.toBeInTheDocument();
    expect(within(offered()).getByText('gpt-4o-mine')).toBeVisible();
    expect(chosenNames(scene)).toEqual(CHAT);
    expect(scene.inputs('import.apply')).toEqual([]);
  });

  test('where long names are cut in the middle, and told whole', async () => {
    const scene = await openNarrow();
    await rename(scene);
    await scene.user.click(rule(/^Strip date/));
    expect(row('openai/gpt-4o-2024-11-20')).toHaveTextContent('openai/gpt-4…2024-11-20openai/gpt-4o');
    expect(within(offered()).getByRole('checkbox', { name: 'openai/gpt-4o-2024-11-20' })).toBeVisible();
  });

  const plan = (): HTMLDetailsElement =>
    screen.getByText('Plan', { selector: 'summary b' }).closest('details')!;

  test.each<[string, Planned]>([
    ['there is no plan', { kind: 'failed', failure: { code: 'no-models' } }],
    [
      'no model is taken in',
      planned({
        models: 0,
        notices: [{ kind: 'left-out', models: [{ name: 'm', alias: 'm', by: 'other' }] }],
      }),
    ],
  ])('and the plan stands open where %s, since it says why', async (_, without) => {
    const scene = await openNarrow();
    expect(plan().open).toBe(false);
    scene.answer({ 'import.plan': () => ok(without) });
    await scene.user.click(screen.getByRole('checkbox', { name: 'Select all' }));
    await waitFor(() => expect(plan().open).toBe(true));
    scene.answer({ 'import.plan': () => ok(planned()) });
    await scene.user.click(within(offered()).getByRole('checkbox', { name: 'gpt-4o' }));
    await waitFor(() => expect(plan().open).toBe(false));
  });

  test('and the plan is folded into one line that says in units what it adds and changes', async () => {
    await openNarrow();
    const summary = screen.getByText('Plan', { selector: 'summary b' }).parentElement!;
    expect(summary).toHaveTextContent('PlanAdds 1 provider, 1 key, 2 models');
  });

  test.each<[string, Change[]]>([
    ['Adds 1 key. Changes 1 setting.', [{ sign: '+', kind: 'key', mask: 'sk-1' }, WEIGHT]],
    ['Nothing to do: everything is already there.', [{ sign: '=', kind: 'key', mask: 'sk-1' }]],
  ])('or: %s', async (text, changes) => {
    setWidth(400);
    await openFull({ ...big(), planned: planned({ changes }) });
    expect(screen.getByText('Plan', { selector: 'summary b' }).parentElement!).toHaveTextContent(text);
  });
});
