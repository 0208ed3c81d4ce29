import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { comesToRest } from './interface.ts';

/**
 * What axe finds wrong on a page, as lines. In its newer mode the builder opens a tab of its own, which closes the
 * popup; the legacy mode stays in the page, and there are no frames that it could miss.
 */
export async function checkAxe(page: Page): Promise<string[]> {
  await comesToRest(page);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}
