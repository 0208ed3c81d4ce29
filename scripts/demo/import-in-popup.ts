import { mkdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { OpenedImport } from '../../src/core/import/opened.ts';
import type { KeyView } from '../../src/core/view/view.ts';
import { cardOf, comesToRest, importButton, openPlan, resultOf } from '../../tests/e2e/support/interface.ts';
import type { ExtensionBrowser } from '../../tests/e2e/support/launch.ts';
import { openPopup } from '../../tests/e2e/support/open-popup.ts';
import { waitForCard } from '../../tests/e2e/support/wait-for-card.ts';
import { ROOT } from '../build-extension.ts';
import { must } from './fill-in.ts';
import type { DemoReport } from './report.ts';
import { sayFailure } from './say-failure.ts';
import { readServed } from './served-models.ts';
import type { DemoServers } from './servers.ts';
import { Advice } from '../advice.ts';

const SHOTS = join(ROOT, '.artifacts/demo');

/** The main job, done with clicks in the real popup: the icon of a card, then Import in the sheet. */
export async function importInPopup(
  browser: ExtensionBrowser,
  servers: DemoServers,
  key: KeyView,
): Promise<DemoReport> {
  const { desk } = browser;
  const opened = await readPlan(desk, key);
  const screenshots: string[] = [];
  await rm(SHOTS, { recursive: true, force: true });
  await mkdir(SHOTS, { recursive: true });
  const { page: popup, release } = await openPopup(browser);
  const shoot = async (name: string): Promise<void> => {
    await comesToRest(popup);
    const path = join(SHOTS, `${String(screenshots.length + 1)}-${name}.png`);
    await popup.screenshot({ path });
    screenshots.push(relative(ROOT, path));
  };
  try {
    await cardOf(popup, key.name).waitFor();
    await shoot('keys');
    const plan = await openPlan(popup, key.name);
    const planText = await linesOf(plan.locator('li, p'));
    const button = servers.second ? await alsoTo(popup, servers.second.name) : importButton(popup);
    await shoot('plan');
    const clicked = Date.now();
    await button.click();
    const done = await waitForCard(desk, key.id, clicked);
    await resultOf(popup).waitFor();
    if (servers.second)
      await waitForCard(desk, key.id, clicked, { proxyId: await idOf(desk, servers.second.name) });
    const card = (await cardOf(popup, key.name).getAttribute('aria-label')) ?? '';
    const sheet = await linesOf(resultOf(popup).locator('h2, b, p'));
    await shoot('result');
    return await readOutcome(servers, { key: done, opened, planText, card, sheet, screenshots });
  } finally {
    await release();
  }
}

/** Ticks another CLIProxyAPI in the sheet; the button that then imports to both, which waits for the plan there. */
async function alsoTo(popup: Page, name: string): Promise<Locator> {
  await popup.getByRole('checkbox', { name: new RegExp(`^${name}`) }).check();
  const button = popup.getByRole('button', { name: 'Import to 2 CLIProxyAPIs' });
  await button.waitFor();
  return button;
}

async function idOf(desk: Page, name: string): Promise<string> {
  const { others = [] } = await must(desk, 'view', {});
  return others.find((other) => other.name === name)?.id ?? '';
}

/** What the popup is about to show, as data. Costs the relay and CLIProxyAPI one more look each. */
async function readPlan(desk: Page, key: KeyView): Promise<OpenedImport> {
  const opened = await must(desk, 'import.open', { keyId: key.id });
  if (opened.models.kind === 'refused') throw new Advice(sayFailure(opened.models.failure));
  if (opened.planned.kind === 'failed') throw new Advice(sayFailure(opened.planned.failure));
  if (opened.planned.kind === 'choose')
    throw new Advice(
      'Several providers in CLIProxyAPI have the address of this relay. Import from a window, where you can choose.',
    );
  return opened;
}

/** Each element's text as one line. */
const linesOf = async (elements: Locator): Promise<string[]> =>
  (await elements.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim()).filter(Boolean);

interface Seen {
  key: KeyView;
  opened: OpenedImport;
  planText: string[];
  card: string;
  sheet: string[];
  screenshots: string[];
}

async function readOutcome(servers: DemoServers, seen: Seen): Promise<DemoReport> {
  const { key, opened, planText, sheet, screenshots } = seen;
  if (key.card?.kind === 'failed') throw new Advice(sayFailure(key.card.failure));
  if (key.card?.kind !== 'proved')
    throw new Advice('The import was cut off. Run this again; what was written is found and finished.');
  const { providerName: provider, served, total } = key.card;
  const now = await readServed(servers.proxy);
  const models = opened.draft.models.map(({ name }) => ({ name, alias: now.nameOf(provider, name) }));
  const missingIn = (ids: string[]): string[] =>
    models.filter(({ alias }) => !ids.includes(alias)).map(({ alias }) => alias);
  const missing = missingIn(now.ids);
  const there = servers.second && (await readServed(servers.second)).ids;
  const second = servers.second &&
    there && { cliproxyapi: servers.second.address, v1Models: there, missing: missingIn(there) };
  return {
    ok: missing.length === 0 && served === total && (second?.missing ?? []).length === 0,
    relay: servers.relay.address,
    cliproxyapi: servers.proxy.address,
    key: { name: key.name, mask: key.mask },
    plan: { provider, models, text: planText },
    result: { served, total, card: seen.card, sheet },
    v1Models: now.ids,
    missing,
    ...(second && { second }),
    screenshots,
  };
}
