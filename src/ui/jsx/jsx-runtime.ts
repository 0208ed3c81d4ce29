import type { ElementType, Key, ReactElement } from 'react';
import * as react from 'react/jsx-runtime';
import { foreignText } from '../../core/foreign-text';

export { Fragment, type JSX } from 'react/jsx-runtime';

/** Where an element has text that is drawn or read out; what stands in a field is the user's own. */
const TEXTS = ['children', 'title', 'aria-label'];

type Props = Record<string, unknown>;

/**
 * React's own, but that every text goes through `foreignText`: names come from relays, and a list of the places where one is
 * drawn would miss the next. A component hands its texts on to elements, so they need no look of their own.
 */
export const jsx = (type: ElementType, props: unknown, key?: Key): ReactElement =>
  react.jsx(type, withSafeTexts(props as Props), key);

export const jsxs = (type: ElementType, props: unknown, key?: Key): ReactElement =>
  react.jsxs(type, withSafeTexts(props as Props), key);

/** The props themselves, unless a text of theirs is another now. */
export function withSafeTexts(props: Props): Props {
  let safe = props;
  for (const name of TEXTS) {
    const given = props[name];
    const drawn = Array.isArray(given) ? allSafe(given) : textSafe(given);
    if (drawn === given) continue;
    if (safe === props) safe = { ...props };
    safe[name] = drawn;
  }
  return safe;
}

const textSafe = (given: unknown): unknown => (typeof given === 'string' ? foreignText(given) : given);

function allSafe(given: unknown[]): unknown[] {
  const drawn = given.map(textSafe);
  return drawn.some((each, at) => each !== given[at]) ? drawn : given;
}
