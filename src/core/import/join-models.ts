import type { ChosenModel } from '../aliases/alias-models';
import { clientNameOf, upstreamOf, type ModelMapping } from '../cliproxyapi/provider';
import { groupBy } from '../group-by';
import { askedInstead } from '../cliproxyapi/name-resolution';

/** What joining chosen models with a provider's list did. */
export interface JoinedModels {
  models: ModelMapping[];
  added: ChosenModel[];
  /** Chosen models that are there already and keep the alias that the user gave them earlier. */
  kept: ChosenModel[];
  realiased: { name: string; from: string; to: string }[];
  /** Not taken: CLIProxyAPI would send requests for this name to `by`, or take the name away from it. */
  leftOut: { name: string; alias: string; by: string }[];
  /** Not taken: names that end in round brackets never reach the relay whole. */
  unreachable: { name: string; asked: string }[];
  /** Typed aliases that join the pool of an alias of the same provider. */
  pooled: { name: string; alias: string; by: string }[];
}

/**
 * Joins by the relay's own name. Existing mappings stay as they are (the same objects) unless the user typed another
 * alias for that very model. CLIProxyAPI ignores case when it resolves names inside one provider (seen at 7.2.140). New
 * aliases of existing models come first, as often as one of them frees a name for another, so that joining the same
 * models again finds nothing left to do.
 */
export function joinModels(existing: readonly ModelMapping[], chosen: readonly ChosenModel[]): JoinedModels {
  const joined = nothingJoined(existing);
  const fresh: ModelMapping[] = [];
  const index = indexNames(existing);
  const renames: Rename[] = [];
  const additions: ChosenModel[] = [];
  for (const { name, alias, typed } of chosen) {
    // Trimmed as the server registers them.
    const model = { name: name.trim(), alias: alias.trim(), typed };
    const same = index.byUpstream.get(model.name) ?? [];
    const [only] = same;
    const asked = askedInstead(model.name);
    const there = same.some((mapping) => mapping.alias === model.alias);
    if (asked !== undefined) joined.unreachable.push({ name: model.name, asked });
    else if (same.length > 0 && (!model.typed || there)) joined.kept.push(model);
    else if (only && same.length === 1) renames.push({ model, at: only.at });
    else additions.push(model);
  }
  for (let next = nextRename(index, renames); next; next = nextRename(index, renames)) {
    renames.splice(renames.indexOf(next), 1);
    if (takes(joined, index, next.model)) realias(joined, index, next);
  }
  for (const model of additions) {
    if (!takes(joined, index, model)) continue;
    fresh.push({ name: model.name, alias: model.alias });
    joined.added.push(model);
    addName(index, model);
  }
  joined.models = [...joined.models, ...fresh];
  return joined;
}

interface Rename {
  model: ChosenModel;
  at: number;
}

/** Free names first, then one that is shared by typing, since each may free a name for another. */
const nextRename = (index: Names, renames: readonly Rename[]): Rename | undefined =>
  renames.find(({ model }) => clashesOf(index, model).length === 0) ??
  renames.find(({ model }) => shares(clashesOf(index, model), model)) ??
  renames[0];

const nothingJoined = (existing: readonly ModelMapping[]): JoinedModels => ({
  models: [...existing],
  added: [],
  kept: [],
  realiased: [],
  leftOut: [],
  unreachable: [],
  pooled: [],
});

/** Whether the name can be had: it is free, or the user typed an alias that others have written out too. */
function takes(joined: JoinedModels, index: Names, model: ChosenModel): boolean {
  const clashes = clashesOf(index, model);
  const [first] = clashes;
  if (!first) return true;
  const { name, alias } = model;
  const shared = shares(clashes, model);
  (shared ? joined.pooled : joined.leftOut).push({ name, alias, by: first.upstream });
  return shared;
}

const shares = (clashes: readonly Peer[], model: ChosenModel): boolean =>
  model.typed && clashes.every((peer) => peer.explicit);

const clashesOf = (index: Names, model: ChosenModel): Peer[] =>
  (index.byClient.get(model.alias.toLowerCase()) ?? []).filter((peer) => peer.upstream !== model.name);

interface Peer {
  upstream: string;
  explicit: boolean;
}

interface Names {
  byUpstream: Map<string, (Peer & { at: number; alias: string })[]>;
  byClient: Map<string, Peer[]>;
}

function indexNames(models: readonly ModelMapping[]): Names {
  const names = models.map((model, at) => ({
    at,
    upstream: upstreamOf(model),
    alias: clientNameOf(model),
    explicit: Boolean(model.alias?.trim()),
  }));
  return {
    byUpstream: groupBy(names, ({ upstream }) => upstream),
    byClient: groupBy(names, ({ alias }) => alias.toLowerCase()),
  };
}

function addName({ byClient }: Names, { name, alias }: ChosenModel): void {
  const peers = byClient.get(alias.toLowerCase()) ?? [];
  byClient.set(alias.toLowerCase(), [...peers, { upstream: name, explicit: true }]);
}

function realias(joined: JoinedModels, index: Names, { model, at }: Rename): void {
  const before = joined.models[at];
  if (!before) throw new Error('a rename is of a model in the list');
  const from = clientNameOf(before);
  const peers = index.byClient.get(from.toLowerCase()) ?? [];
  const own = peers.findIndex((peer) => peer.upstream === model.name);
  if (own >= 0) peers.splice(own, 1);
  joined.realiased.push({ name: model.name, from, to: model.alias });
  joined.models[at] = { ...before, alias: model.alias };
  addName(index, model);
}
