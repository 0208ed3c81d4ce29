import { isMasked } from '../../core/mask';

/** Makes the body of a request for a new channel. */
export type Form = (channel: Record<string, unknown>) => unknown;

/** What differs between the channel APIs of the generations. */
export interface Dialect {
  /** Bodies for a new channel, tried in order: the next one only where a form was refused. */
  forms: readonly [Form, ...Form[]];
  /**
   * What a change has to send. `part`: omitted fields stay. `whole`: omitted fields are emptied, the key too.
   * `unsure`: whole where the server shows the key, else a part.
   */
  update: 'part' | 'whole' | 'unsure';
  /** Ways to switch a channel, tried in order: the next one only where a call does not exist. */
  switching: readonly ('call' | 'put')[];
  /** Calls for many channels at once. */
  many: { delete: boolean; switch: boolean };
  /** How a channel is copied on its own site: by a call, with the key that the site keeps, or as a new channel. */
  copy: 'call' | 'new';
  /** How to ask for the models of the upstream of a stored channel. */
  upstream: 'stored' | 'sent' | 'unknown' | 'none';
  /** A test may name the model to be tested with. */
  testModel: boolean;
  /** The type number of Gemini. */
  gemini: number;
  /** A mapping is followed over several steps, else over one (sources of the servers). */
  chains: boolean;
  /** Channels have a tag. */
  tags: boolean;
}

/** The bare channel, as all generations but the newest want it. */
export const flatForm: Form = (channel) => channel;

/**
 * Harmful on Veloera, which answers success and keeps an empty, enabled channel (v0.4.0-lab.20250618, fixture
 * veloera/channels-create).
 */
export const wrappedForm = (channel: Record<string, unknown>): unknown => ({ mode: 'single', channel });

/**
 * Only channels of One Hub and its kin have these fields (v0.14.27-lab.20260220, fixture
 * one-hub/channels-edit-delete).
 */
export const isOfOneHub = (raw: Record<string, unknown>): boolean =>
  'proxy' in raw || 'only_chat' in raw || 'model_headers' in raw;

/**
 * The key that older servers show, to be sent back and kept out of everything else; empty where it is not shown. A
 * mask that is sent back would become the key, so fewer texts count as a mask here than elsewhere.
 */
export function keyTold(raw: Record<string, unknown>): string {
  const key = raw['key'];
  return typeof key === 'string' && !isMasked(key) && !/x{4,}/i.test(key) ? key : '';
}
