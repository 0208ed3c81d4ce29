import { modelsOf, type ModelMapping, type Provider } from '../provider';
import type { ListName } from '../lists/list-traits';

/** Of Vertex, a model without a name or an alias stays in the file and is not loaded (CLIProxyAPI 8.0). */
const isLoaded = ({ name, alias }: ModelMapping): boolean => Boolean(name?.trim() && alias?.trim());

const drops = (list: ListName, { models }: Provider): boolean =>
  list === 'vertex-api-key' && Array.isArray(models) && !models.every(isLoaded);

/** An entry of the file as memory has it. */
export const asLoaded = (list: ListName, entry: Provider): Provider =>
  drops(list, entry) ? { ...entry, models: modelsOf(entry).filter(isLoaded) } : entry;

/** A changed entry with the models of its former self in the file that were not loaded, each behind what it stood behind. */
export function withUnloaded(list: ListName, file: Provider, entry: Provider): Provider {
  if (!drops(list, file)) return entry;
  const models = [...modelsOf(entry)];
  let last: ModelMapping | undefined;
  for (const model of modelsOf(file)) {
    if (isLoaded(model)) last = models.find((one) => isSame(one, model)) ?? last;
    else {
      models.splice(last ? models.indexOf(last) + 1 : 0, 0, model);
      last = model;
    }
  }
  return { ...entry, models };
}

const isSame = (a: ModelMapping, b: ModelMapping): boolean =>
  a.name?.trim() === b.name?.trim() && a.alias?.trim() === b.alias?.trim();
