// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fail, ok } from '../../../src/core/failures/result';
import type { RuleSet } from '../../../src/core/aliases/rule-set';
import { ruleSetFile } from '../../../src/core/aliases/rule-set-file';
import type { Settings } from '../../../src/core/view/settings';
import { AliasesPage } from '../../../src/ui/aliases/aliases-page';
import { enter, renderPage, type Scene, type SceneOptions } from '../render-page';
import { keyView, view as sampleView } from '../samples';

const { settings } = sampleView();
const set = (more: Partial<RuleSet> = {}): RuleSet => ({
  id: 'a',
  name: 'Team',
  keepOriginal: false,
  rules: [{ kind: 'strip-vendor' }, { kind: 'without', find: 'preview' }, { kind: 'lower-case' }],
  ...more,
});
const show = (more: Partial<Settings> = {}, options: SceneOptions = {}): Promise<Scene> =>
  renderPage(<AliasesPage />, {
    page: { isPopup: false },
    ...options,
    view: { settings: { ...settings, ...more }, ...options.view },
  });

const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });
const field = (name: string): HTMLElement => screen.getByRole('textbox', { name });
const rules = (): string[] =>
  within(screen.getByRole('list', { name: 'Rules' }))
    .queryAllByRole('group')
    .map((group) => group.getAttribute('aria-label')!);
const row = (name: string): HTMLElement =>
  within(screen.getByRole('list', { name: 'Preview' }))
    .getAllByRole('listitem')
    .find((item) => item.querySelector('[title]')?.getAttribute('title') === name)!;
/** What was saved last, once the pause that saving waits for is over. */
const saved = async (scene: Scene): Promise<Settings> => {
  await act(() => vi.advanceTimersByTimeAsync(1_000));
  expect(scene.inputs('settings.save').length).toBeGreaterThan(0);
  return scene.inputs('settings.save').at(-1)!.settings;
};
const pick = (text: string, name = 'rules.json'): void => {
  const input = screen.getByLabelText('File with rule sets');
  fireEvent.change(input, { target: { files: [new File([text], name, { type: 'application/json' })] } });
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the list of sets', () => {
  test('without any says what a set is good for; a new one begins with the switches that are on', async () => {
    const scene = await show({ rules: ['strip-date', 'strip-brackets'] });
    expect(screen.getByText('No rule set yet')).toBeVisible();
    expect(screen.getByText('claude-sonnet-4-5-20250929 → claude-sonnet-4-5')).toBeVisible();
    await scene.user.click(button('New rule set'));
    expect(rules()).toEqual(['Rule 1: Strip brackets', 'Rule 2: Strip date']);
    expect((await saved(scene)).ruleSets).toMatchObject([
      { name: 'Rule set', rules: [{ kind: 'strip-brackets' }, { kind: 'strip-date' }], keepOriginal: false },
    ]);
    await scene.user.click(button('New rule set'));
    expect(field('Name')).toHaveValue('Rule set 2');
  });

  test('says which one imports use, and changes it, to the switches as well', async () => {
    const scene = await show({ ruleSets: [set(), set({ id: 'b', name: 'Other' })] });
    await scene.user.click(button('Use “Other” by default'));
    expect((await saved(scene)).ruleSet).toBe('b');
    expect(button('Use “Team” by default')).toBeVisible();
    await scene.user.click(button('Use “Built-in rules” by default'));
    expect((await saved(scene)).ruleSet).toBe('');
  });

  test('duplicates under a free name, and opens the copy', async () => {
    const scene = await show({ ruleSets: [set()] });
    await scene.user.click(button('Duplicate “Team”'));
    expect(field('Name')).toHaveValue('Team 2');
    await waitFor(() => expect(field('Name')).toHaveFocus());
    const { ruleSets } = await saved(scene);
    expect(ruleSets).toMatchObject([{ name: 'Team' }, { name: 'Team 2', rules: set().rules }]);
    expect(ruleSets[0]!.id).not.toBe(ruleSets[1]!.id);
  });

  test('deletes with an undo that puts it back where it was, as it was', async () => {
    const sets = [set(), set({ id: 'b', name: 'Other' })];
    const scene = await show({ ruleSets: sets, ruleSet: 'a' });
    await scene.user.click(button('Delete “Team”'));
    expect(scene.toasts).toEqual(['Rule set “Team” deleted']);
    await waitFor(() => expect(button(/^Other/)).toHaveFocus());
    expect((await saved(scene)).ruleSets).toEqual([sets[1]]);
    await act(async () => scene.undos[0]!());
    expect((await saved(scene)).ruleSets).toEqual(sets);
    expect(screen.getByText('Used by default')).toBeVisible();
  });

  test('exports one set, or all', async () => {
    const scene = await show({ ruleSets: [set(), set({ id: 'b', name: 'My/Own: set' })] });
    await scene.user.click(button('Export “My/Own: set”'));
    await scene.user.click(button('Export all'));
    expect(scene.page.saved.map(({ name }) => name)).toEqual([
      'keyferry-alias-rules-My-Own-set.json',
      'keyferry-alias-rules-all.json',
    ]);
    expect(JSON.parse(scene.page.saved[1]!.text)).toMatchObject({ sets: [{ name: 'Team' }, {}] });
  });
});

