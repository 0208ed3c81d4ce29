import type { Change } from '../import/change';

/** What taking back some changes does to the list. */
export interface UndoEffect {
  /** Providers that the changes made: they go with all that is in them. */
  removed: string[];
  /** Providers that were there before: they stay. */
  kept: string[];
  keys: string[];
  models: number;
  /** Providers, keys and models that the changes took out: they come back. */
  back: { providers: string[]; keys: number; models: number };
  /** How many aliases and other settings get their earlier values. */
  settings: number;
}

/** The changes of a write, read backwards. */
export function undoEffect(changes: readonly Change[]): UndoEffect {
  const effect: UndoEffect = {
    removed: [],
    kept: [],
    keys: [],
    models: 0,
    back: { providers: [], keys: 0, models: 0 },
    settings: 0,
  };
  for (const change of changes) {
    const { kind, sign } = change;
    if (kind === 'provider')
      ({ '+': effect.removed, '=': effect.kept, '−': effect.back.providers })[change.sign].push(change.name);
    else if (kind === 'key' && sign === '+') effect.keys.push(change.mask);
    else if (kind === 'keys') effect.back.keys += change.masks.length;
    else if (kind === 'models' && sign === '+') effect.models += change.models.length;
    else if (kind === 'models') effect.back.models += change.models.length;
    else if (kind === 'alias') effect.settings += change.models.length;
    else if (sign !== '=') effect.settings += 1;
  }
  return effect;
}
