// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { ok } from '../../../src/core/failures/result';
import '../../../src/ui/accounts/accounts-page';
import '../../../src/ui/channels/page';
import '../../../src/ui/history/page';
import '../../../src/ui/import/import-layer';
import '../../../src/ui/new-api/page';
import { OptionsApp } from '../../../src/ui/options/app';
import { PopupApp } from '../../../src/ui/popup/app';
import { channelOf, channelScript, newApiView } from '../channels/samples';
import { renderPage, type SceneOptions } from '../render-page';
import {
  accountView,
  channelItem,
  chosen,
  connectionView,
  failureOf,
  historyItem,
  keyView,
  missing,
  proved,
} from '../samples';

/** What a relay may call its keys, groups, models and itself: it turns around and hides what stands beside it. */
const NAME = '\u202egro.live\u200b שלום';
const DRAWN = '\u2068[U+202E]gro.live[U+200B] שלום\u2069';
const at = { note: NAME, listedName: NAME, relayName: NAME, group: NAME };
const item = { keyName: NAME, newApiName: NAME, relayName: NAME };
const changes = [{ sign: '+', kind: 'models', models: chosen(NAME, `${NAME}2`, `${NAME}3`) } as const];
const card = proved({ served: 0, missing: [missing('not-listed', NAME)] });
const options: SceneOptions = {
  view: {
    keys: [
      keyView({ id: 'k1', name: NAME, ...at, card }),
      keyView({ id: 'k2', name: `${NAME} 2`, ...at, accountId: 'a1', card: proved() }),
    ],
    accounts: [accountView({ name: NAME, failure: { ...failureOf('relay-refusal'), text: NAME } as never })],
    connection: connectionView(),
  },
  script: {
    ...channelScript([channelOf(1, { name: NAME, models: `${NAME},m2`, group: `${NAME},vip`, tag: NAME })]),
    'new-api.list': () => ok([newApiView({ name: NAME })]),
    history: () =>
      ok([
        channelItem({ ...item, channelName: NAME, changes: [{ field: 'name', from: NAME, to: NAME }] }),
        historyItem({ ...item, changes }),
      ]),
  },
};

/** All that is drawn, and what is said of it. */
function texts(): string[] {
  const found: string[] = [];
  for (const element of document.body.querySelectorAll('*')) {
    for (const node of element.childNodes) if (node.nodeType === 3) found.push(node.textContent ?? '');
    for (const name of ['aria-label', 'title']) found.push(element.getAttribute(name) ?? '');
  }
  return found;
}

function expectHarmless(): void {
  const all = texts();
  expect(all.some((text) => text.includes(DRAWN))).toBe(true);
  // Each within bounds of its own, not only within those of its sentence.
  expect(all.filter((text) => /(?<!\u2068\[U\+202E\])gro\.live/.test(text))).toEqual([]);
  const rest = all.map((text) => text.replace(/\u2068[^\u2068\u2069]*\u2069/g, ''));
  expect(rest.filter((text) => /[\u200b\u202e\u2066-\u2069ש]/.test(text))).toEqual([]);
}

test.each(['keys', 'accounts', 'history', 'new-api', 'channels/n1'])(
  'names that turn texts around turn nothing on the page %s',
  async (place) => {
    location.hash = `#/${place}`;
    const { user } = await renderPage(<OptionsApp />, { ...options, page: { isPopup: false } });
    await screen.findByRole('heading', { level: 1 });
    await screen.findAllByText((text) => text.includes('gro.live'));
    expectHarmless();
    for (const closed of document.querySelectorAll<HTMLElement>('main [aria-expanded="false"]'))
      await user.click(closed);
    expectHarmless();
  },
);

test('nor in the popup', async () => {
  await renderPage(<PopupApp />, options);
  expectHarmless();
});
