import type { Page } from '@playwright/test';
import type { KeyView } from '../../../src/core/view/view.ts';

/**
 * Resolves with a key as pages see it, once its import has ended: nothing is running, and its card is newer than
 * `after`. `proxyId`: of the CLIProxyAPI in question, where it is not the first. Looks again whenever the worker says that the picture has changed.
 */
export function waitForCard(
  desk: Page,
  id: string,
  after: number,
  { patience = 30_000, proxyId }: { patience?: number; proxyId?: string } = {},
): Promise<KeyView> {
  return desk.evaluate(
    ({ keyId, since, timeoutMs, at }) =>
      new Promise<KeyView>((resolve, reject) => {
        const { onChanged } = chrome.storage.session;
        const look = async (): Promise<void> => {
          const message = { name: 'view', input: {}, ...(at && { proxyId: at }) };
          const reply = await chrome.runtime.sendMessage<object, { value?: { keys: KeyView[] } }>(message);
          const key = reply.value?.keys.find((candidate) => candidate.id === keyId);
          if (!key?.card || key.running || key.card.at < since) return;
          stop();
          resolve(key);
        };
        const changed = (): void => void look().catch(() => undefined);
        const timer = setTimeout(() => {
          stop();
          reject(new Error('the import did not end in time'));
        }, timeoutMs);
        const stop = (): void => {
          clearTimeout(timer);
          onChanged.removeListener(changed);
        };
        onChanged.addListener(changed);
        changed();
      }),
    { keyId: id, since: after, timeoutMs: patience, at: proxyId },
  );
}
