import { formText } from './copy-forms';
import type { Handoff } from './handoff';

/** What many keys can be copied as, in one text. */
export const MANY_FORMS = ['env', 'pair'] as const;
export type ManyForm = (typeof MANY_FORMS)[number];

/**
 * One block a key. In a `.env` a name counts once, so that from the second key on the names are numbered: nothing of the
 * first would be left otherwise.
 */
export function manyTexts(form: ManyForm, handoffs: readonly Handoff[]): string {
  const seen = new Map<string, number>();
  return handoffs
    .map((handoff) => {
      const text = formText(form, handoff, []);
      if (form !== 'env') return text;
      const named = text.replaceAll(/^([A-Z_]+)=/gm, (_, name: string) => `${numbered(seen, name)}=`);
      return `# ${oneLine(handoff.name)}\n${named}`;
    })
    .join('\n');
}

function numbered(seen: Map<string, number>, name: string): string {
  const count = (seen.get(name) ?? 0) + 1;
  seen.set(name, count);
  return count === 1 ? name : `${name}_${count}`;
}

/** A name of a relay is the user's own text: what would end the comment is no part of it. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');
