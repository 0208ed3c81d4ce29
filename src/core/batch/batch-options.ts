import * as v from 'valibot';
import { LIST_NAMES } from '../cliproxyapi/lists/list-traits';
import { mapOf } from '../shapes';

/** What is set once for all keys of a batch; texts as typed. */
export const batchOptionsSchema = v.object({
  /** A provider of its own for each key, in place of one for each relay. */
  perKey: v.boolean(),
  /** The relay's name before every alias, so that no name is shared with other providers. */
  apart: v.boolean(),
  /** Empty: none. */
  priority: v.string(),
  /** `{relay}` stands for the relay's name. Empty: none. */
  prefix: v.string(),
  /** Empty: CLIProxyAPI's own. */
  proxyUrl: v.string(),
  /** What is set for one key in place of what holds for all, by the key's id. */
  rows: mapOf(
    v.object({
      list: v.optional(v.picklist(LIST_NAMES)),
      priority: v.optional(v.string()),
      prefix: v.optional(v.string()),
      proxyUrl: v.optional(v.string()),
    }),
  ),
  /** The id of the alias rules for all keys; absent: each relay's own. */
  ruleSet: v.optional(v.string()),
  /** Sends a real request for each key once all are written. */
  tryChat: v.boolean(),
  /** Keys that the user took out again. */
  without: v.array(v.string()),
});
