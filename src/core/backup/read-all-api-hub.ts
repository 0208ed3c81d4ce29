import type { BackupAccount, BackupItems, BackupKey } from './items';
import { hostOf } from '../base-url';
import type { Failure } from '../failure';
import { isPlainObject } from '../json';
import { fail, ok, type Result } from '../result';

type Json = Record<string, unknown>;

/** The newest version whose shape is known: missing or 1, 2, 3 and 4. */
const NEWEST = 4;

/**
 * Accounts and API credential profiles of a backup of All API Hub. Keys of accounts are not in it. What is missing or of another kind is taken as empty, so that one odd account
 * does not cost the others. Its preferences, cookies and refresh tokens are not looked at.
 */
export function readAllApiHub(json: Json): Result<BackupItems> {
  if (json['type'] === 'all-api-hub-webdav-backup-encrypted') return fail({ code: 'backup-encrypted' });
  const accounts = accountsOf(json);
  const profiles = profilesOf(json);
  const onlyPreferences = json['type'] === 'preferences' && isPlainObject(json['preferences']);
  if (!accounts && !profiles && !onlyPreferences) return fail({ code: 'backup-foreign' });
  // As text in all that were seen ("4.0"); the number before the point is what matters.
  const version = Math.floor(Number.parseFloat(textOf(json['version']) || '1'));
  if (version > NEWEST) return fail({ code: 'backup-future', version });
  return ok({
    source: 'all-api-hub',
    settings: null,
    accounts: (accounts ?? []).map(accountOf),
    keys: (profiles ?? []).map(keyOf),
    newApis: [],
  });
}

/** `accounts.accounts` from version 2 on; before also `data.accounts`, or `accounts` as a list. */
function accountsOf(json: Json): Json[] | undefined {
  const data = objectOf(json['data']);
  const places = [
    objectOf(json['accounts'])['accounts'],
    data['accounts'],
    objectOf(data['accounts'])['accounts'],
  ];
  const list = [...places, json['accounts']].find(Array.isArray);
  return listOf(list, 'site_url');
}

function profilesOf(json: Json): Json[] | undefined {
  const places = [json, objectOf(json['data'])].map((holder) => holder['apiCredentialProfiles']);
  const list = places.flatMap((place) => [objectOf(place)['profiles'], place]).find(Array.isArray);
  return listOf(list, 'baseUrl');
}

/** A list, if it is theirs: other programs have "accounts" too. An empty one may be. */
function listOf(value: unknown, field: string): Json[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const entries = value.filter(isPlainObject) as Json[];
  return entries.length === 0 || entries.some((entry) => field in entry) ? entries : undefined;
}

function accountOf(entry: Json): BackupAccount {
  const info = objectOf(entry['account_info']);
  const siteUrl = textOf(entry['site_url']);
  const type = textOf(entry['site_type']).toLowerCase();
  const byToken = (textOf(entry['authType']) || 'access_token') === 'access_token';
  return {
    name: textOf(entry['site_name']),
    siteUrl,
    userId: textOf(info['id']),
    accessToken: byToken ? textOf(info['access_token']) : '',
    labels: {},
    off: entry['disabled'] === true,
    failure: whyNot(type, hostOf(siteUrl)),
  };
}

/** Sites that KeyFerry reads as one of its families; what exactly a site is, it finds out by itself. */
const KNOWN = new Set(
  (
    'new-api modelflare anyrouter v-api super-api rix-api neo-api wong-gongyi voapi unknown one-api veloera one-hub ' +
    'done-hub'
  ).split(' '),
);

function whyNot(type: string, host: string): Failure | null {
  if (type === 'sub2api') return { code: 'no-lasting-token', host };
  return type === '' || KNOWN.has(type) ? null : { code: 'not-new-api', host };
}

const keyOf = (entry: Json): BackupKey => ({
  name: textOf(entry['name']),
  baseUrl: textOf(entry['baseUrl']),
  text: textOf(entry['apiKey']),
  mask: '',
  label: null,
});

const objectOf = (value: unknown): Json => (isPlainObject(value) ? value : {});

/** User ids are texts now, and were numbers. */
const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
