import { beforeEach, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { browserPage } from '../../src/platform/browser-page';
import { listenForPages } from '../../src/platform/listen-for-pages';

interface Line {
  /** Whether somebody at the other end was told of it. */
  arrived: boolean;
  end(): void;
  disconnect: ReturnType<typeof vi.fn>;
}

/** A browser with lines, which the fake one lacks. A line to nobody ends at once. */
function withLines(): Line[] {
  const [lines, workers]: [Line[], (() => void)[]] = [[], []];
  vi.spyOn(fakeBrowser.runtime.onConnect, 'addListener').mockImplementation((worker) => {
    workers.push(worker as () => void);
  });
  vi.spyOn(fakeBrowser.runtime, 'connect').mockImplementation(() => {
    const ended: (() => void)[] = [];
    const line = { arrived: workers.length > 0, end: () => ended.forEach((listener) => listener()) };
    const disconnect = vi.fn<() => void>();
    lines.push({ ...line, disconnect });
    return { onDisconnect: { addListener: (heard: () => void) => ended.push(heard) }, disconnect } as never;
  });
  return lines;
}

beforeEach(() => {
  fakeBrowser.reset();
  vi.spyOn(fakeBrowser.runtime, 'getManifest').mockReturnValue({ version: '1' } as never);
  vi.spyOn(fakeBrowser.i18n, 'getUILanguage').mockReturnValue('en');
});

test('a page hears when the worker to which it holds a line is stopped', () => {
  const lines = withLines();
  listenForPages(() => undefined);
  const stopped = vi.fn<() => void>();
  browserPage(false).onWorkerStopped(stopped);
  expect(lines).toMatchObject([{ arrived: true }]);
  expect(stopped).not.toHaveBeenCalled();
  lines[0]!.end();
  expect(stopped).toHaveBeenCalledTimes(1);
});

test('a line that is let go of is ended by the page', () => {
  const lines = withLines();
  const letGo = browserPage(false).onWorkerStopped(() => undefined);
  expect(lines[0]!.disconnect).not.toHaveBeenCalled();
  letGo();
  expect(lines[0]!.disconnect).toHaveBeenCalledTimes(1);
});
