import { expect, test } from 'vitest';
import { quickRules } from '../../../src/core/aliases/alias-models';
import { MOST_MODELS, proposedModels } from '../../../src/core/aliases/proposed-models';

const many = (count: number, name = 'chat'): string[] =>
  Array.from({ length: count }, (_, n) => `${name}-${n}`);

test('of a long list the first models in its order are proposed, and the others are counted', () => {
  const { models, beyond } = proposedModels(['dall-e-3', ...many(MOST_MODELS + 3)], quickRules([]));
  expect(models).toHaveLength(MOST_MODELS);
  expect(models[0]).toEqual({ name: 'chat-0', alias: 'chat-0', typed: false });
  expect(beyond).toBe(3);
});

test('what the rules drop takes no room', () => {
  const names = [...many(MOST_MODELS, 'old'), ...many(MOST_MODELS)];
  const rules = { rules: [{ kind: 'without' as const, find: 'old' }], keepOriginal: true };
  const { models, beyond } = proposedModels(names, rules);
  expect(models.map(({ name }) => name)).toEqual(many(MOST_MODELS));
  expect(beyond).toBe(0);
});
