// @vitest-environment happy-dom
import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { ok } from '../../../src/core/failures/result';
import { HostGrants } from '../../../src/ui/connection/host-grants';
import { renderPage, type Scene } from '../render-page';
import { connectionView } from '../samples';

const OWN = ['http://localhost/*', 'http://127.0.0.1/*'];

async function show(patterns: string[]): Promise<Scene> {
  const scene = await renderPage(<HostGrants />, {
    script: {
      'hosts.list': () => ok(patterns),
      'hosts.revoke': ({ pattern }) => {
        patterns.splice(patterns.indexOf(pattern), 1);
        return ok(true);
      },
    },
  });
  return scene;
}

test('hosts that were asked for by name are listed, this computer is not', async () => {
  await show([...OWN, '*://r1.example/*', 'https://cpa1.example/*']);
  const rows = await screen.findAllByRole('listitem');
  expect(rows.map((row) => row.textContent)).toEqual(['r1.exampleRevoke', 'cpa1.exampleRevoke']);
});

test('where none was allowed, that is said', async () => {
  await show([...OWN]);
  expect(await screen.findByText('No other hosts yet.')).toBeVisible();
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});

test('a host is given back with its own button, and goes when the picture changes', async () => {
  const scene = await show([...OWN, '*://r1.example/*', '*://cpa1.example/*']);
  await scene.user.click(await screen.findByRole('button', { name: 'Revoke r1.example' }));
  expect(scene.inputs('hosts.revoke')).toEqual([{ pattern: '*://r1.example/*' }]);
  await scene.change({ connection: connectionView({ granted: false }) });
  expect(await screen.findByText('cpa1.example')).toBeVisible();
  const list = within(screen.getByRole('list'));
  await expect.poll(() => list.getAllByRole('listitem')).toHaveLength(1);
});
