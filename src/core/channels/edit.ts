import { hostOf, sameServer } from '../base-url';
import type { Failure } from '../failures/failure';
import { fail, ok, type Result } from '../failures/result';
import { parseKeyText } from '../parse-key-text';
import { typedAddress } from '../typed-address';
import type { Channel, ChannelFields, ChannelSecrets } from './channel';
import { namesOf } from './compare';
import { addressFor, formatOfType, leadsToSite } from './desired-channel';
import { changesOf, unreadableMapping, type FieldChange } from './plan';

/** What is to be written to one channel. */
export interface ChannelAsked {
  fields: Partial<ChannelFields>;
  secrets?: ChannelSecrets | undefined;
}

/** An address as a channel of this type can have it. That of a provider with ways of its own stays as it was typed. */
export function editedAddress(
  typed: string,
  type: number,
  { gemini, siteUrl }: { gemini: number; siteUrl: string },
): Result<string> {
  const text = typed.trim();
  // The provider's own address, which the site knows.
  if (text === '') return ok('');
  const url = typedAddress(text);
  if (!url.ok) return url;
  const spoken = formatOfType(type, gemini);
  if (spoken) return addressFor(text, spoken, siteUrl);
  return leadsToSite(text, siteUrl) ? fail({ code: 'channel-own-site', host: hostOf(siteUrl) }) : ok(text);
}

/** A key as it was typed; that of a provider with ways of its own may be a whole JSON text, and is only not empty. */
export function editedKey(typed: string, type: number, { gemini }: { gemini: number }): Result<string> {
  if (formatOfType(type, gemini)) return parseKeyText(typed);
  return typed.trim() ? ok(typed.trim()) : fail({ code: 'bad-key', reason: 'empty' });
}

/** Why an edit is not to be sent; undefined: it may. */
export function editTrouble(
  name: string,
  { fields, secrets }: ChannelAsked,
  site: { gemini: number; siteUrl: string },
  type: number,
): Failure | undefined {
  const { models, mapping, baseUrl } = fields;
  // Servers take an empty list for "leave it", and answer success.
  if (models !== undefined && !models.trim()) return { code: 'channel-last-model', name };
  if (mapping !== undefined && !namesOf({ models: '', mapping })) return unreadableMapping({ name });
  const key = secrets?.key === undefined ? undefined : editedKey(secrets.key, fields.type ?? type, site);
  if (key && !key.ok) return key.failure;
  const address = baseUrl === undefined ? undefined : editedAddress(baseUrl, fields.type ?? type, site);
  return address && !address.ok ? address.failure : undefined;
}

/** What of an edit cannot be undone, because nobody can read what was there. */
export const lostForGood = (
  channel: Pick<Channel, 'addressHidden' | 'headers'>,
  { fields, secrets }: ChannelAsked,
): ('key' | 'headers' | 'address')[] => [
  ...(secrets?.key === undefined ? [] : ['key' as const]),
  ...(secrets?.headerOverride === undefined || channel.headers === 'none' ? [] : ['headers' as const]),
  ...(fields.baseUrl !== undefined && channel.addressHidden ? ['address' as const] : []),
];

/** Whether the key that the site keeps will be sent to a server that has not had it. */
export const sendsKeyElsewhere = (before: string, { fields, secrets }: ChannelAsked): boolean =>
  Boolean(fields.baseUrl) && secrets?.key === undefined && !sameServer(before, fields.baseUrl ?? '');

/** The diff of an edit. */
export const editChanges = (
  before: Partial<ChannelFields>,
  { fields, secrets }: ChannelAsked,
): FieldChange[] => [
  ...changesOf(before as ChannelFields, fields),
  ...(['key', 'headerOverride'] as const).flatMap((field) =>
    secrets?.[field] === undefined ? [] : [{ field, from: '', to: secrets[field].trim() === '' ? '' : '•' }],
  ),
];