describe('a file', () => {
  test('is shown before anything of it is taken; what is here stays, and an equal name gets a number', async () => {
    const here = set();
    const file = ruleSetFile([
      here,
      set({ rules: [] }),
      set({ name: 'Fresh' }),
      set({ name: 'Fresh', rules: [] }),
    ]);
    const scene = await show({ ruleSets: [here] });
    pick(file);
    const contents = within(await screen.findByRole('region', { name: 'Rule sets in “rules.json”' }));
    const boxes = contents.getAllByRole('checkbox');
    expect(boxes[0]).toBeDisabled();
    expect(contents.getByText('You already have this rule set')).toBeVisible();
    expect(contents.getByText(/This one is added as “Team 2”; nothing is overwritten/)).toBeVisible();
    expect(contents.getByText(/This one is added as “Fresh 2”/)).toBeVisible();
    await waitFor(() => expect(contents.getByRole('heading')).toHaveFocus());
    await scene.user.click(boxes[2]!);
    await scene.user.click(boxes[3]!);
    expect(scene.inputs('settings.save')).toEqual([]);
    await scene.user.click(button('Add 1 rule set'));
    expect((await saved(scene)).ruleSets).toMatchObject([here, { name: 'Team 2', rules: [] }]);
    expect(scene.toasts).toEqual(['1 rule set added']);
  });

  test.each([
    ['{}', 'is not a file of KeyFerry’s rename rules'],
    ['{"format":"keyferry-alias-rules","version":2}', 'was written by a newer version of KeyFerry'],
    ['{"format":"keyferry-alias-rules","version":1,"sets":[{}]}', 'is damaged, or contains a rule'],
  ])('that is %s says why it is not taken', async (text, sentence) => {
    const scene = await show();
    pick(text);
    expect(await screen.findByRole('alert')).toHaveTextContent(`“rules.json” ${sentence}`);
    await scene.user.click(button('Dismiss'));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});

describe('the editor', () => {
  test('adds a rule from a menu in plain words, and goes to its field', async () => {
    const scene = await show({ ruleSets: [set({ rules: [] })] });
    await scene.user.click(button('Add a rule'));
    const items = screen.getAllByRole('menuitem');
    expect(items).toHaveLength(11);
    expect(items[0]).toHaveFocus();
    await scene.user.keyboard('{ArrowDown}{End}{Home}{ArrowUp}');
    expect(items[10]).toHaveFocus();
    await scene.user.keyboard('{Escape}');
    expect(button('Add a rule')).toHaveFocus();
    await scene.user.click(button('Add a rule'));
    await scene.user.click(screen.getByRole('menuitem', { name: /^Replace text/ }));
    await waitFor(() => expect(field('Find')).toHaveFocus());
    await scene.user.paste('openai/');
    expect(row('openai/gpt-4o')).toHaveTextContent(
      'Would become “gpt-4o”, which is the name of another model here',
    );
    await enter(scene, field('Replace with'), 'o-');
    expect(row('openai/gpt-4o')).toHaveTextContent('o-gpt-4o');
    await scene.user.click(screen.getByRole('checkbox', { name: 'Match case' }));
    expect((await saved(scene)).ruleSets[0]!.rules).toEqual([
      { kind: 'replace', find: 'openai/', put: 'o-', exact: true },
    ]);
  });

  test('moves rules by buttons and by Alt with the arrows, keeps the focus, and says so', async () => {
    const scene = await show({ ruleSets: [set()] });
    await scene.user.click(button('Move rule 1 down: Strip vendor prefix'));
    expect(rules()[1]).toBe('Rule 2: Strip vendor prefix');
    expect(button('Move rule 2 down: Strip vendor prefix')).toHaveFocus();
    expect(screen.getByText('Rule 1 is now rule 2.')).toBeInTheDocument();
    await scene.user.keyboard('{Alt>}{ArrowDown}{/Alt}');
    expect(rules()[2]).toBe('Rule 3: Strip vendor prefix');
    expect(button('Move rule 3 up: Strip vendor prefix')).toHaveFocus();
    field('Words').focus();
    await scene.user.keyboard('{Alt>}{ArrowDown}{/Alt}');
    expect(rules()).toEqual([
      'Rule 1: Lowercase',
      'Rule 2: Leave out names with these words',
      'Rule 3: Strip vendor prefix',
    ]);
    expect(field('Words')).toHaveFocus();
    expect((await saved(scene)).ruleSets[0]!.rules.map(({ kind }) => kind)).toEqual([
      'lower-case',
      'without',
      'strip-vendor',
    ]);
    await scene.user.click(button('Remove rule 1: Lowercase'));
    expect(rules()).toHaveLength(2);
    expect(button('Add a rule')).toHaveFocus();
  });

  test('keeps the old name where the new one is empty or taken', async () => {
    const scene = await show({ ruleSets: [set(), set({ id: 'b', name: 'Other' })] });
    await enter(scene, field('Name'), 'Other');
    expect(screen.getByText(/Another rule set has this name/)).toBeVisible();
    expect((await saved(scene)).ruleSets[0]!.name).toBe('Team');
    await scene.user.clear(field('Name'));
    expect(screen.getByText(/A rule set needs a name/)).toBeVisible();
    await scene.user.paste(' Mine ');
    expect((await saved(scene)).ruleSets[0]!.name).toBe('Mine');
  });

  test.each([
    ['(', 'This pattern is incomplete'],
    ['(?=a)', '“(?=” is not supported here'],
    ['(a*)*', '“*” repeats something that may be empty'],
    ['(a{99}){99}', 'This pattern is too long'],
  ])('says why the pattern %s is passed over', async (find, sentence) => {
    await show({ ruleSets: [set({ rules: [{ kind: 'pattern', find }] })] });
    expect(field('Pattern')).toBeInvalid();
    expect(field('Pattern')).toHaveAccessibleDescription(new RegExp(sentence.replace(/[()?*]/g, '\\$&')));
  });

  test('saves what is under way when another set is opened', async () => {
    const scene = await show({ ruleSets: [set(), set({ id: 'b', name: 'Other', rules: [] })] });
    await enter(scene, field('Words'), 'mini');
    await scene.user.click(button(/^Other/));
    expect(scene.inputs('settings.save').at(-1)!.settings.ruleSets[0]!.rules[1]).toEqual({
      kind: 'without',
      find: 'mini',
    });
    expect(screen.getByText('No rules yet: every model keeps its name.')).toBeVisible();
  });
});

describe('the preview', () => {
  test('shows each name before and after, what is left out by which rule, and collisions; each can be shown alone', async () => {
    const scene = await show({ ruleSets: [set()] });
    expect(row('Pro/deepseek-ai/DeepSeek-V3')).toHaveTextContent('deepseek-v3');
    expect(screen.getByRole('group', { name: /^Rule 2/ })).toHaveTextContent('1 name');
    expect(row('google/gemini-2.5-pro-preview')).toHaveTextContent(
      'By rule 2: Leave out names with these words',
    );
    await scene.user.click(screen.getByRole('checkbox', { name: /^Keep original names/ }));
    expect(row('Pro/deepseek-ai/DeepSeek-V3')).toHaveTextContent('Keeps its original name as well');
    await scene.user.click(button(/^Left out 1/));
    expect(within(screen.getByRole('list', { name: 'Preview' })).getAllByRole('listitem')).toHaveLength(1);
    await scene.user.click(button(/^Collisions/));
    expect(row('openai/gpt-4o')).toHaveTextContent(
      'Would become “gpt-4o”, which is the name of another model here',
    );
  });

  test('takes names that are pasted', async () => {
    const scene = await show({ ruleSets: [set()] });
    await scene.user.selectOptions(screen.getByLabelText('Try on'), 'Names I paste');
    expect(screen.getByText('No names to show.')).toBeVisible();
    await enter(scene, field('Model names'), 'a/X, "b/Y"\nb/Y\n\nb/x');
    expect(row('b/Y')).toHaveTextContent('y');
    expect(row('b/x')).toHaveTextContent('Would become “x”, but so would “a/X”');
    expect(button(/^All 3/)).toBeVisible();
  });

  test('asks the relay of a key for its models, and says why there are none', async () => {
    const names = [...Array.from({ length: 2_000 }, (_, at) => `v/M-${at}`), 'dall-e-3'];
    const scene = await show(
      { ruleSets: [set()] },
      {
        view: { keys: [keyView(), keyView({ id: 'k2', name: 'Hoshi Relay' })] },
        script: { 'key.models': () => ok(names) },
      },
    );
    const source = screen.getByLabelText('Try on');
    await scene.user.selectOptions(source, '“Work key” at “Hoshi Relay”');
    await waitFor(() => expect(row('v/M-0')).toHaveTextContent('m-0'));
    expect(scene.inputs('key.models')).toEqual([{ keyId: 'k1' }]);
    expect(button(/^All 2,000/)).toBeVisible();
    const list = screen.getByRole('list', { name: 'Preview' });
    expect(within(list).getAllByRole('listitem').length).toBeLessThan(60);
    scene.answer({ 'key.models': () => fail({ code: 'relay-unreachable', host: 'r1.example' }) });
    await scene.user.selectOptions(source, 'Hoshi Relay');
    expect(await screen.findByText('KeyFerry cannot reach r1.example.')).toBeVisible();
  });

  test('lets the user allow a relay that the browser may not reach', async () => {
    const scene = await show(
      { ruleSets: [set()] },
      {
        view: { keys: [keyView()] },
        script: { 'key.models': () => fail({ code: 'relay-permission', host: 'r1.example' }) },
      },
    );
    await scene.user.selectOptions(screen.getByLabelText('Try on'), '“Work key” at “Hoshi Relay”');
    const allow = await screen.findByRole('button', { name: 'Allow access to r1.example' });
    scene.answer({ 'key.models': () => ok(['v/O3']) });
    await scene.user.click(allow);
    expect(scene.page.requested).toEqual(['*://r1.example/*']);
    await waitFor(() => expect(row('v/O3')).toHaveTextContent('o3'));
  });

  test('says for which name a rule took too long', async () => {
    const rule = { kind: 'pattern' as const, find: '[a-z]{0,40}z' };
    const scene = await show({ ruleSets: [set({ rules: [rule] })] });
    await scene.user.selectOptions(screen.getByLabelText('Try on'), 'Names I paste');
    await enter(scene, field('Model names'), 'a'.repeat(4_000));
    expect(screen.getByText(/^Rule 1 took too long for this name/)).toBeVisible();
  });
});
