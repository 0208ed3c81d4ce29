import { flatForm, type Dialect } from './dialect';

/** New API until the middle of 2025 (seen on a running server). */
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

/** Its fork (seen on a running server). */
export const flatVeloera: Dialect = { ...flat, chains: false };

/** Their ancestor knows neither tags nor calls for many (seen on a running server). */
export const flatOneApi: Dialect = {
  ...flat,
  many: { delete: false, switch: false },
  upstream: 'none',
  chains: false,
  tags: false,
};
