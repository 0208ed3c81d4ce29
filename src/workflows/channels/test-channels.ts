import type { ChannelResult } from '../../core/channels/view';
import { ok, type Result } from '../../core/failures/result';
import { testChannel } from '../../targets/new-api/test-channel';
import { whileAwake, type Report } from '../heartbeat';
import { openNewApi } from '../new-api/new-api-client';
import type { Ports } from '../ports';
import { eachChannel } from './each-channel';

/** The server's own test of channels, one result each. Each is a real request, which may cost a little. */
export async function testChannels(
  ports: Ports,
  newApiId: string,
  ids: readonly number[],
  model: string | undefined,
  signal: AbortSignal,
  report?: Report,
): Promise<Result<ChannelResult[]>> {
  const client = await openNewApi(ports, newApiId);
  if (!client.ok) return client;
  const test = async (id: number): Promise<Result<null>> => {
    const tested = await client.value.call((http, site, dialect) =>
      testChannel(http, site, dialect, id, { model, signal }),
    );
    return tested.ok ? ok(null) : tested;
  };
  const byId = new Map(ids.map((id) => [id, id]));
  return ok(await whileAwake(ports, () => eachChannel(ports, byId, { signal, report }, test)));
}
