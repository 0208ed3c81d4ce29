// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { amountsOf, sumPlans } from '../../../src/core/import/plan-sum';
import { ok } from '../../../src/core/failures/result';
import type { RuleSet } from '../../../src/core/aliases/rule-set';
import type { Settings } from '../../../src/core/view/settings';
import { BatchDialog } from '../../../src/ui/batch/dialog';
import { proposedModels } from '../../../src/core/aliases/proposed-models';
import { dialogOf, openFull, openSheet, type DialogScene } from '../open-dialog';
import { renderPage, setWidth } from '../render-page';
import { draftOf, keyView, view } from '../samples';

const NAMES = ['openai/gpt-4o', 'Claude-X', 'gemini-preview', 'a/claude-x', 'dall-e-3'];
const sets: RuleSet[] = [
  {
    id: 'a',
    name: 'Team',
    keepOriginal: true,
    rules: [{ kind: 'strip-vendor' }, { kind: 'without', find: 'preview' }],
  },
  {
    id: 'b',
    name: 'Plain',
    keepOriginal: false,
    rules: [{ kind: 'lower-case' }, { kind: 'pattern', find: '(?=x)' }],
  },
];
const settings = (more: Partial<Settings> = {}): Settings => ({
  ...view().settings,
  ruleSets: sets,
  ruleSet: 'a',
  ...more,
});
const opened = {
  models: { kind: 'listed', names: NAMES, via: 'browser' } as const,
  draft: draftOf({ models: proposedModels(NAMES, sets[0]!).models }),
};
const openWith = async (more: Partial<Settings> = {}): Promise<DialogScene> => {
  const scene = await openFull(opened, { view: { settings: settings(more) } });
  await scene.user.click(screen.getByRole('button', { name: /^Rename rules/ }));
  return scene;
};

const rules = (): HTMLElement => within(dialogOf()).getByLabelText('Rule set');
const models = ({ draft }: DialogScene): string[] =>
  draft().models.map(({ name, alias }) => (name === alias ? name : `${name} = ${alias}`));
const TEAM = ['openai/gpt-4o = gpt-4o', 'openai/gpt-4o', 'Claude-X', 'a/claude-x'];

describe('in the dialog of an import', () => {
  test('the set in use is named, and what it does beside renaming is said', async () => {
    const scene = await openWith();
    expect(rules()).toHaveDisplayValue('Team');
    expect(models(scene)).toEqual(TEAM);
    expect(dialogOf()).toHaveTextContent('“Team” leaves out 1 model.');
    expect(dialogOf()).toHaveTextContent('1 name stays: “Team” would make it a duplicate.');
    expect(screen.getByText('also under its own name')).toBeVisible();
    expect(screen.getByText('openai/gpt-4o → gpt-4o')).toBeVisible();
    expect(screen.queryByRole('group', { name: 'Rename rules' })).not.toBeInTheDocument();
  });

  test('another set brings back what this one left out, and is remembered for the relay', async () => {
    const scene = await openWith();
    await scene.user.selectOptions(rules(), 'Plain');
    expect(models(scene)).toEqual(['openai/gpt-4o', 'Claude-X = claude-x', 'gemini-preview', 'a/claude-x']);
    expect(dialogOf()).toHaveTextContent('1 rule of “Plain” cannot be used and is skipped.');
    expect(scene.inputs('settings.save').at(-1)?.settings).toMatchObject({
      ruleSet: 'a',
      relayRules: { 'r1.example': 'b' },
    });
    await scene.user.selectOptions(rules(), 'Team');
    expect(models(scene)).toEqual(TEAM);
  });

  test('of a list that is longer than one key brings, another set brings what there was no room for', async () => {
    const names = [...Array.from({ length: 5_000 }, (_, n) => `Old-${n}`), 'New-1'];
    const none = { rules: [], keepOriginal: false };
    const narrow: RuleSet = {
      ...sets[1]!,
      id: 'n',
      name: 'Narrow',
      rules: [{ kind: 'without', find: 'Old' }],
    };
    const scene = await openFull(
      {
        models: { kind: 'listed', names, via: 'browser' },
        draft: draftOf({ models: proposedModels(names, none).models }),
      },
      { view: { settings: settings({ ruleSets: [sets[1]!, narrow], ruleSet: 'b' }) } },
    );
    await scene.user.click(screen.getByRole('button', { name: /^Rename rules/ }));
    await scene.user.selectOptions(rules(), 'Narrow');
    expect(models(scene)).toEqual(['New-1']);
    await scene.user.selectOptions(rules(), 'Plain');
    expect(models(scene)).toHaveLength(5_000);
  });

  test('the switches can be chosen in place of a set', async () => {
    const scene = await openWith();
    await scene.user.selectOptions(rules(), 'Built-in rules');
    await scene.user.click(screen.getByRole('checkbox', { name: /^Lowercase/ }));
    expect(models(scene)).toContain('Claude-X = claude-x');
    expect(scene.inputs('settings.save').at(-1)?.settings).toMatchObject({
      rules: ['lower-case'],
      relayRules: { 'r1.example': '' },
    });
  });

  test('a model that the set leaves out can be chosen by hand, and stays', async () => {
    const scene = await openWith();
    const offered = screen.getByRole('list', { name: /^Relay offers/ });
    const box = within(within(offered).getByTitle('gemini-preview').parentElement!).getByRole('checkbox');
    expect(within(offered).getByText('left out by rules')).toBeVisible();
    await scene.user.click(box);
    expect(within(offered).queryByText('left out by rules')).not.toBeInTheDocument();
    expect(models(scene)).toContain('gemini-preview');
    await scene.user.click(screen.getByRole('button', { name: 'Edit the alias of “openai/gpt-4o”' }));
    const alias = screen.getByRole('textbox', { name: 'Alias of “openai/gpt-4o”' });
    await scene.user.clear(alias);
    await scene.user.type(alias, 'mine');
    expect(alias).toHaveFocus();
    await scene.user.keyboard('{Enter}');
    expect(models(scene)).toEqual(
      expect.arrayContaining(['gemini-preview', 'openai/gpt-4o = mine', 'openai/gpt-4o']),
    );
    await scene.user.click(screen.getByRole('button', { name: 'Use “gpt-4o” again' }));
    expect(models(scene)[0]).toBe('openai/gpt-4o = gpt-4o');
  });

  test('in the popup, too, each model shows its alias', async () => {
    setWidth(400);
    const scene = await openWith();
    expect(screen.getByText('gpt-4o')).toBeVisible();
    await scene.user.selectOptions(rules(), 'Built-in rules');
    expect(screen.queryByText('gpt-4o')).not.toBeInTheDocument();
  });
});

