import * as v from 'valibot';
import { fail, type Result } from '../failures/result';
import { ruleSetSchema, type RuleSet } from './rule-set';

const FORMAT = 'keyferry-alias-rules';
const VERSION = 1;
/** Nobody writes more than that by hand, and it would slow down every later save. */
const MOST_SETS = 50;
const MOST_RULES = 100;
const MAX_CHARS = 500;

/** Why a file gives no sets. */
export type RuleFileProblem = 'foreign' | 'newer' | 'broken' | 'large';

/** Sets as a file, without ids: they mean nothing elsewhere. */
export const ruleSetFile = (sets: readonly RuleSet[]): string =>
  JSON.stringify({ format: FORMAT, version: VERSION, sets: sets.map(({ id: _id, ...set }) => set) }, null, 1);

const fileSchema = v.object({ sets: v.array(v.omit(ruleSetSchema, ['id'])) });

/** Reads such a file; the sets have no ids yet. */
export function readRuleSetFile(text: string): Result<Omit<RuleSet, 'id'>[], RuleFileProblem> {
  let json: { format?: unknown; version?: unknown } | null;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, '')) as typeof json;
  } catch {
    return fail('foreign');
  }
  if (json?.format !== FORMAT) return fail('foreign');
  if (typeof json.version === 'number' && json.version > VERSION) return fail('newer');
  const file = v.safeParse(fileSchema, json);
  if (!file.success || file.output.sets.some(({ name }) => name.trim() === '')) return fail('broken');
  const { sets } = file.output;
  const large =
    sets.length > MOST_SETS ||
    sets.some(
      ({ name, rules }) =>
        rules.length > MOST_RULES ||
        [name, ...rules.flatMap(({ find = '', put = '' }) => [find, put])].some(
          (part) => part.length > MAX_CHARS,
        ),
    );
  return large ? fail('large') : { ok: true, value: sets };
}

/** A name that is not taken: `Name`, else `Name 2`, `Name 3` … */
export function freeName(name: string, taken: readonly string[]): string {
  let free = name.trim();
  for (let number = 2; taken.includes(free); number++) free = `${name.trim()} ${number}`;
  return free;
}

/** The same rules, whatever they are called. */
export const sameRules = (a: Omit<RuleSet, 'id'>, b: Omit<RuleSet, 'id'>): boolean =>
  JSON.stringify(contentOf(a)) === JSON.stringify(contentOf(b));

const contentOf = ({ rules, keepOriginal }: Omit<RuleSet, 'id'>): unknown => [
  keepOriginal,
  rules.map(({ kind, find = '', put = '', exact = false }) => [kind, find, put, exact]),
];

/** The sets that are here, unchanged, and those of a backup. Ids are kept, since settings refer to them. */
export function joinSets(here: readonly RuleSet[], more: readonly RuleSet[]): RuleSet[] {
  const all = [...here];
  for (const set of more) {
    if (all.some(({ id }) => id === set.id)) continue;
    if (all.some((other) => other.name === set.name && sameRules(other, set))) continue;
    all.push({
      ...set,
      name: freeName(
        set.name,
        all.map(({ name }) => name),
      ),
    });
  }
  return all;
}
