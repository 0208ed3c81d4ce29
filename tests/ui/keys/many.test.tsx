// @vitest-environment happy-dom
import { act, cleanup, screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { KeyView } from '../../../src/core/view/view';
import { KeyBoard } from '../../../src/ui/keys/board';
import '../../../src/ui/keys/selects';
import '../../../src/ui/keys/table';
import { useView } from '../../../src/ui/use-view';
import { Keys } from '../open-dialog';
import { bringUp, enter, renderPage, setListSize, setWidth, settle, type Scene } from '../render-page';
import { accountView, keyView, missing, proved, settings } from '../samples';

const MANY = 1_000;
const keys = (count = MANY): KeyView[] =>
  Array.from({ length: count }, (_, at) =>
    keyView({ id: `a/${at}`, name: `Key ${at}`, relayName: `Relay ${at % 3}` }),
  );

function Board() {
  return <KeyBoard view={useView()} />;
}

const drawn = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-key]')];
const focused = (): string | undefined => (document.activeElement as HTMLElement).dataset['key'];
const names = (): (string | undefined)[] => drawn().map(({ dataset }) => dataset['key']);

const showPopup = (
  view: Scene['change'] extends (view: infer V) => unknown ? V : never = {},
): Promise<Scene> => renderPage(<Keys />, { view: { keys: keys(), ...view } });
async function showCards(): Promise<Scene> {
  setWidth(1400);
  setListSize(1_000, 1_200);
  return renderPage(<Board />, { page: { isPopup: false }, view: { keys: keys() } });
}
async function showTable(): Promise<Scene> {
  setWidth(1400);
  const view = { keys: keys(), settings: settings({ keysAs: 'table' }) };
  return renderPage(<Board />, { page: { isPopup: false }, view });
}

describe.each([
  ['in the popup', showPopup],
  ['as cards on a page', showCards],
  ['as a table', showTable],
])('a thousand keys %s', (_where, show) => {
  test('are drawn as far as they are in sight, and say how many there are', async () => {
    await show();
    expect(drawn().length).toBeGreaterThan(5);
    expect(drawn().length).toBeLessThan(60);
    const [, second] = drawn();
    if (screen.queryByRole('table')) {
      expect(screen.getByRole('table')).toHaveAttribute('aria-rowcount', String(MANY + 1));
      expect(second).toHaveAttribute('aria-rowindex', '3');
    } else {
      expect(second).toHaveAttribute('aria-setsize', String(MANY));
      expect(second).toHaveAttribute('aria-posinset', '2');
    }
  });

  test('end with the last key, which End reaches, and begin with the first, to which Home leads back', async () => {
    const { user } = await show();
    act(() => drawn()[0]!.focus());
    await user.keyboard('{End}');
    expect(focused()).toBe(`a/${MANY - 1}`);
    await user.keyboard('{ArrowUp}{Home}');
    expect(focused()).toBe('a/0');
    expect(drawn().length).toBeLessThan(60);
  });

  test('are all chosen with Ctrl+A on a page on which nothing has the focus yet', async () => {
    const { user } = await show();
    expect(document.body).toHaveFocus();
    await user.keyboard('{Control>}a{/Control}');
    expect(await screen.findByText('1,000 selected')).toBeVisible();
  });

  test('are searched with / on such a page, and left alone by letters', async () => {
    const { user, asked } = await show();
    await user.keyboard('ic/');
    const search = screen.getByRole('searchbox');
    expect(search).toHaveFocus();
    await user.keyboard('key 99');
    expect(names()).toEqual(['a/99', ...Array.from({ length: 10 }, (_, at) => `a/${990 + at}`)]);
    await user.keyboard('{ArrowDown}');
    expect(focused()).toBe('a/99');
    expect(asked.map(({ name }) => name)).toEqual(['view']);
  });

  test('keep the one with the focus in the document when it goes out of sight', async () => {
    const { user } = await show();
    act(() => drawn()[3]!.focus());
    await user.keyboard('{End}');
    // No frame is laid out here: the list still draws its first rows, and the last one because of its focus.
    expect(names().slice(0, 2)).toEqual(['a/0', 'a/1']);
    expect(names().at(-1)).toBe(`a/${MANY - 1}`);
    expect(drawn().filter(({ tabIndex }) => tabIndex === 0)).toEqual([document.activeElement]);
  });
});

