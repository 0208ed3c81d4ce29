import { servedModelsOf, type Provider } from '../cliproxyapi/provider';
import type { ImportPlan } from './plan-types';

/**
 * Which models prove a planned key: those that it brings or, where it brings none of its own, all that its provider
 * serves. `entry` is the provider as it is in the list now.
 */
export function provedBy(
  { expected }: Pick<ImportPlan, 'expected'>,
  entry: Provider,
): { expected: ImportPlan['expected']; keyOnly: boolean } {
  const keyOnly = expected.length === 0;
  return { expected: keyOnly ? servedModelsOf(entry) : expected, keyOnly };
}
