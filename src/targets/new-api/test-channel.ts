import { hostOf } from '../../core/base-url';
import { fail, ok, type Result } from '../../core/failures/result';
import type { Http } from '../../ports/http';
import type { Site } from '../../relays/ask';
import { askData } from '../../relays/site/envelope';
import type { Dialect } from './dialect';

/** The server waits for a whole chat, up to half a minute. */
const TIMEOUT_MS = 45_000;

/** Runs the test of the server: one chat through the channel, which may cost a little. */
export async function testChannel(
  http: Http,
  site: Site,
  dialect: Dialect,
  id: number,
  options: { model?: string | undefined; signal?: AbortSignal },
): Promise<Result<true>> {
  const { model, signal } = options;
  const query = model && dialect.testModel ? `?model=${encodeURIComponent(model)}` : '';
  const reply = await askData(http, site, {
    path: `/api/channel/test/${id}${query}`,
    timeoutMs: TIMEOUT_MS,
    signal,
  });
  if (reply.ok) return ok(true);
  const { failure } = reply;
  if (failure.code === 'relay-not-found')
    return fail({ code: 'channel-feature', host: hostOf(site.siteUrl) });
  return failure.code === 'relay-refusal' ? fail({ code: 'channel-test', text: failure.text }) : reply;
}
