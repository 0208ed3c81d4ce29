import { hostOf } from '../base-url';
import { maskKey } from '../mask';
import { memo } from '../memo';
import { baseUrlOf, keyEntries } from './provider';
import { READ_LISTS, type ProxyConfig } from './proxy-config';

/** Whether CLIProxyAPI holds a key, as far as masks tell it: `present` is no proof that the key is served. */
export type Presence = 'unknown' | 'absent' | 'present';

/** What one look at CLIProxyAPI showed of the keys in it: no texts. */
export interface HeldKeys {
  /** Host and mask of each, one a line. */
  marks: string[];
  /** Every list was understood, so that what is missing here is not there. */
  whole: boolean;
}

const PREFIX = 'sk-';
/** Relays and clients leave the `sk-` away or not: one form for both, with four signs on either side. */
const FORM = /^(?:sk-)?(?!sk-)(.{4}).*…(.{4})$/;

function comparable(mask: string): string | undefined {
  const [, head, tail] = FORM.exec(mask) ?? [];
  return head && tail && `${PREFIX}${head}…${tail}`;
}

/** The keys that a configuration holds, as far as they can be told apart by their masks. */
export function heldKeys({ lists }: Pick<ProxyConfig, 'lists'>): HeldKeys {
  const marks = new Set<string>();
  for (const name of READ_LISTS) {
    for (const provider of lists[name] ?? []) {
      const host = hostOf(baseUrlOf(provider));
      for (const entry of keyEntries(provider)) {
        const mask = comparable(maskKey(entry['api-key']?.trim() ?? ''));
        if (mask) marks.add(`${host} ${mask}`);
      }
    }
  }
  return { marks: [...marks], whole: READ_LISTS.every((name) => lists[name] !== undefined) };
}

/** Computed once for each look. */
const setsOf = memo(
  (marks: string[]) => ({
    marks: new Set(marks),
    masks: new Set(marks.map((mark) => mark.slice(mark.indexOf(' ') + 1))),
  }),
  new WeakMap(),
);

/** Whether a key of a relay at `host` is held. `held`: null where CLIProxyAPI was not asked. */
export function presenceOf(held: HeldKeys | null, { host, mask }: { host: string; mask: string }): Presence {
  const shown = held && comparable(mask);
  if (!held || !shown) return 'unknown';
  const { marks, masks } = setsOf(held.marks);
  if (marks.has(`${host} ${shown}`)) return 'present';
  // At another address it may be the same key or one that looks like it.
  return held.whole && !masks.has(shown) ? 'absent' : 'unknown';
}
