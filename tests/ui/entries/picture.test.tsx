// @vitest-environment happy-dom
import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { EntryKey, EntryView } from '../../../src/core/entries/view';
import { ok } from '../../../src/core/failures/result';
import { EntryList } from '../../../src/ui/entries/list';
import { renderPage } from '../render-page';
import { keyView, proved } from '../samples';

const held = (number: number): EntryKey => ({
  mask: `sk-fake…${String(number).padStart(4, '0')}`,
  weight: null,
  proxyUrl: '',
});
const entry = (label: string, index: number, more: Partial<EntryView> = {}): EntryView => ({
  list: 'openai-compatibility',
  id: `hash of ${label}`,
  index,
  label,
  name: label,
  baseUrl: 'https://r1.example/v1',
  paused: false,
  priority: 0,
  prefix: '',
  models: 4,
  keys: [],
  ...more,
});
const ENTRIES = [
  entry('Harbour', 0, { keys: [held(1), held(2), held(3)] }),
  entry('Pier', 1, { keys: [held(1)], paused: true, models: 1 }),
  entry('Lagoon', 2, { list: 'claude-api-key', keys: [held(9)], models: 0 }),
  entry('Shoal', 3),
];
const KEYS = [
  keyView({ id: 'k1', mask: held(1).mask, card: proved() }),
  keyView({ id: 'k2', mask: held(2).mask, card: proved({ served: 1 }) }),
];

async function showList(entries: readonly EntryView[] = ENTRIES) {
  const scene = await renderPage(<EntryList />, {
    view: { keys: KEYS },
    script: { 'entries.list': () => ok([...entries]) },
  });
  await scene.user.click(screen.getByRole('button', { name: 'Show what is in CLIProxyAPI' }));
  const picture = within(await screen.findByRole('list', { name: 'Providers at a glance' }));
  return { scene, picture };
}

test('the picture says each provider in a sentence, and the whole in a line, with one request', async () => {
  const { scene, picture } = await showList();
  expect(picture.getAllByRole('button').map((row) => row.getAttribute('aria-label'))).toEqual([
    '“Harbour”, openai-compatibility: 3 keys (1 served, 1 not checked, as KeyFerry did not import it, 1 needs attention), 4 of 4 models served',
    '“Pier”, openai-compatibility: 1 key (1 switched off), 1 model',
    '“Lagoon”, claude-api-key: 1 key (1 not checked, as KeyFerry did not import it), CLIProxyAPI’s own models',
    '“Shoal”, openai-compatibility: 0 keys, 4 models',
  ]);
  expect(screen.getAllByRole('status')[0]?.textContent).toBe(
    '4 providers, 5 keys, 9 modelsKeys:1 served1 switched off2 not checked, as KeyFerry did not import it1 needs attention',
  );
  expect(scene.inputs('entries.list')).toHaveLength(1);
});

test('a thousand keys are drawn as forty marks, the one in trouble among them, and a number', async () => {
  const many = entry('Pool', 0, { keys: Array.from({ length: 1000 }, (_, number) => held(1000 - number)) });
  const { picture } = await showList([many]);
  const row = picture.getByRole('button');
  expect(row).toHaveTextContent('+960');
  expect(row.getAttribute('aria-label')).toContain(
    '1,000 keys (1 served, 998 not checked, as KeyFerry did not import it, 1 needs',
  );
  const marks = [...row.querySelectorAll('svg path')].map(
    (path) => path.getAttribute('d')?.match(/M/g)?.length,
  );
  expect(marks).toEqual([1, 39]);
});

test('a click on a provider clears the search and leads to it in the list', async () => {
  const { scene, picture } = await showList();
  await scene.user.type(screen.getByRole('searchbox'), 'shoal');
  expect(screen.queryByRole('button', { name: 'Manage “Harbour”' })).toBeNull();
  const row = picture.getByRole('button', { name: /^“Harbour”/ });
  await scene.user.click(row);
  expect(screen.getByRole('button', { name: 'Manage “Harbour”' })).toHaveFocus();
  await scene.user.click(row);
  expect(screen.getByRole('button', { name: 'Manage “Harbour”' })).toHaveFocus();
});

test('the provider of a click is drawn where the list has scrolled elsewhere', async () => {
  const { scene, picture } = await showList(Array.from({ length: 200 }, (_, at) => entry(`Relay ${at}`, at)));
  expect(screen.queryByRole('button', { name: 'Manage “Relay 199”' })).toBeNull();
  // By the keyboard: one stop for the tab key, arrows and End between the rows.
  picture.getByRole('button', { name: /^“Relay 0”/ }).focus();
  await scene.user.keyboard('{End}{Enter}');
  expect(screen.getByRole('button', { name: 'Manage “Relay 199”' })).toHaveFocus();
});
