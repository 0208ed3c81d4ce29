/** How a key gets to a target, which is also what is asked first. */
export type TargetKind =
  /** The key alone, to the clipboard. */
  | 'copy'
  /** A link that the operating system gives to a program. */
  | 'link'
  /** CC Switch asks which app. */
  | 'app'
  /** A web page of the user's own choice, with the key in its address. */
  | 'site'
  /** A text that is shown before it is copied. */
  | 'text'
  /** A file that is saved. */
  | 'file'
  /** A server of the user's own, written by the worker after a plan. */
  | 'channel';

interface TargetRow {
  id: string;
  kind: TargetKind;
  /** Its makers' spelling, the same in every language; empty where the act has a name of its own. */
  name: string;
  /** Has an icon of its own on the card unless the user changed it: only what everybody knows by its sign. */
  shown?: true;
}

/** Where a key can be sent beside CLIProxyAPI. */
export const TARGETS = [
  { id: 'copy', kind: 'copy', name: '', shown: true },
  { id: 'cherry-studio', kind: 'link', name: 'Cherry Studio' },
  { id: 'cc-switch', kind: 'app', name: 'CC Switch' },
  { id: 'new-api', kind: 'channel', name: 'New API' },
  { id: 'copy-as', kind: 'text', name: '' },
  { id: 'claude-code-router', kind: 'link', name: 'Claude Code Router' },
  { id: 'aionui', kind: 'link', name: 'AionUI' },
  { id: 'deepchat', kind: 'link', name: 'DeepChat' },
  { id: 'opencat', kind: 'link', name: 'OpenCat' },
  { id: 'nextchat', kind: 'site', name: 'NextChat' },
  { id: 'lobechat', kind: 'site', name: 'LobeChat' },
  { id: 'kelivo', kind: 'text', name: 'Kelivo' },
  { id: 'kilo-code', kind: 'file', name: 'Kilo Code' },
] as const satisfies readonly TargetRow[];

export type Target = (typeof TARGETS)[number];
export type TargetId = Target['id'];
export type TargetOf<K extends TargetKind> = Extract<Target, { kind: K }>['id'];

const BY_ID = Object.fromEntries(TARGETS.map((target) => [target.id, target])) as Record<TargetId, Target>;

export const targetOf = (id: TargetId): Target => BY_ID[id];

export const isTarget = (id: string): id is TargetId => Object.hasOwn(BY_ID, id);

/** How many icons stand on a card before “Send to”, the import and More: with those it fits 400 pixels. */
export const ROW_MOST = 4;

/** The user's order, and whether each stands in the row, as it is stored. */
export type StoredIcons = readonly { id: string; shown: boolean }[];

export interface PlacedTarget {
  target: Target;
  shown: boolean;
}

/**
 * All targets in the user's order. Ids that are no longer known are left out; targets that are newer than the stored
 * order come last, where the table puts them.
 */
export function placeTargets(stored: StoredIcons | undefined): PlacedTarget[] {
  const known = (stored ?? []).flatMap(({ id, shown }) =>
    isTarget(id) ? [{ target: targetOf(id), shown }] : [],
  );
  const rest = TARGETS.filter((target) => known.every((one) => one.target !== target));
  return [...known, ...rest.map((target) => ({ target, shown: !stored && 'shown' in target }))];
}

/** What has an icon on a card, and what is in its menu “Send to”. */
export function splitRow(placed: readonly PlacedTarget[]): { row: Target[]; more: Target[] } {
  const row = placed.filter(({ shown }) => shown).slice(0, ROW_MOST);
  return {
    row: row.map(({ target }) => target),
    more: placed.filter((one) => !row.includes(one)).map(({ target }) => target),
  };
}
