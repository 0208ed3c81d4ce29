import { wrappedForm, type Dialect } from './dialect';

/** New API since the middle of 2025 (v1.0.0-lab.20260728, fixtures new-api/channels-*). */
export const wrapped: Dialect = {
  forms: [wrappedForm],
  update: 'part',
  // The call came in the middle of 2026; before it, the status was a field of the channel.
  switching: ['call', 'put'],
  many: { delete: true, switch: true },
  upstream: 'stored',
  testModel: true,
  gemini: 24,
  chains: true,
  tags: true,
};
