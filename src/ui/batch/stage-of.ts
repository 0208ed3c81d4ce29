import type { BatchView } from '../../core/batch/batch';
import type { Running, Stage } from '../../core/cliproxyapi/card';

/** In their order: the key that is least far tells where the batch is. */
export const STAGES: readonly Stage[] = [
  'waiting',
  'listing',
  'reading',
  'writing',
  'reading-back',
  'asking',
  'trying',
];

/** How far a batch is that was sent, by its keys at one CLIProxyAPI. `done`: so many of `count` are checked. */
export function stageOf(
  { providers }: BatchView,
  keys: readonly { id: string; running: Running | null }[],
): { stage: Stage; isChecking: boolean; done: number; count: number } {
  const planned = new Set(providers.flatMap((provider) => provider.keys.map(({ keyId }) => keyId)));
  const stages = keys.flatMap(({ id, running }) => (planned.has(id) && running ? [running.stage] : []));
  const stage = STAGES.find((each) => stages.includes(each)) ?? 'waiting';
  const isChecking = stage === 'asking' || stage === 'trying';
  return { stage, isChecking, done: isChecking ? planned.size - stages.length : 0, count: planned.size };
}
