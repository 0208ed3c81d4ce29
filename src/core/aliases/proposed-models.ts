import { aliasModels, type ChosenModel } from './alias-models';
import { withoutDropped, type NameRules } from './apply-rule-set';
import { modelKind } from './model-kind';

/**
 * So many models one key brings at most. The largest relays list some hundreds; 5,000 take half a megabyte in History, of the
 * 10 MiB that the browser gives an extension, and a list of 100,000 would fill it by itself.
 */
export const MOST_MODELS = 5_000;

/**
 * The models that a key is to bring before anybody has chosen: those that can chat and that the rules do not drop, the first
 * `MOST_MODELS` in the relay's order. `beyond`: how many more there were.
 */
export function proposedModels(
  names: readonly string[],
  rules: NameRules,
): { models: ChosenModel[]; beyond: number } {
  const wanted = withoutDropped(chatNames(names), rules);
  const models = aliasModels(wanted.slice(0, MOST_MODELS), rules, {});
  return { models, beyond: Math.max(0, wanted.length - MOST_MODELS) };
}

/** Models that can chat: only those are proposed. */
export const chatNames = (names: readonly string[]): string[] => names.filter(isChat);

export const isChat = (name: string): boolean => modelKind(name) === 'chat';
