// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ok } from '../../../src/core/failures/result';
import { BanNote } from '../../../src/ui/connection/ban-note';
import { CliproxyapiPage } from '../../../src/ui/connection/cliproxyapi-page';
import { renderPage, type Scene } from '../render-page';
import { connectionView, report } from '../samples';

const NOW = new Date(2030, 0, 2, 12, 0, 0, 250).getTime();
const UNTIL = NOW + 27 * 60_000 + 41_000;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number): Promise<unknown> => act(() => vi.advanceTimersByTimeAsync(ms));
const tick = (): boolean =>
  fireEvent.click(screen.getByRole('checkbox', { name: 'Check once when the ban ends' }));

test('the note of a ban says until when', async () => {
  await renderPage(
    <BanNote until={UNTIL} now={NOW} host="cpa1.example" testThen={false} onTestThen={() => undefined} />,
  );
  expect(screen.getByRole('status')).toHaveTextContent(
    /^cpa1\.example has banned this computer until 12:27\sPM$/,
  );
});

describe('the settings during a ban', () => {
  const show = (): Promise<Scene> =>
    renderPage(<CliproxyapiPage />, {
      view: { connection: connectionView({ halted: { code: 'banned', until: UNTIL } }) },
      script: { 'connection.save': () => ok(true), 'connection.check': () => ok(report()) },
    });
  const shown = (): HTMLElement => document.querySelector('.text-danger.tabular-nums')!;

  test('count down each second, and announce it each minute only', async () => {
    await show();
    expect(shown()).toHaveTextContent('27:41');
    const announced = screen.getByText(/has banned this computer until/);
    await pass(1000);
    expect(shown()).toHaveTextContent('27:40');
    await pass(39_000);
    expect(shown()).toHaveTextContent('27:01');
    expect(screen.getByText(/has banned this computer until/)).toBe(announced);
    await pass(2000);
    expect(shown()).toHaveTextContent('26:59');
    expect(screen.getByText(/has banned this computer until/)).not.toBe(announced);
  });

  test('let nothing be tested, and let it be tested when it is over', async () => {
    const { inputs } = await show();
    const button = screen.getByRole('button', { name: 'Save and check' });
    expect(button).toBeDisabled();
    await pass(27 * 60_000 + 42_000);
    expect(button).toBeEnabled();
    expect(screen.queryByText(/has banned this computer until/)).not.toBeInTheDocument();
    expect(inputs('connection.check')).toEqual([]);
  });

  test('are tested once by themselves when it is over, if that was wanted', async () => {
    const { inputs } = await show();
    tick();
    await pass(27 * 60_000 + 40_000);
    expect(inputs('connection.check')).toEqual([]);
    // Second by second: what is drawn anew in between counts too.
    for (let second = 0; second < 10; second++) await pass(1000);
    await pass(10 * 60_000);
    expect(inputs('connection.check')).toHaveLength(1);
  });
});
