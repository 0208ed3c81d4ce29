import type { ChosenModel } from './alias-rules';
import { clientNameOf, upstreamOf, type ModelMapping } from './provider';

/** What joining chosen models with a provider's list did. */
export interface JoinedModels {
  models: ModelMapping[];
  added: ChosenModel[];
  /** Chosen models that are there already and keep the alias that the user gave them earlier. */
  kept: ChosenModel[];
  realiased: { name: string; from: string; to: string }[];
  /** Not taken: CLIProxyAPI would send requests for this name to `by`, or take the name away from it. */
  leftOut: { name: string; alias: string; by: string }[];
  /** Typed aliases that join the pool of an alias of the same provider. */
  pooled: { name: string; alias: string; by: string }[];
}

/**
 * Joins by the relay's own name. Existing mappings stay as they are (the same objects) unless the user typed another
 * alias for that very model. Names inside one provider are told apart without regard to case (verified.md section 8).
 * `placement: 'start'` puts new models first, so that a second write of the same content has other bytes: CLIProxyAPI
 * skips the reload of a file whose bytes it believes it has loaded (contract section 3.4).
 */
export function joinModels(
  existing: readonly ModelMapping[],
  chosen: readonly ChosenModel[],
  placement: 'end' | 'start' = 'end',
): JoinedModels {
  const joined: JoinedModels = {
    models: [...existing],
    added: [],
    kept: [],
    realiased: [],
    leftOut: [],
    pooled: [],
  };
  const fresh: ModelMapping[] = [];
  const index = indexNames(existing);
  for (const model of chosen) {
    const same = index.byUpstream.get(model.name.trim()) ?? [];
    if (
      same.length > 0 &&
      (!model.typed || same.some((at) => clientNameOf(joined.models[at]!) === model.alias))
    ) {
      joined.kept.push(model);
      continue;
    }
    const clash = index.byClient
      .get(model.alias.toLowerCase())
      ?.find((peer) => peer.upstream !== model.name.trim());
    if (clash && !(model.typed && clash.explicit)) {
      joined.leftOut.push({ name: model.name, alias: model.alias, by: clash.upstream });
      continue;
    }
    if (clash) joined.pooled.push({ name: model.name, alias: model.alias, by: clash.upstream });
    if (same.length === 1) realias(joined, same[0]!, model);
    else {
      fresh.push({ name: model.name.trim(), alias: model.alias });
      joined.added.push(model);
    }
    addName(index.byClient, model.alias, { upstream: model.name.trim(), explicit: true });
  }
  joined.models = placement === 'end' ? [...joined.models, ...fresh] : [...fresh, ...joined.models];
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
