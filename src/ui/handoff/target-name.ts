import type { TFunction } from 'i18next';
import type { Target } from '../../core/handoff/targets';

/** What a target is called in menus and settings: most by their makers' name, acts by a name of their own. */
export function targetName(t: TFunction, { id, name }: Target): string {
  switch (id) {
    case 'copy':
      return t('card.copy');
    case 'copy-as':
      return t('handoff.copyAs');
    case 'kelivo':
      return t('handoff.kelivo');
    case 'kilo-code':
      return t('handoff.kiloCode');
    default:
      return name;
  }
}

/** The same as an order, for a button that shows only an icon. */
export const targetAction = (t: TFunction, target: Target): string => {
  const name = targetName(t, target);
  if (target.kind === 'channel') return t('handoff.importInto', { name });
  return name === target.name ? t('handoff.sendTo', { name }) : name;
};
