import { useTranslation } from 'react-i18next';
import { targetOf, type TargetId } from '../core/handoff/targets';
import type { KeyView } from '../core/view';
import { usePage } from './page-context';

/**
 * What a click on a target does: copies, opens a program that the user was told about before, and asks first for all
 * else.
 */
export function useSend(): (key: KeyView, id: TargetId) => Promise<void> {
  const { t } = useTranslation();
  const context = usePage();
  const copy = useCopyKey();
  return async (key, id) => {
    const { view, handoff, toast } = context;
    const target = targetOf(id);
    const state = view.getState();
    const told = state.kind === 'ready' ? state.view.settings.told : undefined;
    if (target.kind === 'copy') {
      if (await copy(key)) toast.plain(t('common.copied'));
    } else if (target.kind === 'link' && told?.includes(target.id)) {
      const { openProgram } = await import('./open-program');
      await openProgram(context, t, key, target.id);
    } else handoff.open(key.id, id);
  };
}

/** Copies the key alone; one that is masked is revealed first. Tells whether it was copied. */
export function useCopyKey(): (key: KeyView) => Promise<boolean> {
  const { ask, page, toast } = usePage();
  return async (key) => {
    const text = await ask('key.text', { keyId: key.id });
    if (text.ok) await page.copyText(text.value);
    else toast.failure(key.name, text.failure);
    return text.ok;
  };
}
