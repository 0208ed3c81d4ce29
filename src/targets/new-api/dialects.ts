import type { AccountFamily } from '../../core/accounts/relay-family';
import { flatForm, wrappedForm, type Dialect } from './dialect';

const ONE_BY_ONE = { delete: false, switch: false };

/** New API until the middle of 2025 (v0.6.3.1-lab.20250411, fixtures new-api-old/channels-*). */
const flat: Dialect = {
  forms: [flatForm],
  update: 'part',
  switching: ['put'],
  many: { delete: true, switch: false },
  copy: 'new',
  upstream: 'stored',
  testModel: true,
  gemini: 24,
  chains: true,
  tags: true,
};

/** How each family keeps its channels. */
export const DIALECTS = {
  /** Since the middle of 2025 (v1.0.0-lab.20260728, fixtures new-api/channels-*). */
  'new-api': {
    ...flat,
    forms: [wrappedForm],
    // The call came in the middle of 2026; before it, the status was a field of the channel.
    switching: ['call', 'put'],
    many: { delete: true, switch: true },
    copy: 'call',
  },
  'new-api-old': flat,
  /** The ancestor of New API has neither tags nor calls for many (v0.6.11-lab.20250221, fixtures one-api/channels-*). */
  'one-api': { ...flat, many: ONE_BY_ONE, upstream: 'none', chains: false, tags: false },
  /**
   * One Hub and Done Hub: a change that names models overwrites every column, and a test that names a model gets a bare
   * 500 (One Hub v0.14.27-lab.20260220, fixture one-hub/channels-edit-delete).
   */
  'one-hub': {
    ...flat,
    update: 'whole',
    many: ONE_BY_ONE,
    upstream: 'sent',
    testModel: false,
    gemini: 25,
    chains: false,
  },
  /** A fork of New API (v0.4.0-lab.20250618, fixtures veloera/channels-*). */
  veloera: { ...flat, chains: false },
  /** A fork without distinguishing features gets only what harms none of the known servers: the flat form first. */
  compatible: {
    ...flat,
    forms: [flatForm, wrappedForm],
    update: 'unsure',
    switching: ['call', 'put'],
    many: ONE_BY_ONE,
    upstream: 'unknown',
    testModel: false,
  },
} satisfies Record<AccountFamily, Dialect>;