test('the short sheet says what the set leaves out', async () => {
  await openSheet(opened, { view: { settings: settings() } });
  expect(dialogOf()).toHaveTextContent('“Team” leaves out 1 model.');
});

test('a batch has one choice for all its keys, which is remembered once they are imported', async () => {
  const plan = {
    providers: [],
    skipped: [],
    pooled: { names: 0, others: [] },
    leftOut: 0,
    dropped: 3,
    beyond: { models: 0, names: [] },
    barred: [],
    sum: sumPlans([{ adds: amountsOf({ keys: 2 }) }]),
    keys: 2,
    unchanged: false,
    hash: 'h1',
  };
  const scene = await renderPage(
    <BatchDialog
      batchId="x"
      keyIds={['k1', 'k2']}
      onClose={() => undefined}
      onImporting={() => undefined}
      onRetry={() => undefined}
    />,
    {
      view: {
        settings: settings(),
        keys: [
          keyView(),
          keyView({ id: 'k2', address: 'https://r2.example' }),
          keyView({ id: 'k3', address: 'https://r3.example' }),
        ],
      },
      script: {
        'batch.open': () => ok(plan),
        'batch.plan': () => ok(plan),
        'batch.apply': () => ok({ kind: 'done', served: 2, total: 2, importId: 'b1' }),
      },
    },
  );
  const choice = await screen.findByLabelText('Rename rules');
  expect(choice).toHaveDisplayValue('As chosen for each relay');
  expect(dialogOf()).toHaveTextContent('The rename rules leave out 3 models.');
  await scene.user.selectOptions(choice, 'Plain');
  expect(scene.inputs('batch.plan').at(-1)?.options).toMatchObject({ ruleSet: 'b' });
  expect(dialogOf()).toHaveTextContent('1 rule of “Plain” cannot be used and is skipped.');
  expect(scene.inputs('settings.save')).toEqual([]);
  await waitFor(() => expect(screen.getByRole('button', { name: 'Import 2 keys' })).toBeEnabled());
  await scene.user.click(screen.getByRole('button', { name: 'Import 2 keys' }));
  expect(scene.inputs('batch.apply')).toMatchObject([{ options: { ruleSet: 'b' } }]);
  expect(scene.inputs('settings.save').at(-1)?.settings.relayRules).toEqual({
    'r1.example': 'b',
    'r2.example': 'b',
  });
});
