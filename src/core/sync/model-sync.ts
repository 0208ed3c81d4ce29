import { modelKind } from '../aliases/model-kind';
import { type ChannelFields } from '../channels/channel';
import { mappedBy, modelTexts, upstreamName, type ModelNames } from '../channels/models';
import { hasWords, passesRules, type ModelRules } from './model-rules';
import { namesOf } from '../channels/compare';

/** A name of the channel whose upstream is no longer listed. */
export interface GoneModel {
  name: string;
  upstream: string;
}

/** A name whose upstream is gone while another that is the same but for date or spelling has come. */
export interface RenamedModel {
  name: string;
  from: string;
  to: string;
}

/** What a look at the upstream found. Nothing of it is done by itself. */
export interface SyncFound {
  added: string[];
  removed: GoneModel[];
  renamed: RenamedModel[];
}

/** What of it the user chose, or (additions only) the schedule may do. */
export interface SyncChoice {
  add: string[];
  remove: string[];
  rename: { name: string; to: string }[];
}

type Names = Pick<ChannelFields, 'models' | 'mapping'>;

/** What its server makes of a channel. */
export interface ChannelTraits {
  /** It holds several keys, and the list is that of one. */
  manyKeys?: boolean;
  /** Mappings are followed over several steps. */
  chains?: boolean;
}

export const NOTHING_FOUND: SyncFound = { added: [], removed: [], renamed: [] };

/**
 * Compares a channel's models with what its upstream lists. A mapped model is looked for by its upstream name; rules say
 * what may be taken in, and never take away. An empty list, or a mapping that is not understood, finds nothing: that a relay
 * lists nothing is no reason to empty a channel. Each finding stands in one of the three lists only.
 */
export function findChanges(
  channel: Names,
  upstream: readonly string[],
  rules: ModelRules,
  { manyKeys = false, chains = true }: ChannelTraits = {},
): SyncFound {
  const names = namesOf(channel);
  const listed = cleaned(upstream);
  if (!names || listed.length === 0) return NOTHING_FOUND;
  const known = new Set(listed);
  const upstreamOf = (name: string): string =>
    chains ? upstreamName(name, names.mapping) : names.mapping.get(name) || name;
  const served = new Set(names.models.map(upstreamOf));
  const kinds = new Set(names.models.map(modelKind));
  const fits = (name: string): boolean =>
    // As an import does, which chooses what can chat: other kinds are for channels that have some, or by a word for them.
    passesRules(name, rules) && (modelKind(name) === 'chat' || kinds.has(modelKind(name)) || hasWords(rules));
  const fresh = listed.filter((name) => !served.has(name) && isFree(name, names) && fits(name));
  // The list is that of one key: what it lacks, another key of the channel may have.
  const gone = (manyKeys ? [] : names.models)
    .map((name): GoneModel => ({ name, upstream: upstreamOf(name) }))
    // A star stands for many names, which no list holds.
    .filter((model) => !known.has(model.upstream) && !model.name.includes('*'));
  const renamed = pairUp(gone, fresh);
  const paired = new Set(renamed.map(({ name }) => name));
  const taken = new Set(renamed.map(({ to }) => to));
  return {
    added: fresh.filter((name) => !taken.has(name)),
    removed: gone.filter(({ name }) => !paired.has(name)),
    renamed,
  };
}

const cleaned = (names: readonly string[]): string[] => [
  // A comma would make two names of one in the server's list.
  ...new Set(names.map((name) => name.trim()).filter((name) => name !== '' && !name.includes(','))),
];

/** Nothing in the channel goes by that name: neither a name that clients ask for, nor one that is mapped away. */
const isFree = (name: string, { models, mapping }: ModelNames): boolean =>
  !models.includes(name) && !mapping.has(name);

/** One to one: where two could be meant, none is. */
function pairUp(gone: readonly GoneModel[], fresh: readonly string[]): RenamedModel[] {
  return gone.flatMap(({ name, upstream }) => {
    const core = modelCore(upstream);
    const rivals = gone.filter((other) => other.upstream !== upstream && modelCore(other.upstream) === core);
    const heirs = fresh.filter((candidate) => modelCore(candidate) === core);
    const [to] = heirs;
    return to !== undefined && heirs.length === 1 && rivals.length === 0
      ? [{ name, from: upstream, to }]
      : [];
  });
}

/** What stays of a model's name when its vendor, its date and its spelling change. */
const modelCore = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^.*\//, '')
    .replace(/[-_@:.]?(?:20\d{2}[-_]?\d{2}[-_]?\d{2}|\d{4}(?=$)|latest)$/, '')
    .replace(/[-_.:\s]/g, '');

/**
 * The channel's names after a choice; undefined if its mapping is not understood or no name would be left (servers take
 * an empty list for "leave it"). What is not chosen stays, a chosen name that is gone meanwhile is passed over, and
 * applying the same choice again changes nothing.
 */
export function applyChoice(channel: Names, choice: SyncChoice): Names | undefined {
  const names = namesOf(channel);
  if (!names) return undefined;
  const removed = new Set(choice.remove);
  const models = names.models.filter((name) => !removed.has(name));
  const mapping = new Map(names.mapping);
  // A renamed model keeps the name that clients ask for.
  for (const { name, to } of choice.rename) {
    if (!models.includes(name)) continue;
    if (name === to) mapping.delete(name);
    else mapping.set(name, to);
  }
  for (const name of cleaned(choice.add)) if (!models.includes(name) && !mapping.has(name)) models.push(name);
  dropUnused(mapping, removed, models);
  return models.length > 0 ? modelTexts({ models, mapping }) : undefined;
}

/** The mapping of a removed name goes with it, unless another name goes by way of it. */
function dropUnused(mapping: Map<string, string>, removed: ReadonlySet<string>, models: string[]): void {
  for (const name of removed) {
    const used = models.some((other) => mappedBy(other, mapping).includes(name));
    if (!used && !models.includes(name)) mapping.delete(name);
  }
}

export const isNothing = ({ added, removed, renamed }: SyncFound): boolean =>
  added.length + removed.length + renamed.length === 0;
