import type { TFunction } from 'i18next';
import { handoffOf } from '../core/handoff/handoff';
import { LINKS } from '../core/handoff/links';
import { targetOf, type TargetOf } from '../core/handoff/targets';
import type { KeyView } from '../core/view';
import type { PageContext } from './page-context';

/** Opens a program with the key, which is revealed first if it is masked. The link is made, opened and dropped. */
export function openProgram(
  { ask, page, handoff, toast }: PageContext,
  t: TFunction,
  key: KeyView,
  id: TargetOf<'link'>,
): Promise<void> {
  return handoff.alone(async () => {
    const text = await ask('key.text', { keyId: key.id });
    if (!text.ok) return toast.failure(key.name, text.failure);
    await page.openLink(LINKS[id](handoffOf(key, text.value)));
    toast.plain(t('handoff.opened', { name: targetOf(id).name }));
  });
}
