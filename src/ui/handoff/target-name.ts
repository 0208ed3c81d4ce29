import type { TFunction } from 'i18next';
import type { Target, TargetId } from '../../core/handoff/targets';

/** Targets that are called by what they do. */
const ACTS: Partial<Record<TargetId, 'card.copy' | `handoff.${'copyAs' | 'kelivo' | 'kiloCode'}`>> = {
  copy: 'card.copy',
  'copy-as': 'handoff.copyAs',
  kelivo: 'handoff.kelivo',
  'kilo-code': 'handoff.kiloCode',
};

/** What a target is called in settings: most by their makers' name, acts by a name of their own. */
export function targetName(t: TFunction, { id, name }: Target): string {
  const act = ACTS[id];
  return act ? t(act) : name;
}

/** The same as an order: for menus, and for a button that shows only an icon. */
export const targetAction = (t: TFunction, target: Target): string => {
  const name = targetName(t, target);
  switch (target.id) {
    case 'new-api':
      return t('handoff.importInto', { name });
    case 'kelivo':
      return t('handoff.copyForm', { name });
    case 'kilo-code':
      return t('handoff.saveForm', { name });
    default:
      return name === target.name ? t('handoff.openIn', { name }) : name;
  }
};