describe('cards beside one another', () => {
  test('are walked in all four directions, and not beyond the ends', async () => {
    const { user } = await showCards();
    act(() => drawn()[0]!.focus());
    const steps = [
      'ArrowDown',
      'ArrowRight',
      'ArrowRight',
      'ArrowUp',
      'ArrowUp',
      'ArrowLeft',
      'End',
      'ArrowUp',
      'ArrowDown',
    ];
    const seen: unknown[] = [];
    for (const step of steps) {
      await user.keyboard(`{${step}}`);
      seen.push(focused());
    }
    // Three columns: 1,000 keys leave one in the last row.
    expect(seen).toEqual(['a/3', 'a/4', 'a/5', 'a/2', 'a/2', 'a/1', 'a/999', 'a/996', 'a/999']);
  });

  test('are chosen with Shift from one row to the next, all that lie between', async () => {
    const { user } = await showCards();
    act(() => drawn()[1]!.focus());
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}');
    expect(await screen.findByText('4 selected')).toBeVisible();
  });
});

describe('a list is narrowed', () => {
  const mixed = [
    keyView({ id: 'k1', name: 'One', relayName: 'A relay' }),
    keyView({ id: 'k2', name: 'Two', card: proved({ list: 'claude-api-key', at: 5 }) }),
    keyView({ id: 'k3', name: 'Three', card: proved({ served: 1, missing: [missing('disabled')], at: 9 }) }),
    keyView({
      id: 'k4',
      name: 'Four',
      card: {
        kind: 'failed',
        failure: { code: 'relay-unreachable', host: 'h1.example' },
        importId: null,
        root: '',
        at: 7,
      },
    }),
  ];
  const choose = async ({ user }: Scene, name: string, value: string): Promise<void> =>
    user.selectOptions(screen.getByRole('combobox', { name }), value);

  test.each([
    ['Relay', 'A relay', ['k1']],
    ['List in CLIProxyAPI', 'Claude’s API', ['k2']],
    ['Reason', 'the provider is switched off', ['k3']],
    ['Reason', 'KeyFerry cannot reach h1.example.', ['k4']],
    ['Sort by', 'Sort: last import', ['k3', 'k4', 'k2', 'k1']],
  ])('by %s: %s, on the page and in the popup', async (name, value, expected) => {
    setWidth(1400);
    const page = await renderPage(<Board />, { page: { isPopup: false }, view: { keys: mixed } });
    await choose(page, name, value);
    expect(names()).toEqual(expected);
    await act(settle);
    page.container.remove();
    const popup = await showPopup({ keys: mixed });
    await bringUp(within(popup.container).getByRole('button', { name: 'Filter and sort' }));
    await popup.user.selectOptions(within(popup.container).getByRole('combobox', { name }), value);
    const shown = [...popup.container.querySelectorAll<HTMLElement>('[data-key]')];
    expect(shown.map(({ dataset }) => dataset['key'])).toEqual(expected);
  });

  test('which is remembered until the browser is closed, without what was typed', async () => {
    let note: unknown;
    const page = {
      note: { load: async () => undefined, get: () => note, set: (next: unknown) => void (note = next) },
    };
    const scene = await renderPage(<Keys />, { view: { keys: mixed }, page });
    await scene.user.click(screen.getByRole('button', { name: /^To review/ }));
    await bringUp(screen.getByRole('button', { name: 'Filter and sort' }));
    await choose(scene, 'Sort by', 'Sort: name');
    await scene.user.type(screen.getByRole('searchbox'), 'sk-typed');
    expect(JSON.stringify(note)).not.toContain('typed');
    cleanup();
    await renderPage(<Keys />, { view: { keys: mixed }, page });
    expect(names()).toEqual(['k4', 'k3']);
    expect(screen.getByRole('button', { name: /^To review/ })).toHaveAttribute('aria-pressed', 'true');
    expect(screen.getByRole('searchbox')).toHaveValue('');
    await bringUp(screen.getByRole('button', { name: 'Filter and sort' }));
    expect(screen.getByRole('combobox', { name: 'Sort by' })).toHaveDisplayValue('Sort: name');
  });

  test('and what is set is counted where it is folded away, and cleared in one click', async () => {
    const scene = await showPopup({ keys: mixed });
    await bringUp(screen.getByRole('button', { name: 'Filter and sort' }));
    await choose(scene, 'Relay', 'A relay');
    await choose(scene, 'List in CLIProxyAPI', 'Claude’s API');
    const button = screen.getByRole('button', { name: 'Filter and sort: 2 filters set' });
    await scene.user.click(button);
    expect(screen.queryByRole('combobox', { name: 'Relay' })).not.toBeInTheDocument();
    expect(screen.getByText('No keys in this view')).toBeVisible();
    await scene.user.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(names()).toHaveLength(4);
  });

  test('a reason whose last key is mended is still named, and its key stays until another is chosen', async () => {
    const scene = await showPopup({ keys: mixed });
    await bringUp(screen.getByRole('button', { name: 'Filter and sort' }));
    await choose(scene, 'Reason', 'the provider is switched off');
    await act(() => scene.change({ keys: mixed.map((key) => ({ ...key, card: proved() })) }));
    expect(screen.getByRole('combobox', { name: 'Reason' })).toHaveDisplayValue(
      'the provider is switched off',
    );
    expect(names()).toEqual(['k3']);
  });

  test.each([
    ['Relay', 'A relay'],
    ['Group', 'vip'],
    ['At the relay', 'Switched off'],
    ['List in CLIProxyAPI', 'Claude’s API'],
    ['Reason', 'Registered, not proved by a request'],
    ['Reason', 'Listed, not proved for this key'],
    ['Account', 'Entered by hand'],
  ])('by %s: %s, it says so when no key is left of which that is true', async (name, value) => {
    const before = [
      ...mixed,
      keyView({ id: 'k5', group: 'vip', status: 'disabled' }),
      keyView({ id: 'k6', card: proved({ unsure: true }) }),
      keyView({ id: 'k7', card: proved({ basis: 'listed' }) }),
    ];
    const scene = await showPopup({ keys: before, accounts: [accountView()] });
    if (name !== 'Account') await bringUp(screen.getByRole('button', { name: 'Filter and sort' }));
    await choose(scene, name, value);
    await act(() => scene.change({ keys: [keyView({ id: 'k9', accountId: 'a1' })], accounts: [] }));
    const control = screen.getByRole('combobox', { name });
    expect(control).toHaveDisplayValue(value);
    await scene.user.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(names()).toEqual(['k9']);
    expect(screen.queryByRole('combobox', { name })).not.toBeInTheDocument();
  });

  test('to an account that is removed, it is not said to show all', async () => {
    const accounts = [accountView(), accountView({ id: 'a2', name: 'Kumo' })];
    const scene = await showPopup({ keys: [keyView({ accountId: 'a1' }), keyView({ id: 'k2' })], accounts });
    await choose(scene, 'Account', 'Hoshi');
    await act(() => scene.change({ keys: [keyView({ id: 'k2' })], accounts: accounts.slice(1) }));
    expect(screen.getByRole('combobox', { name: 'Account' })).toHaveDisplayValue('Removed account');
  });

  test('by a text that is none of those keys’ it can be had back', async () => {
    const scene = await showPopup({ keys: mixed });
    await enter(scene, screen.getByRole('searchbox'), 'nowhere');
    await scene.user.click(screen.getByRole('button', { name: 'Clear search' }));
    expect(names()).toHaveLength(4);
  });
});
