import { flatForm, type Dialect } from './dialect';

/** One Hub and Done Hub: a change with models in it overwrites every column (seen on a running server). */
export const whole: Dialect = {
  forms: [flatForm],
  update: 'whole',
  switching: ['put'],
  many: { delete: false, switch: false },
  upstream: 'sent',
  // Naming one is answered with a bare 500.
  testModel: false,
  gemini: 25,
  chains: false,
  tags: true,
};
