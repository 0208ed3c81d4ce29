/**
 * Iterations of PBKDF2 (SHA-256) for a passphrase, as OWASP's "Password Storage Cheat Sheet" asks since 2023. Each unlock
 * takes the user a fifth of a second, and an attacker as much for each guess.
 */
export const ITERATIONS = 600_000;

/** A passphrase of fewer characters is guessed in a moment, whatever the number of iterations. */
export const SHORTEST_PASSPHRASE = 8;
