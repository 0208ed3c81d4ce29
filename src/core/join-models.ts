import type { ChosenModel } from './alias-rules';
import { clientNameOf, upstreamOf, type ModelMapping } from './provider';
import { askedInstead } from './reach';

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
 * alias for that very model. Names inside one provider are told apart without regard to case (verified.md section 8).
 */
export function joinModels(existing: readonly ModelMapping[], chosen: readonly ChosenModel[]): JoinedModels {
  const joined: JoinedModels = {
    models: [...existing],
    added: [],
    kept: [],
    realiased: [],
    leftOut: [],
    unreachable: [],
    pooled: [],
  };
  const fresh: ModelMapping[] = [];
  const index = indexNames(existing);
  for (const { name, alias, typed } of chosen) {
    // Trimmed as the server registers them.
    const model = { name: name.trim(), alias: alias.trim(), typed };
    if (askedInstead(model.name)) {
      joined.unreachable.push({ name: model.name, asked: askedInstead(model.name)! });
      continue;
    }
    const same = index.byUpstream.get(model.name) ?? [];
    if (
      same.length > 0 &&
      (!model.typed || same.some((at) => clientNameOf(joined.models[at]!) === model.alias))
    ) {
      joined.kept.push(model);
      continue;
    }
    const peers = index.byClient.get(model.alias.toLowerCase()) ?? [];
    const clashes = peers.filter((peer) => peer.upstream !== model.name);
    const [clash] = clashes;
    if (clash && !(model.typed && clashes.every((peer) => peer.explicit))) {
      joined.leftOut.push({ name: model.name, alias: model.alias, by: clash.upstream });
      continue;
    }
    if (clash) joined.pooled.push({ name: model.name, alias: model.alias, by: clash.upstream });
    if (same.length === 1) realias(joined, same[0]!, model);
    else {
      fresh.push({ name: model.name, alias: model.alias });
      joined.added.push(model);
    }
    addName(index.byClient, model.alias, { upstream: model.name, explicit: true });
  }
  joined.models = [...joined.models, ...fresh];
  return joined;
}

interface Peer {
  upstream: string;
  explicit: boolean;
}

function indexNames(models: readonly ModelMapping[]): {
  byUpstream: Map<string, number[]>;
  byClient: Map<string, Peer[]>;
} {
  const byUpstream = new Map<string, number[]>();
  const byClient = new Map<string, Peer[]>();
  for (const [at, model] of models.entries()) {
    const upstream = upstreamOf(model);
    byUpstream.set(upstream, [...(byUpstream.get(upstream) ?? []), at]);
    addName(byClient, clientNameOf(model), { upstream, explicit: Boolean(model.alias?.trim()) });
  }
  return { byUpstream, byClient };
}

function addName(byClient: Map<string, Peer[]>, clientName: string, peer: Peer): void {
  const key = clientName.toLowerCase();
  const peers = byClient.get(key);
  if (peers) peers.push(peer);
  else byClient.set(key, [peer]);
}

function realias(joined: JoinedModels, at: number, model: ChosenModel): void {
  const before = joined.models[at]!;
  joined.realiased.push({ name: model.name, from: clientNameOf(before), to: model.alias });
  joined.models[at] = { ...before, alias: model.alias };
}
