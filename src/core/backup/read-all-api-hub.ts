import type { BackupAccount, BackupItems, BackupKey } from './items';
import { hostOf } from '../base-url';
import type { Failure } from '../failures/failure';
import { isPlainObject } from '../json';
import { fail, ok, type Result } from '../failures/result';

type Json = Record<string, unknown>;

/** The newest version whose shape is known: missing or 1, 2, 3 and 4. */
const NEWEST = 4;

/**
 * Accounts and API credential profiles of a backup of All API Hub, which holds no keys of accounts. A missing or
 * ill-typed field counts as empty, so that one odd account does not cost the others. Preferences, cookies and refresh
 * tokens are ignored.
 */
export function readAllApiHub(json: Json): Result<BackupItems> {
  if (json['type'] === 'all-api-hub-webdav-backup-encrypted') return fail({ code: 'backup-encrypted' });
  const accounts = accountsOf(json);
  const profiles = profilesOf(json);
  const onlyPreferences = json['type'] === 'preferences' && isPlainObject(json['preferences']);
  if (!accounts && !profiles && !onlyPreferences) return fail({ code: 'backup-foreign' });
  // A text in every known file ("4.0"); only the number before the point matters.
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

/** A list, if it is theirs: other programs have "accounts" too. An empty list may be theirs. */
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

/** Types of sites that belong to KeyFerry's families; which family, it finds out by itself. */
const KNOWN =
  /^(?:(?:new|v|super|rix|neo|one)-api|modelflare|anyrouter|wong-gongyi|voapi|unknown|veloera|one-hub|done-hub)?$/;

function whyNot(type: string, host: string): Failure | null {
  if (type === 'sub2api') return { code: 'no-lasting-token', host };
  return KNOWN.test(type) ? null : { code: 'not-new-api', host };
}

const keyOf = (entry: Json): BackupKey => ({
  name: textOf(entry['name']),
  baseUrl: textOf(entry['baseUrl']),
  text: textOf(entry['apiKey']),
  mask: '',
  label: null,
});

const objectOf = (value: unknown): Json => (isPlainObject(value) ? value : {});

/** User ids were numbers once. */
const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
