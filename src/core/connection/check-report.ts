import type { FileNotice } from '../connection/file-notice';
import type { Layout } from './layout';
import type { Failure } from '../failures/failure';

/** The server's own order; the first failure ends the check, later steps were not asked. */
export const CHECK_STEPS = ['reachable', 'product', 'access', 'key', 'content'] as const;
export type CheckStep = (typeof CHECK_STEPS)[number];

export interface CheckReport {
  /** Milliseconds since 1970. */
  at: number;
  /** Milliseconds until the first answer. */
  tookMs: number;
  /** Steps that passed, in order. */
  passed: CheckStep[];
  failure: Failure | null;
  found: {
    version: string | null;
    providers: number;
    keys: number;
    models: number;
    /** Providers that serve nothing because they name no model. */
    empty: string[];
    exampleKeys: boolean;
    /** The registry can be asked for one key (since 6.6.11); null: the server names no version. */
    byCredential: boolean | null;
    /** Whether `/v8` is all that it is managed by. */
    withoutV0: boolean;
    /** Of config.yaml, which decides how it is written; null before 8.0. */
    layout: Layout | null;
    /** What else stands in the way of writes there. */
    file: FileNotice[];
    /** The failure that makes this server read only, if any. */
    readOnly: Failure | null;
  } | null;
}
