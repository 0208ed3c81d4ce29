import { aliasModels, type AliasRule, type ChosenModel } from '../../core/alias-rules';
import { modelKind } from '../../core/model-kind';

/** The models that are chosen at first: all that can chat. */
export const chatModels = (names: readonly string[], rules: readonly AliasRule[]): ChosenModel[] =>
  aliasModels(
    names.filter((name) => modelKind(name) === 'chat'),
    rules,
    {},
  );
