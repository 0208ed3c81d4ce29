import { hostOf } from '../../core/base-url';
import type { EntryView } from '../../core/entries/view';
import { indexOf } from '../../core/view/key-index';
import type { KeyView } from '../../core/view/view';

/** How an entry stands, as far as it is known without asking: by itself, or by the cards of the keys in it. */
export type Standing = 'off' | 'empty' | 'served' | 'review' | 'unknown';

/** Tells how entries stand; the keys are gone through once. */
export function standingOf(keys: readonly KeyView[]): (entry: EntryView) => Standing {
  const groups = new Map<string, 'served' | 'review'>();
  for (const key of keys) {
    const { group } = indexOf(key);
    const at = `${key.host} ${key.mask}`;
    if (group === 'served' || (group === 'review' && !groups.has(at))) groups.set(at, group);
  }
  return ({ paused, models, baseUrl, keys: held }) => {
    if (paused) return 'off';
    if (models === 0) return 'empty';
    const said = held.map(({ mask }) => groups.get(`${hostOf(baseUrl)} ${mask}`));
    return said.includes('served') ? 'served' : said.includes('review') ? 'review' : 'unknown';
  };
}
