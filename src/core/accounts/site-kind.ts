import type { RelayFamily } from './relay-family';

/** What a family was recognised by; one sentence each. */
export type RecogniseReason =
  | 'version-header'
  | 'new-api-fields'
  | 'veloera-fields'
  | 'one-hub-fields'
  | 'new-api-old-fields'
  | 'one-api-fields'
  | 'like-new-api'
  | 'sub2api-settings';

/** What a site says about itself to everybody. */
export interface SiteKind {
  family: RelayFamily;
  reason: RecogniseReason;
  /** The operator's own text; may be empty. */
  siteName: string;
  /** Path of the page with the access token. */
  tokenPage: string;
}
