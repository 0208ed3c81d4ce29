import type { TFunction } from 'i18next';
import { connectionState, type ConnectionState } from '../../core/connection/state';
import type { ConnectionView } from '../../core/view/view';
import { formatTime } from '../format';
import type { StatusTone } from '../parts/status';
import { sayAgo } from '../say';

interface ConnectionWords {
  tone: StatusTone;
  /** A word or two. */
  short: string;
  /** The same with the time. */
  text: string;
}

const TONES: Record<ConnectionState['kind'], StatusTone> = {
  none: 'absent',
  'no-key': 'warn',
  'not-allowed': 'warn',
  unchecked: 'none',
  checking: 'busy',
  connected: 'ok',
  banned: 'danger',
  refused: 'danger',
  unreachable: 'danger',
  failed: 'danger',
};

/** The state of the connection in words: the same wherever it is said. `now`: milliseconds since 1970. */
export function sayConnection(
  t: TFunction,
  language: string,
  connection: ConnectionView | null,
  now: number,
): ConnectionWords {
  const state = connectionState(connection, now);
  const tone = TONES[state.kind];
  const time = state.kind === 'banned' ? formatTime(state.until, language) : '';
  const isKey = state.kind !== 'refused' || state.failure.code === 'key-refused';
  const short = t(isKey ? `connection.state.${state.kind}` : 'connection.state.shut', { time });
  if (state.kind !== 'connected') return { tone, short, text: short };
  const ago = sayAgo(t, state.checkedAt, language, now);
  return { tone, short, text: t('connection.checked', { state: short, ago }) };
}
