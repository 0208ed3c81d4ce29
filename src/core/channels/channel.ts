import * as v from 'valibot';

const text = v.optional(v.string());

/** What of a channel is read, planned and put back. Texts as the server has them, so that they are compared exactly. */
export const channelFieldsSchema = v.object({
  name: v.string(),
  /** 1 OpenAI, 14 Anthropic; 24 Gemini (25 at One Hub). */
  type: v.number(),
  baseUrl: v.string(),
  /** Comma-separated names that clients ask for. */
  models: v.string(),
  /** JSON `{asked: upstream}`; empty: none. */
  mapping: v.string(),
  /** Comma-separated. */
  group: v.string(),
  priority: v.number(),
  weight: v.number(),
  tag: v.string(),
  /** From here on only where the server has the field. */
  remark: text,
  /** What the site's own test asks for; empty: the site chooses. */
  testModel: text,
  /** 1: the site switches the channel off when it fails; 0: it does not. */
  autoBan: v.optional(v.number()),
  /** JSON object that is laid over each request's body; empty: none. */
  paramOverride: text,
  /** JSON object of status codes, the upstream's by what clients get; empty: none. */
  statusMapping: text,
});
export type ChannelFields = v.InferOutput<typeof channelFieldsSchema>;

/**
 * What of a channel is written and never told: its key, and headers, which may hold one (JSON object; empty: none). Both go
 * from the field where they are typed to the site, and are in no store.
 */
export const channelSecretsSchema = v.object({ key: text, headerOverride: text });
export type ChannelSecrets = v.InferOutput<typeof channelSecretsSchema>;

/** 3 is the server's own doing after failed requests; what else there may be is off as well. */
export const channelStateSchema = v.picklist(['on', 'off', 'auto-off']);
export type ChannelState = v.InferOutput<typeof channelStateSchema>;

/** A channel without its key. */
export interface Channel extends ChannelFields {
  id: number;
  state: ChannelState;
  /** The server holds several keys in it: its models belong to all of them. */
  manyKeys: boolean;
  /** How many, and how the server takes turns with them (`polling`, `random`), where it tells. */
  keys?: { count: number; mode: string };
  /** Headers of its own, which may hold secrets and are not told: whether there are any. Absent: the server has no such field. */
  headers?: 'set' | 'none';
  /** Its address has a user, a password or a query, which are not shown. */
  addressHidden?: true;
  /** Of the last test at the server; 0: none. */
  responseMs: number;
  /** Milliseconds since 1970; 0: not known. */
  testedAt: number;
  createdAt: number;
  /** Why and when (milliseconds since 1970; 0: not told) the state was changed last; only of one that is off. */
  off?: { reason: string; at: number };
  /** In the site's own units, as the list tells; 0: nothing, or not told. */
  usedQuota?: number;
  /** In the currency of the relay, as the site asked it last; absent: it never did. */
  balance?: { amount: number; at: number };
}

/** What of a channel a page names beside its number, so that another one is not taken for it. */
export type SeenChannel = Pick<Channel, 'id' | 'name' | 'baseUrl'>;

/** The fields alone, of a channel with all that its server says of it. */
export const fieldsOf = (channel: ChannelFields): ChannelFields => v.parse(channelFieldsSchema, channel);
