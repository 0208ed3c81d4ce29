import { parsePattern, type Instruction, type PatternProblem } from './parse-pattern';

/** The most steps for one name: 2,000 names take a moment at worst. */
const STEPS = 10_000;

export interface Pattern {
  /** The text with every match replaced (`$1`, `$&`, `$$` as in JavaScript); undefined: it took too many steps. */
  replace(text: string, by: string): string | undefined;
}

/**
 * A regular expression whose work is bounded: all ways of matching are followed side by side (Pike's machine), so time
 * grows with the length of the name, never with the number of ways. The browser's own engine can hang for hours.
 */
export function compilePattern(source: string, ignoreCase: boolean): Pattern | PatternProblem {
  const program = parsePattern(source, ignoreCase);
  if (!Array.isArray(program)) return program;
  return { replace: (text, by) => replaceAll(program, text, by) };
}

function replaceAll(program: Instruction[], text: string, by: string): string | undefined {
  const budget = { left: STEPS };
  let result = '';
  let done = 0;
  for (let from = 0; from <= text.length;) {
    const match = find(program, text, from, budget);
    if (budget.left < 0) return undefined;
    if (!match) break;
    const [start = 0, end = 0] = match;
    result += text.slice(done, start) + filledIn(by, text, match, program);
    done = end;
    from = end > start ? end : end + 1;
  }
  return result + text.slice(done);
}

function filledIn(by: string, text: string, match: Marks, program: Instruction[]): string {
  const groups = Math.max(...program.map((step) => (step.do === 'mark' ? step.at >> 1 : 0)));
  return by.replace(/\$([$&]|\d)/g, (whole, name: string) => {
    if (name === '$') return '$';
    const group = name === '&' ? 0 : Number(name);
    if (group > groups || (group === 0 && name !== '&')) return whole;
    return text.slice(match[group * 2] ?? 0, match[group * 2 + 1] ?? 0);
  });
}

/** Where the match and its groups begin and end, by twos. */
type Marks = readonly (number | undefined)[];
interface Thread {
  step: Extract<Instruction, { do: 'take' | 'end' }>;
  at: number;
  marks: Marks;
}

/** The leftmost match from a place on; of several there, the one that a backtracking engine finds first. */
function find(program: Instruction[], text: string, from: number, budget: { left: number }): Marks | null {
  let threads: Thread[] = [];
  let found: Marks | null = null;
  /** The place for which each step was followed last: a second way to the same step there is no better. */
  const been = new Int32Array(program.length).fill(-1);

  const follow = (list: Thread[], at: number, place: number, marks: Marks): void => {
    const step = program[at];
    if (!step || been[at] === place || budget.left-- < 0) return;
    been[at] = place;
    if (step.do === 'fork') for (const by of step.by) follow(list, at + by, place, marks);
    else if (step.do === 'mark') follow(list, at + 1, place, Object.assign([...marks], { [step.at]: place }));
    else if (step.do === 'forget') follow(list, at + 1, place, withoutMarks(marks, step.from, step.to));
    else if (step.do !== 'look') list.push({ step, at, marks });
    else if (step.test(text, place)) follow(list, at + 1, place, marks);
  };

  for (let place = from; place <= text.length; place++) {
    if (!found) follow(threads, 0, place, []);
    const next: Thread[] = [];
    for (const { step, at, marks } of threads) {
      if (step.do === 'end') {
        found = marks;
        break;
      }
      if (place < text.length && step.test(text.charAt(place))) follow(next, at + 1, place + 1, marks);
    }
    threads = next;
    if (budget.left < 0 || (found && threads.length === 0)) break;
  }
  return found;
}

const withoutMarks = (marks: Marks, from: number, to: number): Marks =>
  marks.map((mark, slot) => (slot >= from && slot < to ? undefined : mark));
