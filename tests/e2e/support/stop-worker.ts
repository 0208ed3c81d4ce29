import type { ExtensionBrowser } from './launch.ts';

interface Version {
  versionId: string;
  scriptURL: string;
  runningStatus: string;
}

/**
 * Ends the extension's worker as the browser itself does. Resolves when the browser reports it stopped; the next
 * message starts it again. Returns false if it was asleep already.
 */
export async function stopWorker(browser: ExtensionBrowser): Promise<boolean> {
  const session = await browser.context.newCDPSession(browser.desk);
  const ours = new Map<string, string>();
  let wake = (): void => undefined;
  session.on('ServiceWorker.workerVersionUpdated', ({ versions }: { versions: Version[] }) => {
    for (const { versionId, scriptURL, runningStatus } of versions)
      if (scriptURL.includes(browser.id)) ours.set(versionId, runningStatus);
    wake();
  });
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition())
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  };
  await session.send('ServiceWorker.enable');
  await until(() => ours.size > 0);
  const running = [...ours].find(([, status]) => status === 'running' || status === 'starting')?.[0];
  if (running !== undefined) {
    await session.send('ServiceWorker.stopWorker', { versionId: running });
    await until(() => ours.get(running) === 'stopped');
  }
  await session.detach();
  return running !== undefined;
}
