/**
 * Rounds of PBKDF2 (SHA-256) for a passphrase: what OWASP's "Password Storage Cheat Sheet" asks for since 2023. It costs
 * the user a fifth of a second at each unlock, and whoever guesses that much for each guess.
 */
export const ITERATIONS = 600_000;

/** A passphrase of fewer signs is guessed in a moment, however many rounds it takes. */
export const SHORTEST_PASSPHRASE = 8;
