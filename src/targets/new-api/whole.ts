import { flatForm, type Dialect } from './dialect';

/**
 * One Hub and Done Hub: a change that names models overwrites every column (One Hub v0.14.27-lab.20260220, fixture
 * one-hub/channels-edit-delete).
 */
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
