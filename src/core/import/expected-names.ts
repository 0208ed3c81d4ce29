import type { ChosenModel } from '../aliases/alias-models';
import { clientNameOf, modelsOf, upstreamOf, type Provider } from '../cliproxyapi/provider';
import type { JoinedModels } from './join-models';

/** Under which names the chosen models must be served after the write: the entry's own aliases count. */
export function expectedNames(
  after: Provider,
  chosen: readonly ChosenModel[],
  joined: JoinedModels,
): { name: string; alias: string }[] {
  const leftOut = new Set(joined.leftOut.map(({ name, alias }) => `${name}\n${alias}`));
  const unreachable = new Set(joined.unreachable.map(({ name }) => name));
  const byUpstream = new Map<string, string[]>();
  for (const model of modelsOf(after)) {
    byUpstream.set(upstreamOf(model), [...(byUpstream.get(upstreamOf(model)) ?? []), clientNameOf(model)]);
  }
  const expected = new Map<string, { name: string; alias: string }>();
  for (const model of chosen) {
    const [name, alias] = [model.name.trim(), model.alias.trim()];
    const aliases = byUpstream.get(name) ?? [];
    if (unreachable.has(name) || leftOut.has(`${name}\n${alias}`)) continue;
    const served = aliases.includes(alias) ? alias : aliases[0];
    if (served === undefined) continue;
    // A model chosen under its alias and its own name may be there under one of them only.
    expected.set(`${name}\n${served}`, { name, alias: served });
  }
  return [...expected.values()];
}
