import type { TFunction } from 'i18next';
import { handoffOf } from '../../core/handoff/handoff';
import { LINKS } from '../../core/handoff/links';
import { targetOf, type TargetId, type TargetOf } from '../../core/handoff/targets';
import type { KeyView } from '../../core/view/view';
import type { PageContext } from '../page-context';
import { startChannel } from '../channel-import/start-channel';
import { copyKey } from './use-send';

/** Copies, or opens a program that the user was told about before, or a plan; asks first for all else. */
export async function sendKey(context: PageContext, t: TFunction, key: KeyView, id: TargetId): Promise<void> {
  const { view, handoff, toast } = context;
  const target = targetOf(id);
  const state = view.getState();
  const told = state.kind === 'ready' ? state.view.settings.told : [];
  if (target.kind === 'copy') {
    const said = await copyKey(context, key);
    if (said) toast.plain(t(said));
  } else if (target.kind === 'link' && told.includes(target.id)) {
    await openProgram(context, t, key, target.id);
  } else if (target.kind === 'channel') {
    await startChannel(context, key.id);
  } else handoff.open(key.id, id);
}

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
