import { goDuration } from '../management/auth.ts';
import { modelsOf, text } from '../management/normalise.ts';
import { noBlock, type Credential, type ModelState, type Registry } from './registry.ts';
import type { Entry } from '../management/schema.ts';

/** The model a caller named, with what it asks for in brackets: `name(high)`. */
export interface RouteModel {
  id: string;
  suffix: string;
}

export function routeModel(registry: Registry, requested: string): RouteModel | undefined {
  const id = requested.trim();
  if (registry.serving(id).length > 0) return { id, suffix: '' };
  const match = /^(.+)\(([^()]*)\)$/.exec(id);
  const base = match?.[1]?.trim() ?? '';
  return registry.serving(base).length > 0 ? { id: base, suffix: match![2]! } : undefined;
}

/** One attempt: a credential, and the name the model has behind it. */
export interface Attempt {
  credential: Credential;
  upstreamModel: string;
  /** Under which name the outcome is remembered. */
  stateKey: string;
  model: Entry | undefined;
}

/** Hands out credentials and pooled names in turn. */
export class Turns {
  private readonly counts = new Map<string, number>();

  rotate<T>(key: string, items: readonly T[]): T[] {
    if (items.length < 2) return [...items];
    const count = this.counts.get(key) ?? 0;
    this.counts.set(key, count + 1);
    const at = count % items.length;
    return [...items.slice(at), ...items.slice(0, at)];
  }
}

/**
 * Names behind a model of one credential. An alias wins over a name, and letter case does not count in either: so one
 * model can stand in front of another that is listed just as well.
 */
export function namesBehind(
  credential: Credential,
  id: string,
): { name: string; model: Entry | undefined }[] {
  const wanted = withoutPrefix(credential, id).toLowerCase();
  const models = modelsOf(credential.entry);
  const named = (model: Entry, field: string): string => text(model, field).trim();
  const pool = new Map<string, { name: string; model: Entry }>();
  for (const model of models) {
    if (named(model, 'alias').toLowerCase() !== wanted) continue;
    const name = named(model, 'name') || withoutPrefix(credential, id);
    if (!pool.has(name.toLowerCase())) pool.set(name.toLowerCase(), { name, model });
  }
  if (pool.size > 0) return [...pool.values()];
  const first = models.find((model) => named(model, 'name').toLowerCase() === wanted);
  return [
    first
      ? { name: named(first, 'name'), model: first }
      : { name: withoutPrefix(credential, id), model: first },
  ];
}

function withoutPrefix({ entry }: Credential, id: string): string {
  const prefix = text(entry, 'prefix');
  return prefix !== '' && id.startsWith(`${prefix}/`) ? id.slice(prefix.length + 1) : id;
}

export function attemptsOf(credential: Credential, id: string, turns: Turns): Attempt[] {
  const names = namesBehind(credential, id);
  const bare = withoutPrefix(credential, id).toLowerCase();
  const rotated = turns.rotate(`${credential.id}|${bare}`, names);
  return rotated.map(({ name, model }) => {
    const stateKey = names.length > 1 || name.toLowerCase() === bare ? name : id;
    return { credential, upstreamModel: name, stateKey, model };
  });
}

/** Those with the highest priority among the ready ones, in turn since the last reload; then the next lower. */
export function inOrder(
  credentials: readonly Credential[],
  id: string,
  turns: Turns,
  generation: number,
): Credential[] {
  const ready = credentials.filter((credential) => blockOf(credential, id) === undefined);
  const priorities = [...new Set(ready.map(priorityOf))].toSorted((a, b) => b - a);
  const group = (priority: number): Credential[] => ready.filter((item) => priorityOf(item) === priority);
  return priorities.flatMap((priority) => turns.rotate(`${generation}|${id}|${priority}`, group(priority)));
}

const priorityOf = ({ entry }: Credential): number => (entry['priority'] as number | undefined) ?? 0;

/** Why a credential is not asked. A pool of names is looked at only once the credential is chosen. */
export function blockOf(credential: Credential, id: string): ModelState | undefined {
  const names = namesBehind(credential, id);
  if (names.length > 1) return undefined;
  const bare = withoutPrefix(credential, id).toLowerCase();
  const name = names[0]!.name;
  return stateBlocking(credential, name.toLowerCase() === bare ? name : id);
}

export function stateBlocking({ states, now }: Credential, key: string): ModelState | undefined {
  const state = states.get(key);
  return state && state.blockedUntil > now() ? state : undefined;
}

/** The answer when nobody is ready: a cooldown if all wait for their quota, else unavailable. */
export function nobodyReady(
  credentials: readonly Credential[],
  id: string,
): { status: number; error: object } {
  const providers = [...new Set(credentials.map(({ provider }) => provider))];
  const blocks = credentials.map((credential) => blockOf(credential, id));
  if (!blocks.every((block) => block?.quota === true)) {
    const message = `auth_unavailable: no auth available (providers=${providers.join(',')}, model=${id})`;
    return { status: 503, error: { message, type: 'server_error', code: 'internal_server_error' } };
  }
  const left = Math.min(...blocks.map((block, i) => block!.blockedUntil - credentials[i]!.now()));
  const seconds = Math.max(Math.ceil(left / 1000), 1);
  const only = providers.length === 1 ? providers[0] : undefined;
  const message = `All credentials for model ${id} are cooling down${only === undefined ? '' : ` via provider ${only}`}`;
  const reset = { reset_seconds: seconds, reset_time: goDuration(seconds * 1000) };
  const error = {
    code: 'model_cooldown',
    message,
    model: id,
    ...(only === undefined ? {} : { provider: only }),
  };
  return { status: 429, error: { ...error, ...reset } };
}

export const stateOf = ({ states }: Credential, key: string): ModelState => {
  const state = states.get(key) ?? noBlock();
  states.set(key, state);
  return state;
};
