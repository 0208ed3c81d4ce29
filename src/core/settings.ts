import { z } from 'zod/mini';
import { ALIAS_RULES } from './alias-rules';

/** What the user set in General, and the alias rules that were on last. */
export const settingsSchema = z.object({
  language: z.enum(['system', 'en', 'zh-CN']),
  theme: z.enum(['system', 'light', 'dark']),
  /** Skip the plan when an import only adds. */
  skipWhenOnlyAdds: z.boolean(),
  rules: z.array(z.enum(ALIAS_RULES)),
  /** How the key page shows keys; cards if it was never chosen. */
  keysAs: z.optional(z.enum(['cards', 'table'])),
});

export type Settings = z.infer<typeof settingsSchema>;
