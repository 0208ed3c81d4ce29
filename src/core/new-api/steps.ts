/** In this order; the first failure ends the check, later steps were not asked. */
export const NEW_API_STEPS = ['reachable', 'family', 'token', 'admin', 'write'] as const;
export type NewApiStep = (typeof NEW_API_STEPS)[number];
