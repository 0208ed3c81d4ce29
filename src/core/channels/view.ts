import * as v from 'valibot';
import { channelFieldsSchema, channelSecretsSchema, type Channel } from './channel';
import { isObjectText } from './models';
import type { Candidate, DecidedPlan, FieldChange, PlanFacts } from './plan';
import type { Failure } from '../failures/failure';
import type { ListedModels } from '../import/opened';

/** All channels of a New API. */
export interface ChannelsView {
  newApiId: string;
  channels: Channel[];
  /** There are more than are listed here (5,000 are). */
  more: boolean;
  /** Key that a channel was made for, by its number: our own record. */
  keys: Record<number, string>;
  /** What this server knows: the number of Gemini's type, tags, tests that name the model, mappings of several steps. */
  site: { gemini: number; tags: boolean; testModel: boolean; chains: boolean };
}

/** How one channel of several came out. */
export type ChannelResult =
  | { channelId: number; kind: 'done'; channel: Channel | null; tookMs: number }
  | { channelId: number; kind: 'failed'; failure: Failure }
  /** Not tried: the user stopped, or the server refused the whole. */
  | { channelId: number; kind: 'not-tried' };

export const CHANNEL_FORMATS = ['openai', 'anthropic', 'gemini'] as const;
export type ChannelFormat = (typeof CHANNEL_FORMATS)[number];

export const channelDraftSchema = v.object({
  name: v.string(),
  /** What the channel's relay is asked in. */
  spoken: v.picklist(CHANNEL_FORMATS),
  /** Without `/v1`; one that is typed with it loses it. */
  baseUrl: v.string(),
  /** The relay's names, and those that clients of the New API ask for. */
  models: v.array(v.object({ name: v.string(), alias: v.string() })),
  groups: v.array(v.string()),
  priority: v.number(),
  weight: v.number(),
  tag: v.string(),
  target: v.variant('kind', [
    v.object({ kind: v.literal('auto') }),
    v.object({ kind: v.literal('new') }),
    v.object({ kind: v.literal('join'), channelId: v.number() }),
  ]),
});
/** What the dialog asks for: everything of a channel but the key. */
export type ChannelDraft = v.InferOutput<typeof channelDraftSchema>;

/** A plan as pages see it. */
export interface ChannelPlanView extends PlanFacts, Pick<DecidedPlan, 'kind' | 'channelId' | 'channelName'> {
  /** How many other channels stay as they are. */
  rest: number;
  /** Stands for exactly this plan: an import writes only a plan that has it. */
  hash: string;
}

export type PlannedChannel =
  | { kind: 'plan'; plan: ChannelPlanView }
  | { kind: 'choose'; candidates: Candidate[] }
  | { kind: 'failed'; failure: Failure };

export interface OpenedChannelImport {
  newApiId: string;
  keyId: string;
  keyName: string;
  relayName: string;
  mask: string;
  host: string;
  draft: ChannelDraft;
  /** What the relay lists for the key. */
  models:
    ({ kind: 'listed' } & Pick<ListedModels, 'names' | 'barred'>) | { kind: 'refused'; failure: Failure };
  /** Groups that channels can serve; empty where they could not be read. */
  groups: string[];
  /** This server keeps tags. */
  tags: boolean;
  planned: PlannedChannel;
}

export type ChannelOutcome =
  /** Written and read back. `importId` is for the undo. */
  | { kind: 'written'; importId: string; channel: Channel; made: boolean }
  | { kind: 'unchanged'; channelId: number }
  /** The channels are not those that the plan rested on; nothing was written. */
  | { kind: 'replan'; planned: PlannedChannel }
  | { kind: 'failed'; failure: Failure };

export type ChannelUndo =
  | { kind: 'undone' }
  /**
   * Somebody changed it since; undoing needs `confirmedLoss: hash`. `unsure`: it is not certain that we made it at all, and
   * `lost` is all of it.
   */
  | { kind: 'changed'; channelName: string; lost: FieldChange[]; hash: string; unsure?: boolean }
  /** Of many. The others were changed since and are left alone, or failed: `failure` is the first of these. */
  | { kind: 'partly'; undone: number; count: number; failure: Failure | null }
  | { kind: 'failed'; failure: Failure };

/** Options of a quick export, for all its keys. */
export const exportOptionsSchema = v.object({
  groups: v.array(v.string()),
  priority: v.number(),
  weight: v.number(),
  tag: v.string(),
  /** A relay that has channels, none of which is known to be of the key. */
  existing: v.picklist(['pass-over', 'make-new']),
});
export type ExportOptions = v.InferOutput<typeof exportOptionsSchema>;

/** One key of a quick export: what would become of it. */
export type ExportItem = {
  keyId: string;
  keyName: string;
  mask: string;
  models: number;
  /** Listed too, but the relay does not let the key use them. */
  barred?: readonly string[];
  /** Names that no channel can hold. */
  leftOut?: number;
} & (
  | { kind: 'create' | 'update' | 'unchanged'; channelName: string; changes: FieldChange[] }
  | { kind: 'passed-over'; candidates: Candidate[] }
  | { kind: 'failed'; failure: Failure }
);

export interface ExportView {
  exportId: string;
  newApiId: string;
  items: ExportItem[];
  groups: string[];
  hash: string;
}

/** How each key of an export came out, in the order of its plan. */
export type ExportResult = { keyId: string } &
  /** `importId` is for the undo of this one. */
  (
    | { kind: 'written'; importId: string; channelId: number; channelName: string; made: boolean }
    | { kind: 'unchanged' | 'passed-over' | 'not-tried' }
    | { kind: 'failed'; failure: Failure }
  );

export type ExportOutcome =
  | { kind: 'done'; results: ExportResult[] }
  /** The channels are not those that were planned on; nothing was written. */
  | { kind: 'replan'; view: ExportView }
  | { kind: 'failed'; failure: Failure };

const jsonText = v.optional(v.pipe(v.string(), v.check(isObjectText)));
/** Fields that can be edited by hand. */
export const channelEditSchema = v.object({
  channelId: v.number(),
  fields: v.object({
    ...v.partial(channelFieldsSchema).entries,
    paramOverride: jsonText,
    statusMapping: jsonText,
  }),
  secrets: v.optional(v.object({ key: channelSecretsSchema.entries.key, headerOverride: jsonText })),
  /** The same fields as the page saw them: a channel that differs was changed by somebody else and is left alone. */
  seen: v.partial(channelFieldsSchema),
});
export type ChannelEdit = v.InferOutput<typeof channelEditSchema>;
