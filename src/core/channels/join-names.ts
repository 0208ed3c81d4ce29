import { upstreamName, type ModelNames } from './models';

/** A model that a key brings: the relay's name, and the one that clients of the New API see. */
export interface WantedModel {
  name: string;
  alias: string;
}

/** A name that is taken: it goes on meaning `has`, and not `wanted`. */
export interface KeptName {
  alias: string;
  has: string;
  wanted: string;
}

/**
 * Adds names to those of a channel. Nothing is taken away or turned round: a name that answers already keeps its
 * meaning, also where it stands only in the mapping, since another name may go by way of it.
 */
export function joinNames(
  before: ModelNames,
  wanted: readonly WantedModel[],
): { names: ModelNames; added: WantedModel[]; kept: KeptName[] } {
  const models = [...before.models];
  const mapping = new Map(before.mapping);
  const added: WantedModel[] = [];
  const kept: KeptName[] = [];
  for (const { name, alias } of wanted) {
    const listed = models.includes(alias);
    const has = upstreamName(alias, mapping);
    if ((listed || mapping.has(alias)) && has !== name) kept.push({ alias, has, wanted: name });
    else if (!listed && turnsRound(name, alias, mapping)) {
      kept.push({ alias, has: upstreamName(name, mapping), wanted: name });
    } else if (!listed) {
      models.push(alias);
      if (has !== name) mapping.set(alias, name);
      added.push({ name, alias });
    }
  }
  return { names: { models, mapping }, added, kept };
}

/** A new alias would arrive elsewhere, as its upstream name is mapped here, or take along a name that goes by way of it. */
const turnsRound = (name: string, alias: string, mapping: ReadonlyMap<string, string>): boolean =>
  alias !== name && (upstreamName(name, mapping) !== name || [...mapping.values()].includes(alias));
