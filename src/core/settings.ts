import { z } from 'zod/mini';
import { ALIAS_RULES } from './alias-rules';
import { mapOf } from './map-of';

/** What the user set in General, and the alias rules that were on last. */
export const settingsSchema = z.object({
  language: z.enum(['system', 'en', 'zh-CN']),
  theme: z.enum(['system', 'light', 'dark']),
  /** Skip the plan when an import only adds. */
  skipWhenOnlyAdds: z.boolean(),
  rules: z.array(z.enum(ALIAS_RULES)),
  /** How the key page shows keys; cards if it was never chosen. */
  keysAs: z.optional(z.enum(['cards', 'table'])),
  /** The targets on a card in the user's order; absent until it was changed. */
  icons: z.optional(z.array(z.object({ id: z.string(), shown: z.boolean() }))),
  /** Targets of which the user was told once that a key is handed to another program. */
  told: z.optional(z.array(z.string())),
  /** Where the user has the web targets. */
  sites: z.optional(mapOf(z.string())),
});

export type Settings = z.infer<typeof settingsSchema>;
