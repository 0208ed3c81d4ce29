import { flatForm, wrappedForm, type Dialect } from './dialect';

/** A fork that nothing tells apart: only what harms none of the known ones, the flat form before the wrapped. */
export const unsure: Dialect = {
  forms: [flatForm, wrappedForm],
  update: 'unsure',
  switching: ['call', 'put'],
  many: { delete: false, switch: false },
  upstream: 'unknown',
  testModel: false,
  gemini: 24,
  chains: true,
  tags: true,
};
