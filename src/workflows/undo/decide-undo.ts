import type { FileNotice } from '../../core/connection/file-notice';
import { mayConvert } from '../../core/connection/layout';
import { conversion } from '../../core/cliproxyapi/v8/file-notices';
import type { Change } from '../../core/import/change';
import type { EntryChange } from '../../core/cliproxyapi/entry-change';
import type { ProviderList } from '../../core/cliproxyapi/provider-list';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import type { Converts, OursOnly, UndoConflict } from '../../core/import/opened';
import { contentOf } from '../../core/cliproxyapi/same-entry';
import { sum } from '../../core/sum';
import { fail, ok, type Result } from '../../core/failures/result';
import { isRefused, planUndo, type UndoConflicts, type UndoPlan } from '../../core/undo/plan-undo';
import { undoChanges } from '../../core/undo/undo-changes';
import { joinConflicts } from '../../core/undo/undo-conflict';
import type { ProviderRecord } from '../../storage/journal-schema';
import { isAsLeft } from '../connection/note-told';
import { isAgreed, planHash } from '../cliproxyapi/plan-hash';
import { secretsAtHand } from '../history/entry-records';
import type { Ports } from '../ports';

/** One record that is being undone. */
export interface Undo {
  record: ProviderRecord;
  undoId: string;
  /** The last decision. */
  step?: UndoPlan['steps'][number];
  /** Only our part goes: others changed the entry since. */
  oursOnly?: boolean;
}

export interface Conflict {
  providerName: string;
  lost: UndoConflict;
  /** Identifies exactly these losses; the user agrees by sending it back. */
  hash: string;
  /** What goes if only our part does; absent: where others changed something, nothing of ours can go alone. */
  oursOnly?: OursOnly;
  /** Any write turns config.yaml as a whole into the layout of 8.x. */
  converts?: Converts;
  /** How it does. */
  file?: FileNotice[];
}

/**
 * One change of the list that undoes all records, with each step noted in `undos`; or the conflict, unless the user agreed
 * to exactly that loss, or to take out our part of exactly these entries, and to a conversion of the file where the write
 * makes one. `again`: a write may have arrived already.
 */
export async function decideUndo(
  ports: Ports,
  undos: Undo[],
  { config, list }: { config: ProxyConfig; list: ProviderList },
  { confirmedLoss, again }: { confirmedLoss: string | undefined; again: boolean },
): Promise<Result<EntryChange | Conflict>> {
  // An undo says nothing of what else would be loaded by it.
  if (config.ahead) return fail({ code: 'file-differs' });
  const known = await secretsAtHand(ports, list.providers);
  if (!known.ok) return known;
  const records = undos.map(({ record }) => record);
  const earlier = again ? undos.map(({ step }) => step) : [];
  let changed: UndoConflicts['changed'] = [];
  let plan = planUndo(records, list, known.value, { force: false, earlier });
  const isConfirmed = (identity: string): Promise<boolean> =>
    isAgreed(ports, confirmedLoss, config, identity);
  if (plan.ok && 'changed' in plan.value) {
    const [ours, all] = (['ours', true] as const).map((force) =>
      planUndo(records, list, known.value, { force, earlier }),
    ) as [Plan, Plan];
    const { identities, conflict } = conflictFrom(records, plan.value, { ours, all });
    if (await isConfirmed(identities.all)) plan = all;
    else if (conflict.oursOnly && (await isConfirmed(identities.ours)))
      [plan, changed] = [ours, plan.value.changed];
    else return ok(await named(ports, config, conflict, identities));
  } else if (plan.ok && !again && (await asksToConvert(ports, config)) && !(await isConfirmed(NOTHING_LOST)))
    return ok(await named(ports, config, noLoss(records), { all: NOTHING_LOST, ours: NOTHING_LOST }));
  if (!plan.ok) return plan;
  if ('changed' in plan.value) throw new Error('a forced undo has no conflicts');
  for (const [at, undo] of undos.entries()) {
    const step = plan.value.steps[at] ?? null;
    undo.step = step;
    undo.oursOnly = isOfChanged(step, changed);
  }
  return ok(plan.value.change);
}

/** Whether the write may convert the file, which is none of our own last write. */
const asksToConvert = async (ports: Ports, config: ProxyConfig): Promise<boolean> =>
  mayConvert(config.layout) && !(config.layout === 'hidden' && (await isAsLeft(ports, config)));

/** A conflict before it has the hashes by which the user agrees to it. */
interface Found extends Pick<Conflict, 'providerName' | 'lost'> {
  oursOnly?: Omit<OursOnly, 'hash'>;
}

/** What is agreed to by taking back all, or our part only, as texts that hold keys. */
type Identities = Record<'all' | 'ours', string>;

const NOTHING_LOST = 'nothing lost';

const noLoss = ([first]: readonly ProviderRecord[]): Found => ({
  providerName: first?.providerName ?? '',
  lost: joinConflicts([]),
});

async function named(
  ports: Ports,
  config: ProxyConfig,
  { oursOnly, ...conflict }: Found,
  { all, ours }: Identities,
): Promise<Conflict> {
  return {
    ...conflict,
    hash: await planHash(ports, config, all),
    ...(oursOnly && { oursOnly: { ...oursOnly, hash: await planHash(ports, config, ours) } }),
    ...(mayConvert(config.layout) && {
      converts: all === NOTHING_LOST ? 'only' : 'too',
      file: conversion(config.layout),
    }),
  };
}

function conflictFrom(
  records: readonly ProviderRecord[],
  { changed }: UndoConflicts,
  { ours, all }: { ours: Plan; all: Plan },
): { conflict: Found; identities: Identities } {
  const entries = JSON.stringify(changed.map(({ current }) => current));
  const steps = stepsOf(ours);
  // Where the other undo would lose no more, there is nothing to choose.
  const changes = leftBy(steps) === leftBy(stepsOf(all)) ? [] : changesOf(steps, changed);
  const conflict = {
    providerName: changed[0]?.providerName ?? '',
    lost: joinConflicts(changed.map((one) => one.conflict)),
    ...(changes.length > 0 && {
      oursOnly: {
        changes,
        ownKeys: sum(changed.map(({ ownKeys }) => ownKeys)),
        stays: records.flatMap(({ providerName }, at) => (isRefused(steps[at]) ? [providerName] : [])),
      },
    }),
  };
  return { conflict, identities: { all: entries, ours: JSON.stringify([entries, changes]) } };
}

type Plan = Result<UndoPlan | UndoConflicts>;
type Steps = UndoPlan['steps'];

const stepsOf = (plan: Plan): Steps => (plan.ok && 'steps' in plan.value ? plan.value.steps : []);

/** What each step leaves of its entry, as one text. */
const leftBy = (steps: Steps): string =>
  JSON.stringify(
    steps.map((step) => (step && !isRefused(step) ? step.put && contentOf(step.put) : (step?.code ?? ''))),
  );

/** The rows of the entries that others changed, and that stay without our part. */
const changesOf = (steps: Steps, changed: UndoConflicts['changed']): Change[] =>
  steps.flatMap((step) => {
    if (!step || isRefused(step)) return [];
    const { list, before, after } = step.change;
    return isOfChanged(step, changed) && before && after ? undoChanges(list, before, after) : [];
  });

const isOfChanged = (step: Steps[number], changed: UndoConflicts['changed']): boolean =>
  step !== null && !isRefused(step) && changed.some(({ current }) => current === step.change.before);
