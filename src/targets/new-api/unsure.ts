import { flatForm, wrappedForm, type Dialect } from './dialect';

/**
 * A fork without distinguishing features gets only what harms none of the known servers: the flat form before the
 * wrapped one.
 */
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
