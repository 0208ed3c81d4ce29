// @vitest-environment happy-dom
import { act, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { RestoreOutcome } from '../../../src/core/connection/restore-outcome';
import { ok } from '../../../src/core/failures/result';
import { KeptFile } from '../../../src/ui/connection/kept-file';
import { renderPage } from '../render-page';

const ACTION = { name: 'Restore config.yaml as it was' };

/** The page with a file that is kept; it is gone where the outcome says so. */
async function shown(outcome: RestoreOutcome = { kind: 'restored', converted: false }) {
  let isKept = true;
  const made = await renderPage(<KeptFile />, {
    script: {
      'file.kept': () => ok(isKept),
      'file.text': () => ok('api-keys: []'),
      'file.restore': () => {
        isKept = false;
        return ok(outcome);
      },
    },
  });
  await screen.findByRole('button', ACTION);
  return { ...made, lose: () => (isKept = false) };
}

test('the file is put back only after a question that says what goes', async () => {
  const { user, inputs } = await shown();
  await user.click(screen.getByRole('button', ACTION));
  const question = screen.getByRole('alertdialog');
  expect(question).toHaveTextContent(
    'All that was written into config.yaml since then is gone, whoever wrote it.',
  );
  expect(screen.getByRole('button', { name: 'Cancel' })).toHaveFocus();
  expect(inputs('file.restore')).toEqual([]);
  await user.click(screen.getByRole('button', ACTION));
  expect(await screen.findByText('config.yaml is as it was before the change.')).toBeVisible();
  expect(inputs('file.restore')).toHaveLength(1);
  expect(screen.queryByRole('button', ACTION)).toBeNull();
});

test.each([
  [{ kind: 'restored', converted: true }, 'The change is undone, but CLIProxyAPI has converted'],
  [{ kind: 'failed', failure: { code: 'file-changed' } }, 'something else was written into it since'],
] as const)('says how it ended: %o', async (outcome, said) => {
  const { user } = await shown(outcome);
  await user.click(screen.getByRole('button', ACTION));
  await user.click(screen.getByRole('button', ACTION));
  await expect.poll(() => document.body.textContent).toContain(said);
});

test('its text goes to the clipboard, and onto no page', async () => {
  const { user, page } = await shown();
  await user.click(screen.getByRole('button', { name: 'Copy the file' }));
  await expect.poll(() => page.copied).toEqual(['api-keys: []']);
  expect(document.body).not.toHaveTextContent('api-keys: []');
});

test('the offer goes with the next write', async () => {
  const { page, lose } = await shown();
  lose();
  act(() => page.pulse());
  await expect.poll(() => screen.queryByRole('button', ACTION)).toBeNull();
});
