/** One step of the matching machine; `fork` names the steps to go on with, preferred first, as offsets from itself. */
export type Instruction =
  | { do: 'take'; test(character: string): boolean }
  | { do: 'look'; test(text: string, place: number): boolean }
  | { do: 'mark'; at: number }
  | { do: 'forget'; from: number; to: number }
  | { do: 'fork'; by: number[] }
  | { do: 'end' };

/** Why a pattern is not used. `part`: the characters that are not understood. */
export interface PatternProblem {
  problem: 'broken' | 'unknown' | 'endless' | 'long';
  part: string;
}

const MAX_CHARS = 200;
const MOST_STEPS = 300;

interface Piece {
  steps: Instruction[];
  /** It can match nothing at all. */
  empty: boolean;
}

/**
 * Reads the common part of JavaScript's regular expressions: characters, classes, `.`, `^ $ \b`, groups, `|` and all
 * quantifiers. Not: lookahead, lookbehind, references to groups, escapes by number.
 */
export function parsePattern(source: string, ignoreCase: boolean): Instruction[] | PatternProblem {
  if (source.length > MAX_CHARS) return { problem: 'long', part: '' };
  try {
    // Only read, never run: the reader below need not check the syntax.
    void new RegExp(source);
  } catch {
    return { problem: 'broken', part: '' };
  }
  const reader = createReader(source, ignoreCase);
  try {
    const { steps } = reader.either();
    return [{ do: 'mark', at: 0 }, ...steps, { do: 'mark', at: 1 }, { do: 'end' }];
  } catch (error) {
    if (error instanceof Unusable) return { problem: error.problem, part: error.part };
    throw error;
  }
}

class Unusable extends Error {
  constructor(
    readonly problem: PatternProblem['problem'],
    readonly part = '',
  ) {
    super(problem);
  }
}

function createReader(source: string, ignoreCase: boolean): { either(): Piece } {
  let at = 0;
  let groups = 0;
  const takes = (text: string): boolean => source.startsWith(text, at) && Boolean((at += text.length));

  const either = (): Piece => {
    const piece = sequence();
    return takes('|') ? oneOf(piece, either()) : piece;
  };

  const sequence = (): Piece => {
    const whole: Piece = { steps: [], empty: true };
    while (at < source.length && source[at] !== '|' && source[at] !== ')') {
      const before = groups;
      const piece = repeated(atom(), before);
      whole.steps.push(...piece.steps);
      whole.empty &&= piece.empty;
      if (whole.steps.length > MOST_STEPS) throw new Unusable('long');
    }
    return whole;
  };

  const repeated = (piece: Piece, before: number): Piece => {
    const [quantifier, least, comma, most] = /^(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})/.exec(source.slice(at)) ?? [];
    if (quantifier === undefined) return piece;
    at += quantifier.length;
    const lazy = takes('?');
    if (piece.empty) throw new Unusable('endless', quantifier);
    const min = Number(least ?? quantifier === '+');
    const max = quantifier === '?' ? 1 : least && !comma ? min : Number(most || Infinity);
    if (piece.steps.length * Math.max(min, max === Infinity ? 1 : max) > MOST_STEPS)
      throw new Unusable('long');
    // Each round begins without what its groups held in the last one, as in JavaScript.
    const round: Instruction[] =
      groups > before
        ? [{ do: 'forget', from: before * 2 + 2, to: groups * 2 + 2 }, ...piece.steps]
        : piece.steps;
    return { steps: rounds(round, min, max, lazy), empty: min === 0 };
  };

  const atom = (): Piece => {
    if (takes('^')) return look((_, place) => place === 0);
    if (takes('$')) return look((text, place) => place === text.length);
    if (takes('(')) return group();
    const [part = ''] = /^(?:\[(?:\\.|[^\]\\])*\]|\\.|.)/s.exec(source.slice(at)) ?? [];
    at += part.length;
    if (part === '\\b') return look(isEdge);
    if (part === '\\B') return look((text, place) => !isEdge(text, place));
    const [odd] = /\\[a-zA-Z0-9](?<!\\[bdDwWsStnrfv])/.exec(part) ?? [];
    if (odd) throw new Unusable('unknown', odd);
    // The browser decides about one character at a time; that cannot take long.
    const one = new RegExp(`^(?:${part.replace(/^[{}\]]$/, '\\$&')})$`, ignoreCase ? 'i' : '');
    return { steps: [{ do: 'take', test: (character) => one.test(character) }], empty: false };
  };

  const group = (): Piece => {
    const [odd] = /^\?(?!:)<?[=!]?/.exec(source.slice(at)) ?? [];
    if (odd) throw new Unusable('unknown', `(${odd}`);
    const number = takes('?:') ? 0 : ++groups;
    const inner = either();
    takes(')');
    if (number === 0) return inner;
    const mark = (slot: number): Instruction => ({ do: 'mark', at: slot });
    return { ...inner, steps: [mark(number * 2), ...inner.steps, mark(number * 2 + 1)] };
  };

  return { either };
}

const oneOf = (first: Piece, second: Piece): Piece => ({
  steps: [
    { do: 'fork', by: [1, first.steps.length + 2] },
    ...first.steps,
    { do: 'fork', by: [second.steps.length + 1] },
    ...second.steps,
  ],
  empty: first.empty || second.empty,
});

const look = (test: (text: string, place: number) => boolean): Piece => ({
  steps: [{ do: 'look', test }],
  empty: true,
});

const isWord = (character = ''): boolean => /\w/.test(character);
const isEdge = (text: string, place: number): boolean => isWord(text[place - 1]) !== isWord(text[place]);

function rounds(round: Instruction[], min: number, max: number, lazy: boolean): Instruction[] {
  const fork = (over: number): Instruction => ({ do: 'fork', by: lazy ? [over, 1] : [1, over] });
  const must = Array.from({ length: min }, () => round).flat();
  if (max === Infinity)
    return [...must, fork(round.length + 2), ...round, { do: 'fork', by: [-round.length - 1] }];
  let may: Instruction[] = [];
  for (let left = max - min; left > 0; left--) may = [fork(round.length + may.length + 1), ...round, ...may];
  return [...must, ...may];
}
