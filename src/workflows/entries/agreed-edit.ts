import { selectList } from '../../core/cliproxyapi/provider-list';
import { countTouched, isEditApplied } from '../../core/entries/applied';
import { editIdentity, planEdit, type EditPlan } from '../../core/entries/edit';
import type { EntryEdit } from '../../core/entries/entry-edit';
import { fail, ok } from '../../core/failures/result';
import { agreed, type Agreed } from '../cliproxyapi/agreed';
import type { Ports } from '../ports';
import { placeOfEntry, type EntryRef } from './open-entry';

/** A plan, and how many entries of its list were already as it makes its own. */
export interface CountedEdit extends EditPlan {
  counted: number;
}

/** The decisions of an edit. An entry that is no longer as it was shown fails with `list-changed`, as another plan does. */
export const agreedEdit = (
  ports: Ports,
  { ref, edit, hash }: { ref: EntryRef; edit: EntryEdit; hash: string },
): Agreed<CountedEdit> =>
  agreed<CountedEdit>(ports, hash, {
    async plan(config) {
      const place = await placeOfEntry(ports, config, ref);
      const plan = place && planEdit(place, edit);
      return place && plan?.ok && plan.value
        ? ok({ ...plan.value, counted: countTouched(plan.value.change, place.providers) })
        : fail({ code: 'list-changed' });
    },
    identityOf: editIdentity,
    changeOf: ({ change }) => change,
    isHeld({ change, counted }, config) {
      const list = selectList(config, ref.list);
      return list.ok && isEditApplied(change, list.value.providers, counted);
    },
  });
