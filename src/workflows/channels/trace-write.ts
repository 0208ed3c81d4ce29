import type { Channel } from '../../core/channels/channel';
import type { FailureCode } from '../../core/failure';
import { fail, type Result } from '../../core/result';
import type { ChannelRecord } from '../../storage/journal-schema';
import { mayHaveArrived, newTrail, type WriteTrail } from '../../targets/new-api/write-trail';

export interface Traced {
  written: Result<Channel>;
  phase: ChannelRecord['phase'];
}

/** What the look itself found out; any other failure of it says nothing about the write. */
const FOUND_OUT: readonly FailureCode[] = ['channel-not-saved', 'channel-untold', 'channel-gone'];

/**
 * One write, and what is known of it. Only one that was never sent, or whose own answer refused it, is not written. Where
 * the look at it failed after the server had taken it, that is said in place of why the look failed.
 */
export async function traceWrite(
  name: string,
  write: (trail: WriteTrail) => Promise<Result<Channel>>,
): Promise<Traced> {
  const trail = newTrail();
  const written = await write(trail);
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
