import type { Channel } from '../../core/channels/channel';
import type { FailureCode } from '../../core/failures/failure';
import { fail, type Result } from '../../core/failures/result';
import type { ChannelRecord } from '../../storage/journal-schema';
import type { Http } from '../../ports/http';
import type { Site } from '../../relays/ask';
import type { Dialect } from '../../targets/new-api/dialect';
import { mayHaveArrived, newTrail, type WriteTrail } from '../../targets/new-api/write-trail';
import type { NewApiClient } from '../new-api/new-api-client';

export type TracedWrite = (
  http: Http,
  site: Site,
  dialect: Dialect,
  trail: WriteTrail,
) => Promise<Result<Channel>>;

/** What the look itself found out; any other failure of it says nothing about the write. */
const FOUND_OUT: readonly FailureCode[] = ['channel-not-saved', 'channel-untold', 'channel-gone'];

/**
 * One write, and what is known of it. Only one that was never sent, or whose own answer refused it, is not written. Where
 * the look at it failed after the server had taken it, that is said in place of why the look failed.
 */
export async function traceWrite(
  client: NewApiClient,
  name: string,
  write: TracedWrite,
): Promise<{ written: Result<Channel>; phase: ChannelRecord['phase'] }> {
  const trail = newTrail();
  const written = await client.call((http, site, dialect) => write(http, site, dialect, trail));
  if (written.ok) return { written, phase: 'done' };
  const { failure } = written;
  if (trail.step === 'before') return { written, phase: 'not-written' };
  // Two such channels may also be found where no answer came.
  if (FOUND_OUT.includes(failure.code)) {
    return { written, phase: failure.code === 'channel-gone' ? 'not-written' : 'needs-look' };
  }
  if (trail.step === 'taken') return { written: fail({ code: 'channel-unread', name }), phase: 'needs-look' };
  return { written, phase: mayHaveArrived(failure) ? 'needs-look' : 'not-written' };
}
