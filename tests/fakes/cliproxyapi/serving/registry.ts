import { credentialsOf, type CredentialSource } from './credentials.ts';
import { FAMILIES, type Family } from '../management/lists-table.ts';
import { modelsFor, type RegisteredModel } from './models.ts';
import { keysOf } from '../management/normalise.ts';
import type { Entry } from '../management/schema.ts';

export interface ModelState {
  /** Until then the credential is not asked for this model. */
  blockedUntil: number;
  /** Blocked by a 429, which callers are told apart from other failures. */
  quota: boolean;
  quotaLevel: number;
  /** Blocked in a way that takes the model out of `/v1/models`. */
  hidden: boolean;
}

export interface Credential extends CredentialSource {
  models: RegisteredModel[];
  states: Map<string, ModelState>;
  usage: Usage;
  /** The time of its server. */
  now: () => number;
}

export interface Usage {
  success: number;
  failed: number;
  recent: { at: number; ok: boolean }[];
}

/** What is live: the credentials of the last reload, their models, and what became of calls made with them. */
export class Registry {
  private credentials: Credential[] = [];
  private created = 0;
  /** Counts the reloads. */
  generation = 0;

  constructor(readonly now: () => number) {}

  /** Takes over new lists. Every suspension ends; counts are kept for credentials that stay. */
  load(lists: Partial<Record<Family, Entry[]>>, forcePrefix: boolean, nothingNew: boolean): void {
    const before = new Map(this.credentials.map((credential) => [credential.id, credential]));
    const sources = FAMILIES.flatMap((family) => credentialsOf(family, lists[family] ?? []).flat());
    this.generation++;
    this.created = Math.floor(this.now() / 1000);
    this.credentials = sources.flatMap((source) => {
      const old = before.get(source.id);
      if (nothingNew && !old) return [];
      const models = modelsFor(source, forcePrefix);
      const kept = nothingNew
        ? models.filter(({ id }) => old?.models.some((model) => model.id === id))
        : models;
      const usage = old?.usage ?? { success: 0, failed: 0, recent: [] };
      return [{ ...source, models: kept, states: new Map(), usage, now: this.now }];
    });
  }

  byIndex(authIndex: string): Credential | undefined {
    return this.credentials.find((credential) => credential.authIndex === authIndex);
  }

  byId(id: string): Credential | undefined {
    return this.credentials.find((credential) => credential.id === id);
  }

  modelsOf(id: string): RegisteredModel[] {
    return this.byId(id)?.models ?? [];
  }

  serving(model: string): Credential[] {
    return this.credentials.filter(({ models }) => models.some(({ id }) => id === model));
  }

  withKeys(): Credential[] {
    return this.credentials.filter(({ key }) => key !== '');
  }

  /** What `/v1/models` lists: each id once, owned by the credential registered last. */
  listed(): { id: string; object: 'model'; created: number; owned_by: string }[] {
    const owners = new Map<string, string>();
    for (const { models, states, now } of this.credentials) {
      for (const { id, ownedBy } of models) {
        if (!isHidden(states.get(id), now())) owners.set(id, ownedBy);
      }
    }
    return [...owners].map(([id, owner]) => ({
      id,
      object: 'model',
      created: this.created,
      owned_by: owner,
    }));
  }

  /** Ends the suspensions of a credential; answers which models had any, or all if none had. */
  resetQuota(credential: Credential): string[] {
    const touched = [...credential.states.keys()];
    for (const state of credential.states.values()) Object.assign(state, noBlock());
    return touched.length ? touched : credential.models.map(({ id }) => id);
  }

  /** Adds `auth-index` to encoded entries whose credential is live. */
  addAuthIndexes(family: Family, list: readonly Entry[], encoded: Entry[]): void {
    const live = new Map(this.credentials.map(({ id, authIndex }) => [id, authIndex]));
    credentialsOf(family, list).forEach((credentials, i) => {
      const hasKeys = family === 'openai-compatibility' && keysOf(list[i]!).length > 0;
      const targets = hasKeys ? (encoded[i]!['api-key-entries'] as Entry[]) : [encoded[i]!];
      credentials.forEach(({ id }, j) => {
        const index = live.get(id);
        if (index !== undefined) targets[j]!['auth-index'] = index;
      });
    });
  }
}

export const noBlock = (): ModelState => ({ blockedUntil: 0, quota: false, quotaLevel: 0, hidden: false });

function isHidden(state: ModelState | undefined, now: number): boolean {
  return state !== undefined && state.hidden && state.blockedUntil > now;
}
