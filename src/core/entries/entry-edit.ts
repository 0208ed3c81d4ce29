import * as v from 'valibot';

/**
 * What is to become of an entry and of one of its keys; what is absent stays. Texts as typed.
 * Apart from the plan, since the door checks every message with it and only some need the plan.
 */
export const entryEditSchema = v.strictObject({
  paused: v.optional(v.boolean()),
  name: v.optional(v.string()),
  priority: v.optional(v.string()),
  /** Empty: none. */
  prefix: v.optional(v.string()),
  /** Empty: the server's own, which is 1. */
  weight: v.optional(v.string()),
  /** Empty: none of its own. */
  proxyUrl: v.optional(v.string()),
  remove: v.optional(v.picklist(['key', 'entry'])),
});
export type EntryEdit = v.InferOutput<typeof entryEditSchema>;

/** What is to become of many keys or entries. */
export const entriesEditSchema = v.strictObject({
  edit: entryEditSchema,
  /** Where all keys of a provider go, it goes as a whole; otherwise its last key stays. */
  emptied: v.boolean(),
});
export type EntriesEdit = v.InferOutput<typeof entriesEditSchema>;
