import { flatForm, type Dialect } from './dialect';

/** New API until the middle of 2025, and Veloera (seen on running servers). */
export const flat: Dialect = {
  forms: [flatForm],
  update: 'part',
  switching: ['put'],
  many: { delete: true, switch: false },
  upstream: 'stored',
  testModel: true,
  gemini: 24,
  tags: true,
};

/** Their ancestor knows neither tags nor calls for many (seen on a running server). */
export const flatOneApi: Dialect = {
  ...flat,
  many: { delete: false, switch: false },
  upstream: 'none',
  tags: false,
};
