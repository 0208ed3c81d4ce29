import { onTestFinished } from 'vitest';
import { startReplayServer, type Replayer } from './replay-server.ts';

export type { Replayer } from './replay-server.ts';

/** A replay server for the length of one test. */
export async function startReplayer(...given: Parameters<typeof startReplayServer>): Promise<Replayer> {
  const server = await startReplayServer(...given);
  onTestFinished(() => server.stop());
  return server;
}
