import { aliasModels, type ChosenModel } from '../../core/aliases/alias-models';
import { modelKind } from '../../core/aliases/model-kind';
import { withoutDropped, type NameRules } from '../../core/aliases/apply-rule-set';

/** The models chosen at first: all that can chat and that the rules do not drop. */
export const chatModels = (names: readonly string[], set: NameRules): ChosenModel[] =>
  aliasModels(withoutDropped(chatNames(names), set), set, {});

export const chatNames = (names: readonly string[]): string[] => names.filter(isChat);

export const isChat = (name: string): boolean => modelKind(name) === 'chat';
