/**
 * Every wrong outcome that KeyFerry expects, as data: a code and what a sentence about it needs. No sentences and no
 * keys in here. `locales/*.json` has two sentences per row, and `tests/core/failure-codes.ts` lists the rows for tests.
 * `text` is what a server said, already shortened and with anything that looks like a key taken out.
 */
export interface FailureParams {
  // Talking to CLIProxyAPI
  'not-configured': object;
  'key-missing': object;
  'key-for-new-host': { host: string };
  /** Another connection has this address; `name`: how the user calls that one. */
  'same-connection': { name: string };
  'host-permission': { host: string };
  'permission-denied': { host: string };
  unreachable: { host: string };
  'cut-short': { host: string };
  timeout: { host: string; seconds: number };
  cancelled: object;
  tls: { host: string };
  'wants-https': { host: string };
  redirected: { host: string };
  'too-large': { host: string };
  'not-cliproxyapi': { host: string };
  'reply-html': { host: string };
  'reply-not-json': { host: string };
  'reply-shape': { host: string };
  'key-refused': { triesLeft: number };
  'key-not-received': { triesLeft: number };
  banned: { until: number };
  'remote-disabled': object;
  'key-not-set': object;
  forbidden: { status: number; text: string };
  'management-off': { host: string };
  'feature-missing': { text: string };
  'item-gone': object;
  collapsed: object;
  'example-keys': object;
  'too-old': { version: string; floor: string };
  'save-failed': { text: string };
  'server-error': { host: string; status: number };
  rejected: { status: number; text: string };
  // An import
  'list-changed': object;
  'several-matches': { count: number };
  'match-gone': { name: string };
  'nothing-to-ask': object;
  'last-key': object;
  'same-entry': { list: string };
  'name-missing': object;
  'name-in-use': { name: string };
  'bad-weight': object;
  'field-too-new': { field: string; since: string; version: string };
  'list-unclear': { list: string };
  /** Not text in config.yaml, so that writing it back could change it; `place`: which group, and which of its fields. */
  'file-not-text': { family: string; place: string };
  /** A group whose keys have no value: no write of 8.x passes. */
  'file-without-keys': { family: string; place: string };
  /** A field that the server does not know, in an entry that may be anybody's: no write of 8.x passes. */
  'file-field': { field: string; family: string };
  'file-refused': { place: string };
  /** Names in it are no text, which JSON cannot show. */
  'file-not-shown': object;
  /** A key is there twice and loaded once, and would be loaded twice. */
  'file-twin': { family: string };
  /** config.yaml and what CLIProxyAPI has loaded are not the same. */
  'file-differs': object;
  /** Something else was written into config.yaml since, so that it is not put back as it was. */
  'file-changed': object;
  /** It cannot be told in which layout config.yaml is. */
  'file-layout': { list: string };
  'list-too-new': { list: string; version: string; since: string };
  'not-saved': object;
  overwritten: object;
  'not-in-list': object;
  'outcome-unknown': object;
  'outcome-refused': object;
  'no-models': object;
  'too-many-models': { chosen: number; most: number };
  'undo-changed': { count: number };
  'undo-gone': object;
  'undo-secret-gone': object;
  // Talking to a relay
  'relay-unreachable': { host: string };
  'relay-cut-short': { host: string };
  'relay-timeout': { host: string; seconds: number };
  'relay-redirected': { host: string };
  'relay-too-large': { host: string };
  'relay-key-refused': { host: string };
  'relay-no-balance': { host: string };
  'relay-forbidden': { host: string; text: string };
  'relay-not-found': { host: string };
  'relay-rate-limited': { host: string; seconds: number };
  'relay-wait': { host: string; until: number };
  'reveal-wait': { host: string; until: number };
  'relay-login': { host: string };
  'relay-error': { host: string; status: number };
  'relay-refusal': { host: string; text: string };
  'relay-html': { host: string };
  'relay-not-json': { host: string };
  'relay-shape': { host: string };
  'relay-empty': { host: string };
  'relay-permission': { host: string };
  'relay-via-proxy': { host: string };
  'token-refused': { host: string };
  'login-ended': { host: string };
  'site-token-missing': { host: string };
  'user-id-refused': { host: string };
  'user-id-needed': { host: string };
  'no-lasting-token': { host: string };
  'not-new-api': { host: string };
  'key-unrevealed': { host: string };
  /** `status`: how the relay has it. */
  'key-unusable': { host: string; status: string };
  'key-unchanged': { host: string };
  // Channels of a New API
  'channel-gone': object;
  'channel-mapping': { name: string };
  'channel-no-admin': { host: string };
  'channel-no-right': { host: string };
  'channel-untold': { name: string };
  'channel-not-saved': { name: string };
  'channel-unread': { name: string };
  'channel-changed': { name: string };
  'channel-feature': { host: string };
  'channel-test': { text: string };
  'channel-upstream': { text: string };
  'channel-last-model': { name: string };
  'channel-own-site': { host: string };
  'channel-version': { version: string };
  'channel-type': { host: string };
  'channel-key-untold': { host: string };
  // What the user typed
  'bad-url': { text: string };
  'address-is-key': object;
  'bad-key': { reason: 'empty' | 'spaces' | 'masked' | 'characters' };
  'bad-token': object;
  'bad-header': { name: string };
  'bad-prefix': object;
  'bad-proxy': object;
  'bad-priority': object;
  'bad-alias': { name: string };
  'bad-user-id': object;
  duplicate: { name: string };
  'unknown-item': object;
  // Storage and the extension itself
  'storage-unreadable': object;
  'storage-future': { version: number };
  'storage-full': object;
  locked: object;
  'wrong-passphrase': object;
  'backup-foreign': object;
  'backup-broken': object;
  'backup-future': { version: number };
  'backup-encrypted': object;
  'backup-too-large': object;
  'worker-gone': object;
}

export type FailureCode = keyof FailureParams;

export type Failure = { [C in FailureCode]: { code: C } & FailureParams[C] }[FailureCode];
