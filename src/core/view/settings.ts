import * as v from 'valibot';
import { ALIAS_RULES } from '../aliases/alias-models';
import { ruleSetSchema } from '../aliases/rule-set';
import { mapOf } from '../shapes';

/** What the user set in General, and the alias rules that were on last. */
export const settingsSchema = v.object({
  language: v.picklist(['system', 'en', 'zh-CN']),
  theme: v.picklist(['system', 'light', 'dark']),
  /** Skip the plan when an import only adds. */
  skipWhenOnlyAdds: v.boolean(),
  rules: v.array(v.picklist(ALIAS_RULES)),
  /** The alias rules with a name, in the user's order. */
  ruleSets: v.array(ruleSetSchema),
  /** The set that imports use; absent: the switches of the import dialog. */
  ruleSet: v.optional(v.string()),
  /** Host of a relay → the set that was chosen there last; empty: the switches. */
  relayRules: mapOf(v.string()),
  /** How the key page shows keys. */
  keysAs: v.picklist(['cards', 'table']),
  /** The targets on a card in the user's order; absent until it was changed. */
  icons: v.optional(v.array(v.object({ id: v.string(), shown: v.boolean() }))),
  /** Targets of which the user was told once that a key is handed to another program, and steps that were skipped. */
  told: v.array(v.string()),
  /** Where the user has the web targets. */
  sites: mapOf(v.string()),
});

export type Settings = v.InferOutput<typeof settingsSchema>;
