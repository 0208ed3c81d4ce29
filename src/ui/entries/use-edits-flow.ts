import type { MessageInput } from '../../contract/messages';
import type { EntriesView } from '../../core/entries/view';
import { ok } from '../../core/failures/result';
import { usePage, type PageContext } from '../page-context';
import { createPlanFlow, draftOf, type PlanFlow, type PlanState } from '../plan-flow';
import { usePlanFlow } from '../use-plan-flow';
import { orderOf, type EditName, type EditsDraft } from './edits-order';

export type ChosenIds = Pick<MessageInput<'entries.open'>, 'keyIds' | 'entries'>;
type EditsState = PlanState<EditsDraft, null, EditsDraft, EntriesView>;

export interface EditsOrder extends ChosenIds {
  editId: string;
  name: EditName;
  onDone(): void;
}

const FRESH: EditsDraft = { text: '', emptied: false };

/** `order` also says failures; `toast` says what the dialog cannot say, since it was closed. */
export function createEditsFlow(
  { ask, order, toast }: Pick<PageContext, 'ask' | 'order' | 'toast'>,
  { editId, name, keyIds, entries, onDone }: EditsOrder,
): PlanFlow<EditsDraft, null, EditsDraft, EntriesView> {
  return createPlanFlow(ask, {
    dialog: () => ({ dialog: 'entries', id: editId }),
    async open(draft: EditsDraft) {
      const opened = await ask('entries.open', { editId, order: orderOf(name, draft), keyIds, entries });
      return opened.ok ? ok({ opened: null, draft, planned: opened.value }) : opened;
    },
    plan: ({ draft }) => ask('entries.plan', { editId, order: orderOf(name, draft) }),
    hashOf: (view) => (view.entries.length > 0 ? view.hash : undefined),
    async apply({ draft }, hash, here) {
      const reply = await order('entries.apply', { editId, order: orderOf(name, draft), hash });
      if (reply.ok && reply.value.kind === 'replan') {
        if (!here()) toast.failure('', { code: 'list-changed' });
        return { kind: 'replan', planned: reply.value.view };
      }
      if (here()) onDone();
      return { kind: 'done' };
    },
    pauseMs: 120,
  });
}

export interface EditsControl {
  state: EditsState;
  draft: EditsDraft;
  edit(change: Partial<EditsDraft>): void;
  again(): void;
  apply(): void;
}

/** The change of many behind an open dialog. */
export function useEditsFlow(edits: EditsOrder): EditsControl {
  const page = usePage();
  const [state, flow] = usePlanFlow(() => createEditsFlow(page, edits), FRESH);
  const draft = draftOf(state) ?? FRESH;
  return {
    state,
    draft,
    edit: (change) => flow.edit({ ...draft, ...change }),
    again: () => void flow.open(draft),
    apply: () => void flow.apply(),
  };
}
