/**
 * Every wrong outcome that KeyFerry expects, as data: a code and what a sentence about it needs. No sentences and no
 * keys in here; `locales/*.json` has one `failure.<code>` per row (a test holds that).
 * `text` is what a server said, already shortened and with anything that looks like a key taken out.
 */
interface FailureParams {
  // Talking to CLIProxyAPI
  'not-configured': object;
  'key-missing': object;
  'key-for-new-host': { host: string };
  'host-permission': { host: string };
  'permission-denied': { host: string };
  unreachable: { host: string };
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
  'list-of-groups': { list: string; version: string };
  'list-too-new': { list: string; version: string; since: string };
  'not-saved': object;
  overwritten: object;
  'not-in-list': object;
  'outcome-unknown': object;
  'no-models': object;
  'undo-changed': { count: number };
  'undo-gone': object;
  'undo-secret-gone': object;
  // Talking to a relay
  'relay-unreachable': { host: string };
  'relay-timeout': { host: string; seconds: number };
  'relay-redirected': { host: string };
  'relay-too-large': { host: string };
  'relay-key-refused': { host: string };
  'relay-no-balance': { host: string };
  'relay-forbidden': { host: string; text: string };
  'relay-not-found': { host: string };
  'relay-rate-limited': { host: string; seconds: number };
  'relay-wait': { host: string; until: number };
  'relay-error': { host: string; status: number };
  'relay-refusal': { host: string; text: string };
  'relay-html': { host: string };
  'relay-not-json': { host: string };
  'relay-shape': { host: string };
  'relay-empty': { host: string };
  'relay-permission': { host: string };
  'relay-via-proxy': { host: string };
  'token-refused': { host: string };
  'user-id-refused': { host: string };
  'user-id-needed': { host: string };
  'no-lasting-token': { host: string };
  'not-new-api': { host: string };
  'key-unrevealed': { host: string };
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
  // What the user typed
  'bad-url': { text: string };
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

/** One row per code, so that the door of the worker and the guard tests can list them. */
const ROWS: Record<FailureCode, true> = {
  'not-configured': true,
  'key-missing': true,
  'key-for-new-host': true,
  'host-permission': true,
  'permission-denied': true,
  unreachable: true,
  timeout: true,
  cancelled: true,
  tls: true,
  'wants-https': true,
  redirected: true,
  'too-large': true,
  'not-cliproxyapi': true,
  'reply-html': true,
  'reply-not-json': true,
  'reply-shape': true,
  'key-refused': true,
  'key-not-received': true,
  banned: true,
  'remote-disabled': true,
  'key-not-set': true,
  forbidden: true,
  'management-off': true,
  'feature-missing': true,
  'item-gone': true,
  collapsed: true,
  'example-keys': true,
  'too-old': true,
  'save-failed': true,
  'server-error': true,
  rejected: true,
  'list-changed': true,
  'several-matches': true,
  'match-gone': true,
  'nothing-to-ask': true,
  'last-key': true,
  'same-entry': true,
  'name-missing': true,
  'name-in-use': true,
  'bad-weight': true,
  'field-too-new': true,
  'list-unclear': true,
  'list-of-groups': true,
  'list-too-new': true,
  'not-saved': true,
  overwritten: true,
  'not-in-list': true,
  'outcome-unknown': true,
  'no-models': true,
  'undo-changed': true,
  'undo-gone': true,
  'undo-secret-gone': true,
  'relay-unreachable': true,
  'relay-timeout': true,
  'relay-redirected': true,
  'relay-too-large': true,
  'relay-key-refused': true,
  'relay-no-balance': true,
  'relay-forbidden': true,
  'relay-not-found': true,
  'relay-rate-limited': true,
  'relay-wait': true,
  'relay-error': true,
  'relay-refusal': true,
  'relay-html': true,
  'relay-not-json': true,
  'relay-shape': true,
  'relay-empty': true,
  'relay-permission': true,
  'relay-via-proxy': true,
  'token-refused': true,
  'user-id-refused': true,
  'user-id-needed': true,
  'no-lasting-token': true,
  'not-new-api': true,
  'key-unrevealed': true,
  'channel-gone': true,
  'channel-mapping': true,
  'channel-no-admin': true,
  'channel-no-right': true,
  'channel-untold': true,
  'channel-not-saved': true,
  'channel-unread': true,
  'channel-changed': true,
  'channel-feature': true,
  'channel-test': true,
  'channel-upstream': true,
  'channel-last-model': true,
  'bad-url': true,
  'bad-key': true,
  'bad-token': true,
  'bad-header': true,
  'bad-prefix': true,
  'bad-proxy': true,
  'bad-priority': true,
  'bad-alias': true,
  'bad-user-id': true,
  duplicate: true,
  'unknown-item': true,
  'storage-unreadable': true,
  'storage-future': true,
  'storage-full': true,
  locked: true,
  'wrong-passphrase': true,
  'backup-foreign': true,
  'backup-broken': true,
  'backup-future': true,
  'backup-encrypted': true,
  'backup-too-large': true,
  'worker-gone': true,
};

export const FAILURE_CODES = Object.keys(ROWS) as FailureCode[];
