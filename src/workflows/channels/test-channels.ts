import type { ChannelResult } from '../../core/channels/view';
import { ok, type Result } from '../../core/result';
import { testChannel } from '../../targets/new-api/test-channel';
import { eachChannel } from './each-channel';
import type { Report } from '../heartbeat';
import { openNewApi, type NewApiPorts } from '../new-api/new-api-client';

/** The server's own test of channels, one result each. Each is a real request, which may cost a little. */
export async function testChannels(
  ports: NewApiPorts,
  newApiId: string,
  ids: readonly number[],
  model: string | undefined,
  signal: AbortSignal,
  report?: Report,
): Promise<Result<ChannelResult[]>> {
  const opened = await openNewApi(ports, newApiId);
  if (!opened.ok) return opened;
  const { call } = opened.value;
  const results = await eachChannel(
    ports,
    ids,
    signal,
    async (id) => {
      const tested = await call((http, site, dialect) =>
        testChannel(http, site, dialect, id, { model, signal }),
      );
      return tested.ok ? ok(null) : tested;
    },
    report,
  );
  return ok(results);
}
