import type { RelayFamily } from './relay-family';

/** What gave a family away; one sentence each. */
export type RecogniseReason =
  | 'version-header'
  | 'new-api-fields'
  | 'veloera-fields'
  | 'one-hub-fields'
  | 'new-api-old-fields'
  | 'one-api-fields'
  | 'like-new-api'
  | 'sub2api-settings';

/** What a site is, as it tells everybody. */
export interface SiteKind {
  family: RelayFamily;
  reason: RecogniseReason;
  /** Free text of the operator; empty if there is none. */
  siteName: string;
  /** Path of the page on which the access token stands. */
  tokenPage: string;
}
