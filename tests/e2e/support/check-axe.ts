import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

interface Finding {
  id: string;
  nodes: { html: string }[];
}

/**
 * What axe finds wrong on a page, as lines. Run inside the page: the usual builder opens a tab, and that closes the
 * popup. Evaluated text is not held back by the page's own policy.
 */
export async function checkAxe(page: Page): Promise<string[]> {
  const require = createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright'));
  await page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Finding[] }> } };
    return (await axe.run()).violations;
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}
