import { useState } from 'react';
import type { Failure } from '../core/failures/failure';
import type { Result } from '../core/failures/result';

export interface RequestState {
  busy: boolean;
  /** Why the last one failed. */
  failure: Failure | null;
  /** Sends one; the failure of the one before is forgotten. */
  run<T>(send: () => Promise<Result<T>>): Promise<Result<T>>;
}

type State = { kind: 'idle' } | { kind: 'busy' } | { kind: 'failed'; failure: Failure };

/** What a form or button shows of the request that it sends: that it is under way, or why it failed. */
export function useRequest(first?: Failure | null): RequestState {
  const [state, setState] = useState<State>(first ? { kind: 'failed', failure: first } : { kind: 'idle' });
  return {
    busy: state.kind === 'busy',
    failure: state.kind === 'failed' ? state.failure : null,
    async run(send) {
      setState({ kind: 'busy' });
      const reply = await send();
      setState(reply.ok ? { kind: 'idle' } : { kind: 'failed', failure: reply.failure });
      return reply;
    },
  };
}
