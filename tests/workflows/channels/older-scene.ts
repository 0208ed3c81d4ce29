import { onTestFinished } from 'vitest';
import { saveNewApi } from '../../../src/workflows/new-api/keep-new-apis';
import { OLDER, startOlderServer, type OlderServer } from '../../fakes/older-channels.ts';
import { must } from '../scene';
import { channelScene, ROOT_TOKEN, type ChannelScene } from './scene';

export const FAMILIES = ['one-hub', 'veloera', 'one-api', 'compatible'] as const;
/** The key of every channel that is there. */
export const SECRET = 'sk-their-secret-0001';

/** A server older than New API of the middle of 2025, kept, with 25 channels of others, beside a newer one (`newerId`). */
export async function olderScene(
  family: (typeof FAMILIES)[number],
): Promise<ChannelScene & { server: OlderServer; newerId: string }> {
  const made = await channelScene();
  const server = await startOlderServer(OLDER[family], ['x', 'y']);
  onTestFinished(() => server.stop());
  for (let id = 1; id <= 25; id += 1)
    server.rows.push({
      ...OLDER[family].columns,
      id,
      name: `theirs ${id}`,
      type: 1,
      key: SECRET,
      models: 'x',
      base_url: 'https://other.example',
      group: 'default',
    });
  const newApiId = must(
    await saveNewApi(made.ports, {
      name: family,
      siteUrl: server.origin,
      accessToken: ROOT_TOKEN,
      userId: '1',
    }),
  );
  return { ...made, newApiId, server, newerId: made.newApiId };
}
