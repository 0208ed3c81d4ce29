import type { ProvedCard } from './proved-card';

/** Whether every model that this very key brought is served, as far as anybody knows. */
export const isServedWhole = ({ basis, served, total, keyOnly, unsure }: ProvedCard): boolean =>
  basis === 'registry' && total > 0 && served === total && !keyOnly && !unsure;
