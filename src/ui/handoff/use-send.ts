import { useTranslation } from '../use-translation';
import type { TargetId } from '../../core/handoff/targets';
import type { KeyView } from '../../core/view/view';
import { usePage, type PageContext } from '../page-context';

/** What a click on a target does. */
export function useSend(): (key: KeyView, id: TargetId) => Promise<void> {
  const { t } = useTranslation();
  const context = usePage();
  return async (key, id) => {
    const { sendKey } = await import('./send-key');
    await sendKey(context, t, key, id);
  };
}

/**
 * Copies the key alone; a masked key is revealed first. Returns the text that says so, or undefined if nothing was
 * copied.
 */
export async function copyKey(
  { ask, page, toast }: PageContext,
  key: KeyView,
): Promise<'handoff.copiedForAMinute' | 'common.copied' | undefined> {
  const text = await ask('key.text', { keyId: key.id });
  if (text.ok) return (await page.copySecret(text.value)) ? 'handoff.copiedForAMinute' : 'common.copied';
  toast.failure(key.name, text.failure);
  return undefined;
}
