import { hostOf, shownUrl } from '../base-url';
import type { AccountFamily } from '../accounts/relay-family';
import type { Failure } from '../failures/failure';
import { fail, ok, type Result } from '../failures/result';
import { fieldsOf, type Channel, type ChannelFields, type ChannelSecrets } from './channel';
import { splitList } from './compare';
import { formatOfType, groupsAt, typeOf } from './desired-channel';
import { editedAddress } from './edit';
import { changesOf, type FieldChange } from './plan';

/** What New API puts behind the name of a copy that it makes (v1.0.0-lab.20260728, fixture new-api/channels-copy-and-tags). */
export const COPY_ENDING = '_复制';

/** What a site is, for a copy that leaves it or comes to it. */
export interface CopyPlace {
  family: AccountFamily | null;
  siteUrl: string;
  /** The type number of Gemini. */
  gemini: number;
  tags: boolean;
  /** Groups that channels can serve; empty where they could not be read. */
  groups: readonly string[];
}

/** What of a channel stays behind. `address`: a user, a password or a query in it; `keys`: all of several keys. */
export type LeftBehind =
  'tag' | 'address' | 'keys' | Exclude<keyof ChannelSecrets, 'key'> | (typeof OWN_FIELDS)[number];

export interface CopyPlan {
  fields: ChannelFields;
  left: LeftBehind[];
}

/**
 * Where the key of a copy comes from: the site copies its own, the site tells it, or the user has to enter it. One that is
 * entered always takes its place.
 */
export type CopyKey = 'kept' | 'told' | 'asked';

/** A plan of a copy as pages see it. The copy is always off. */
export interface CopyView extends Pick<CopyPlan, 'left'> {
  name: string;
  changes: FieldChange[];
  key: CopyKey;
  /** It is on until it is switched off, right after: the site makes copies in the state of the original. */
  onAtFirst: boolean;
  /** It goes to another site, where only fields that KeyFerry knows go along. */
  elsewhere: boolean;
  /** Stands for exactly this plan: only a plan that has it is carried out. */
  hash: string;
}

export type CopyOutcome =
  /** Made and read back. `importId` is for the undo; `failure`: why it could not be switched off. */
  | { kind: 'written'; importId: string; channel: Channel; failure: Failure | null }
  /** The channel, or what the site has, is not as it was shown; nothing was written. */
  | { kind: 'replan'; plan: CopyView }
  | { kind: 'failed'; failure: Failure };

/** The same channel once more, on its own site, with the name that the site gives to copies. */
export const copyHere = (channel: Channel): CopyPlan => ({
  fields: { ...fieldsOf(channel), name: channel.name + COPY_ENDING },
  left: [],
});

/** Fields that not every server has, or calls by the same name: they go along to a site of the same software only. */
const OWN_FIELDS = ['remark', 'testModel', 'autoBan', 'paramOverride', 'statusMapping'] as const;

/**
 * What a channel becomes at another site. Fails where its type would be another one there, or its address would lead the
 * site in a circle. The key is not looked at here.
 */
export function copyElsewhere(channel: Channel, from: CopyPlace, to: CopyPlace): Result<CopyPlan> {
  const type = typeThere(channel.type, from, to);
  if (type === undefined) return fail({ code: 'channel-type', host: hostOf(to.siteUrl) });
  const address = editedAddress(shownUrl(channel.baseUrl), type, to);
  if (!address.ok) return address;
  const { name, models, mapping, priority, weight, tag } = channel;
  const same = from.family === to.family;
  const own = OWN_FIELDS.filter((field) => isSet(field, channel));
  const group = groupsAt(splitList(channel.group), to.groups).join(',');
  return ok({
    fields: {
      name,
      type,
      baseUrl: address.value,
      models,
      mapping,
      group,
      priority,
      weight,
      tag: to.tags ? tag : '',
      ...(same && Object.fromEntries(own.map((field) => [field, channel[field]]))),
    },
    left: [
      ...(tag && !to.tags ? ['tag' as const] : []),
      ...(shownUrl(channel.baseUrl) === channel.baseUrl ? [] : ['address' as const]),
      ...(channel.manyKeys ? ['keys' as const] : []),
      ...(channel.headers === 'set' ? ['headerOverride' as const] : []),
      ...(same ? [] : own),
    ],
  });
}

const isSet = (field: (typeof OWN_FIELDS)[number], channel: Channel): boolean =>
  field === 'autoBan' ? channel.autoBan === 0 : Boolean(channel[field]);

/** Numbers never changed their meaning from one New API to the next; the other families count on in ways of their own. */
const COUNT_ALIKE: readonly (AccountFamily | null)[] = ['new-api-old', 'new-api'];

function typeThere(type: number, from: CopyPlace, to: CopyPlace): number | undefined {
  const format = formatOfType(type, from.gemini);
  if (format) return typeOf(format, to.gemini);
  const alike = from.family === to.family || [from, to].every(({ family }) => COUNT_ALIKE.includes(family));
  return alike ? type : undefined;
}

/** The rows of a new channel, its address without what is not shown. */
export const copyChanges = ({ fields }: CopyPlan): FieldChange[] =>
  changesOf(undefined, { ...fields, baseUrl: shownUrl(fields.baseUrl) });
