import * as v from 'valibot';
import { openObject } from '../../core/shapes';

const text = v.nullish(v.string());

/** Model limits of a key in New API and Veloera, in One API, and in One Hub (their sources). */
const limitsSchema = openObject({
  model_limits_enabled: v.nullish(v.boolean()),
  model_limits: text,
  models: text,
  setting: v.nullish(
    openObject({
      limits: v.nullish(
        openObject({
          limit_model_setting: v.nullish(
            openObject({ enabled: v.boolean(), models: v.nullish(v.array(v.string())) }),
          ),
        }),
      ),
    }),
  ),
});

/**
 * Reads the only models that a key may use; null if there is no such limit. Limits that are on and empty allow none.
 */
export function modelLimits(token: unknown): string[] | null {
  const parsed = v.safeParse(limitsSchema, token);
  if (!parsed.success) return null;
  const { model_limits_enabled, model_limits, models, setting } = parsed.output;
  const oneHub = setting?.limits?.limit_model_setting;
  if (oneHub) return oneHub.enabled ? clean(oneHub.models ?? []) : null;
  if (typeof model_limits_enabled === 'boolean')
    return model_limits_enabled ? clean((model_limits ?? '').split(',')) : null;
  const oneApi = clean((models ?? '').split(','));
  return oneApi.length > 0 ? oneApi : null;
}

const clean = (names: readonly string[]): string[] => [
  ...new Set(names.map((name) => name.trim()).filter(Boolean)),
];
