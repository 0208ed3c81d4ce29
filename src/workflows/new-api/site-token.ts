import type { NewApi } from '../../storage/channel-schema';
import type { Session } from '../../storage/schema';
import type { Ports } from '../ports';
import type { Result } from '../../core/failures/result';

/** The token of a New API, from where it is kept; empty: the browser was closed since it was entered. */
export const tokenOf = ({ id, accessToken, remember }: NewApi, { siteTokens }: Session): string =>
  remember === 'session' ? (siteTokens?.[id] ?? '') : accessToken;

/** Keeps a token until the browser closes; null forgets it. An empty one notes that its absence was said. */
export const holdToken = (
  ports: Pick<Ports, 'session'>,
  newApiId: string,
  token: string | null,
): Promise<Result<void>> =>
  ports.session.change((document) => {
    const tokens = { ...document.siteTokens };
    if (token === null) delete tokens[newApiId];
    else tokens[newApiId] = token;
    document.siteTokens = tokens;
  });
