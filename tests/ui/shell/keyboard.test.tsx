// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { ok } from '../../../src/core/failures/result';
import { OptionsApp } from '../../../src/ui/options/app';
import { Keys, importScript } from '../open-dialog';
import { enter, renderPage, type Scene, type SceneOptions } from '../render-page';
import { accountView, keyView, missing, openedImport, proved, running } from '../samples';

const KEYS = [
  keyView({ id: 'k1', name: 'First' }),
  keyView({ id: 'k2', name: 'Second', relayName: 'Kumo', card: proved({ importId: 'i2' }) }),
  keyView({ id: 'k3', name: 'Third', group: 'vip', mask: 'sk-zzzz…9999', accountId: 'a1' }),
];

const show = (options: SceneOptions = {}): Promise<Scene> =>
  renderPage(<Keys />, {
    view: { keys: KEYS, accounts: [accountView()] },
    script: {
      ...importScript(),
      'import.open': ({ keyId }) => ok(openedImport({ keyId })),
      'key.text': ({ keyId }) => ok(`text of ${keyId}`),
      'import.undo': () => ok({ kind: 'undone' }),
    },
    ...options,
  });

const card = (name: string): HTMLElement => screen.getByRole('listitem', { name: new RegExp(`^${name}, `) });
const names = (): string[] =>
  within(screen.getByRole('list', { name: 'Keys' }))
    .getAllByRole('listitem')
    .map((item) => item.getAttribute('aria-label')!.split(',')[0]!);
const search = (): HTMLElement => screen.getByRole('searchbox', { name: 'Search keys' });

describe('the list of keys', () => {
  test('has one card in the order of Tab, and the arrows move between cards without falling off', async () => {
    const { user } = await show();
    expect(KEYS.map(({ name }) => card(name).tabIndex)).toEqual([0, -1, -1]);
    card('First').focus();
    await user.keyboard('{ArrowUp}');
    expect(card('First')).toHaveFocus();
    await user.keyboard('{ArrowDown}');
    expect(card('Second')).toHaveFocus();
    expect(KEYS.map(({ name }) => card(name).tabIndex)).toEqual([-1, 0, -1]);
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(card('Third')).toHaveFocus();
    await user.keyboard('{Home}');
    expect(card('First')).toHaveFocus();
    await user.keyboard('{End}');
    expect(card('Third')).toHaveFocus();
  });

  test('goes on with Tab to the buttons of the card', async () => {
    const { user } = await show();
    card('First').focus();
    await user.tab();
    expect(within(card('First')).getByRole('button', { name: 'Copy key' })).toHaveFocus();
    await user.keyboard('{ArrowDown}');
    expect(card('Second')).toHaveFocus();
  });

  test.each(['i', '{Enter}'])('imports the focused key with %s', async (pressed) => {
    const { user, inputs } = await show();
    card('Third').focus();
    await user.keyboard(pressed);
    expect(await screen.findByRole('button', { name: 'Choose models' })).toBeVisible();
    expect(inputs('import.open')).toEqual([{ keyId: 'k3' }]);
  });

  test.each(['I', '{Shift>}i{/Shift}', '{Shift>}I{/Shift}'])(
    'opens the full dialog with %s',
    async (pressed) => {
      const { user } = await show();
      card('First').focus();
      await user.keyboard(pressed);
      expect(await screen.findByRole('heading', { name: 'Relay offers 2 models' })).toBeVisible();
    },
  );

  test('copies the focused key with c', async () => {
    const { user, page } = await show();
    card('Second').focus();
    await user.keyboard('c');
    await waitFor(() => expect(page.copied).toEqual(['text of k2']));
    expect(await within(card('Second')).findByRole('button', { name: 'Copied' })).toBeVisible();
  });

  test('undoes with z what the focused card shows, and nothing else', async () => {
    const { user, inputs } = await show();
    card('First').focus();
    await user.keyboard('z');
    await user.keyboard('{ArrowDown}z');
    expect(inputs('import.undo')).toEqual([{ importId: 'i2' }]);
  });

  test('lets Enter on a button be the button’s own', async () => {
    const { user, inputs } = await show();
    within(card('First')).getByRole('button', { name: 'More' }).focus();
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('menu')).toBeInTheDocument();
    expect(inputs('import.open')).toEqual([]);
  });

  test.each(['{Control>}c{/Control}', '{Meta>}z{/Meta}', '{Alt>}i{/Alt}'])(
    'leaves %s to the browser',
    async (pressed) => {
      const { user, asked } = await show();
      card('Second').focus();
      await user.keyboard(pressed);
      expect(asked.map(({ name }) => name)).toEqual(['view']);
    },
  );

  test('does nothing by letters on a key whose import is under way', async () => {
    const { user, asked } = await show({ view: { keys: [keyView({ name: 'First', running: running() })] } });
    card('First').focus();
    await user.keyboard('iIcz');
    expect(asked.map(({ name }) => name)).toEqual(['view']);
  });

  test('takes letters only while it has the focus', async () => {
    const { user, asked } = await show();
    await user.keyboard('iIcz');
    await user.type(search(), 'iIcz');
    expect(asked.map(({ name }) => name)).toEqual(['view']);
    expect(search()).toHaveValue('iIcz');
  });
});

