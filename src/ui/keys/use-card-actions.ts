import { isTarget } from '../../core/handoff/targets';
import { useSend } from '../handoff/use-send';
import { useStartImport } from '../import/start-import';
import { usePage } from '../page-context';

/** What a letter does on the focused card. */
export function useCardActions(): (action: string, card: HTMLElement) => void {
  const { view, imports } = usePage();
  const start = useStartImport();
  const send = useSend();
  return (action, element) => {
    const state = view.getState();
    const key =
      state.kind === 'ready' ? state.view.keys.find(({ id }) => id === element.dataset['key']) : undefined;
    if (!key || key.running) return;
    if (action === 'import' || action === 'full') void start(key.id, action === 'full');
    if (isTarget(action)) {
      // The button of a target shows how it went; targets under More have none.
      const button = element.querySelector<HTMLElement>(`[data-target="${action}"]`);
      if (button) button.click();
      else void send(key, action);
    }
    if (action === 'undo' && key.card?.kind === 'proved' && key.card.importId)
      void imports.undo(key.card.importId, key.name, undefined, key.id);
  };
}
