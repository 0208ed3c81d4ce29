import { sum } from '../sum';
import type { Change } from './change';

/** So many of each. Settings: fields of a provider or of one of its keys, its name and its switch among them. */
export interface Amounts {
  providers: number;
  keys: number;
  models: number;
  aliases: number;
  settings: number;
}

/** What a plan comes to. `stays`: what is in the list, or in the provider that it is about, and is not touched. */
export type PlanSum = Record<'adds' | 'changes' | 'removes' | 'stays', Amounts>;

const NONE: Amounts = { providers: 0, keys: 0, models: 0, aliases: 0, settings: 0 };
const UNITS = ['providers', 'keys', 'models', 'aliases', 'settings'] as const;
const DEEDS = ['adds', 'changes', 'removes', 'stays'] as const;

export const isNone = (amounts: Amounts): boolean => UNITS.every((unit) => amounts[unit] === 0);

/** Whether a plan writes nothing. */
export const isIdle = ({ adds, changes, removes }: PlanSum): boolean =>
  [adds, changes, removes].every(isNone);

/** Counts the lines of a diff: of an import, an edit or an undo. A setting of what is added is part of that. */
export const sumChanges = (changes: readonly Change[]): PlanSum => sumPlans(changes.map(sumOne));

/** Several plans as one. */
export const sumPlans = (sums: readonly Partial<PlanSum>[]): PlanSum => {
  const all = (deed: keyof PlanSum): Amounts => {
    const total = (unit: keyof Amounts): number => sum(sums.map((one) => one[deed]?.[unit] ?? 0));
    return Object.fromEntries(UNITS.map((unit) => [unit, total(unit)])) as unknown as Amounts;
  };
  return Object.fromEntries(DEEDS.map((deed) => [deed, all(deed)])) as unknown as PlanSum;
};

/** Some of a few units. */
export const amountsOf = (some: Partial<Amounts>): Amounts => ({ ...NONE, ...some });

function sumOne(change: Change): Partial<PlanSum> {
  const of = (some: Partial<Amounts>): Partial<PlanSum> => ({ [DEED[change.sign]]: amountsOf(some) });
  switch (change.kind) {
    // The entry that is joined, and the key in it, are counted by `in-it`.
    case 'provider':
      return change.sign === '=' ? {} : of({ providers: 1 });
    case 'key':
      return change.sign === '=' ? {} : of({ keys: 1 });
    case 'keys':
      return of({ keys: change.masks.length });
    case 'models':
      return of({ models: change.models.length });
    case 'alias':
      return of({ aliases: change.models.length });
    case 'in-it':
      return of({ keys: change.keys, models: change.models, settings: change.fields.length });
    case 'rest':
      return of({ providers: change.providers, keys: change.keys });
    default:
      return change.sign === '+' ? {} : of({ settings: 1 });
  }
}

const DEED = { '+': 'adds', '~': 'changes', '−': 'removes', '=': 'stays' } as const;
