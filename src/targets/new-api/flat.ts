import { flatForm, type Dialect } from './dialect';

/** New API until the middle of 2025 (v0.6.3.1-lab.20250411, fixtures new-api-old/channels-*). */
export const flat: Dialect = {
  forms: [flatForm],
  update: 'part',
  switching: ['put'],
  many: { delete: true, switch: false },
  upstream: 'stored',
  testModel: true,
  gemini: 24,
  chains: true,
  tags: true,
};

/** Veloera, a fork of it (v0.4.0-lab.20250618, fixtures veloera/channels-*). */
export const flatVeloera: Dialect = { ...flat, chains: false };

/**
 * One API, the ancestor of both, has neither tags nor calls for many channels (v0.6.11-lab.20250221, fixtures
 * one-api/channels-*).
 */
export const flatOneApi: Dialect = {
  ...flat,
  many: { delete: false, switch: false },
  upstream: 'none',
  chains: false,
  tags: false,
};
