import type { Failure } from '../failures/failure';

/** What became of putting config.yaml back as it was. */
export type RestoreOutcome =
  /** `converted`: it says what it said before, and the server has laid it out anew as it took it. */
  { kind: 'restored'; converted: boolean } | { kind: 'failed'; failure: Failure };
