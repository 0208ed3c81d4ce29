import type { EntryChange } from '../../core/cliproxyapi/entry-change';
import { selectList } from '../../core/cliproxyapi/provider-list';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { countTouched, isEditApplied } from '../../core/entries/applied';
import { planEdit, type EditPlan } from '../../core/entries/edit';
import type { EntryEdit } from '../../core/entries/entry-edit';
import { fail, ok, type Result } from '../../core/result';
import type { Ports } from '../ports';
import { editHash, placeOfEntry, type EntryRef } from './open-entry';

/** The plan that passed, and how many entries of its list were already as it makes its own. */
interface Agreed {
  plan: EditPlan;
  counted: number;
}

export interface AgreedEdit {
  /** Plans on the list of the moment, and only passes the plan that the user saw. */
  decide(config: ProxyConfig): Promise<Result<EntryChange | null>>;
  isApplied(config: ProxyConfig): Promise<boolean>;
  /** The plan that passed last. */
  agreed(): Agreed;
  /** Whether the entry was no longer as it was shown. */
  moved(): boolean;
}

export function agreedEdit(
  ports: Pick<Ports, 'hash'>,
  { ref, edit, hash }: { ref: EntryRef; edit: EntryEdit; hash: string },
): AgreedEdit {
  let last: Agreed | undefined;
  let moved = false;
  const isApplied = async (config: ProxyConfig): Promise<boolean> => {
    const list = selectList(config, ref.list);
    return (
      last !== undefined && list.ok && isEditApplied(last.plan.change, list.value.providers, last.counted)
    );
  };
  return {
    async decide(config) {
      if (await isApplied(config)) return ok(null);
      const place = await placeOfEntry(ports, config, ref);
      const fresh = place && planEdit(place, edit);
      const plan = fresh?.ok ? fresh.value : null;
      moved = !place || !plan || (await editHash(ports, plan.change)) !== hash;
      if (!place || !plan || moved) return fail({ code: 'list-changed' });
      last = { plan, counted: countTouched(plan.change, place.providers) };
      return ok(plan.change);
    },
    isApplied,
    agreed() {
      if (!last) throw new Error('nothing was agreed to yet');
      return last;
    },
    moved: () => moved,
  };
}
