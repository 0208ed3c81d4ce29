import * as v from 'valibot';
import { hostOf } from '../../core/base-url';
import type { Channel } from '../../core/channels/channel';
import { channelOf, rawChannelSchema, type RawChannel } from '../../core/channels/raw-channel';
import { fail, ok, type Result } from '../../core/failures/result';
import type { Http } from '../../ports/http';
import type { Site } from '../../relays/ask';
import { askData } from '../../relays/site/envelope';

/** One channel as the server keeps it. May hold its key: it goes back to the server and nowhere else. */
export async function readRaw(http: Http, site: Site, id: number): Promise<Result<RawChannel>> {
  const reply = await askData(http, site, { path: `/api/channel/${id}` });
  if (!reply.ok) {
    const { failure } = reply;
    const gone = failure.code === 'relay-refusal' && /not found/i.test(failure.text);
    return gone ? fail({ code: 'channel-gone' }) : reply;
  }
  const parsed = v.safeParse(rawChannelSchema, reply.value);
  return parsed.success && parsed.output.id === id
    ? ok(parsed.output)
    : fail({ code: 'relay-shape', host: hostOf(site.siteUrl) });
}

/** One channel, without its key. */
export async function readChannel(http: Http, site: Site, id: number): Promise<Result<Channel>> {
  const raw = await readRaw(http, site, id);
  return raw.ok ? ok(channelOf(raw.value)) : raw;
}