describe('the search', () => {
  test('is reached with / and left with the arrow down', async () => {
    const { user } = await show();
    card('Third').focus();
    await user.keyboard('/');
    expect(search()).toHaveFocus();
    expect(search()).toHaveValue('');
    await user.keyboard('/{ArrowDown}');
    expect(search()).toHaveValue('/');
    await user.clear(search());
    await user.keyboard('{ArrowDown}');
    expect(card('First')).toHaveFocus();
  });

  test.each([
    ['third', ['Third']],
    ['KUMO', ['Second']],
    ['vip', ['Third']],
    ['9999', ['Third']],
    ['r1.example', ['First', 'Second', 'Third']],
    [' ', ['First', 'Second', 'Third']],
  ])('for “%s” looks at names, relays, hosts, groups and shown ends', async (text, found) => {
    const scene = await show();
    await enter(scene, search(), text);
    expect(names()).toEqual(found);
  });

  test('is cleared with Escape, which then closes nothing else', async () => {
    const scene = await show();
    await enter(scene, search(), 'nothing like it');
    expect(screen.getByText('No key matches “nothing like it”')).toBeVisible();
    await scene.user.keyboard('{Escape}');
    expect(search()).toHaveValue('');
    expect(names()).toHaveLength(3);
    expect(search()).toHaveFocus();
  });

  test('that finds nothing offers to be cleared', async () => {
    const scene = await show();
    await enter(scene, search(), 'zzzzz');
    await scene.user.click(screen.getByRole('button', { name: 'Clear search' }));
    expect(names()).toHaveLength(3);
  });
});

describe('the filters', () => {
  test('show what is not imported and what is to be looked at, with counts', async () => {
    const { user } = await show({
      view: {
        keys: [
          ...KEYS,
          keyView({ id: 'k4', name: 'Fourth', card: proved({ served: 1, missing: [missing('unknown')] }) }),
        ],
      },
    });
    const chips = within(screen.getByRole('group', { name: 'Show' }));
    expect(chips.getAllByRole('button').map((chip) => chip.textContent)).toEqual([
      'All 4',
      'Not imported 2',
      'To review 1',
      'Served 1',
    ]);
    await user.click(chips.getByRole('button', { name: /^To review/ }));
    expect(names()).toEqual(['Fourth']);
    await user.click(chips.getByRole('button', { name: /^Not imported/ }));
    expect(names()).toEqual(['First', 'Third']);
  });

  test('that leave nothing can be taken back with one click', async () => {
    const { user } = await show();
    await user.click(screen.getByRole('button', { name: /^Served/ }));
    await user.selectOptions(screen.getByRole('combobox', { name: 'Account' }), 'Hoshi');
    expect(await screen.findByText('No keys in this view')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(names()).toHaveLength(3);
  });

  test('tell accounts apart from keys that were entered by hand', async () => {
    const { user } = await show();
    const account = screen.getByRole('combobox', { name: 'Account' });
    await user.selectOptions(account, 'Hoshi');
    expect(names()).toEqual(['Third']);
    await user.selectOptions(account, 'Entered by hand');
    expect(names()).toEqual(['First', 'Second']);
    await user.selectOptions(account, 'All accounts');
    expect(names()).toHaveLength(3);
  });
});

describe('a card keeps its place', () => {
  test('and its focus when its key has been imported', async () => {
    const scene = await show({ page: { isPopup: false } });
    card('First').focus();
    await scene.change({ keys: KEYS.map((key) => ({ ...key, card: proved() })) });
    await screen.findByRole('listitem', { name: /^First.* 4 of 4 models served$/ });
    expect(names()).toEqual(['First', 'Second', 'Third']);
    expect(card('First')).toHaveFocus();
  });

  test('on the page of keys, where the same letters do the same', async () => {
    const scene = await renderPage(<OptionsApp />, {
      view: { keys: KEYS },
      script: importScript(),
      page: { isPopup: false },
    });
    card('First').focus();
    await scene.user.keyboard('{End}i');
    expect(await screen.findByRole('button', { name: 'Choose models' })).toBeVisible();
  });
});
