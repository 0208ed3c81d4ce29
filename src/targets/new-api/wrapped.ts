import { wrappedForm, type Dialect } from './dialect';

/** New API since the middle of 2025 (seen on running servers). */
export const wrapped: Dialect = {
  forms: [wrappedForm],
  update: 'part',
  // Before the middle of 2026 there was no such call, and the status stood in the channel.
  switching: ['call', 'put'],
  many: { delete: true, switch: true },
  upstream: 'stored',
  testModel: true,
  gemini: 24,
  chains: true,
  tags: true,
};
