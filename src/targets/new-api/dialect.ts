import { isMasked } from '../../core/mask';

/** Makes the body of a request for a new channel. */
export type Form = (channel: Record<string, unknown>) => unknown;

/** What sets the channel API of one generation apart. Everything else is the same on all of them. */
export interface Dialect {
  /** Bodies for a new channel, tried in order: the next one only where a form was refused. */
  forms: readonly [Form, ...Form[]];
  /**
   * What a change has to send. `part`: what is left out stays. `whole`: what is left out is emptied, the key too.
   * `unsure`: whole where the server shows the key, else a part.
   */
  update: 'part' | 'whole' | 'unsure';
  /** Ways to switch a channel, tried in order: the next one only where a call does not exist. */
  switching: readonly ('call' | 'put')[];
  /** Calls for many channels at once. */
  many: { delete: boolean; switch: boolean };
  /** How the models of a stored channel's upstream are asked for. */
  upstream: 'stored' | 'sent' | 'unknown' | 'none';
  /** A test may name the model to be tested with. */
  testModel: boolean;
  /** The number that stands for Gemini. */
  gemini: number;
  /** A mapping is followed over several steps; else over one (from the servers’ sources). */
  chains: boolean;
  /** Channels have a tag. */
  tags: boolean;
}

/** The bare channel, as all generations but the newest want it. */
export const flatForm: Form = (channel) => channel;

/** To Veloera it is harm: it answers success and keeps an empty enabled channel (seen on running servers). */
export const wrappedForm = (channel: Record<string, unknown>): unknown => ({ mode: 'single', channel });

/**
 * The key that older servers tell, to be sent back and kept out of everything else; empty where it is not told. A mask that
 * is sent back becomes the key, so that less is taken for one here than elsewhere.
 */
export function keyTold(raw: Record<string, unknown>): string {
  const key = raw['key'];
  return typeof key === 'string' && !isMasked(key) && !/x{4,}/i.test(key) ? key : '';
}
