import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { selfData } from './account-data';
import { parseObject } from '../go-json';
import { say } from '../messages';
import { json, refuse, withHeaders } from '../reply';
import { seconds, type RelayState } from '../state';
import type { Call, RelayUser, Reply } from '../types';

/** A browser's sign-in: a short JWT for requests, and a cookie which is exchanged for the next one. */
export interface Session {
  sid: string;
  userId: number;
  createdAt: number;
  rotatedAt: number;
  secret: string;
  previousSecret: string;
  revoked: boolean;
  /** JWT to the second at which it expires. */
  jwts: Map<string, number>;
}

const JWT_SECONDS = 900;
const SESSION_SECONDS = 30 * 24 * 3600;
const REPLAY_SECONDS = 30;
const COOKIE = 'new_api_refresh';

const newSecret = (): string => randomBytes(32).toString('hex');

function newJwt(session: Session, expires: number): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: session.sid, exp: expires, jti: randomUUID() })}`;
  return `${content}.${createHmac('sha256', 'fake signing key').update(content).digest('base64url')}`;
}

/** The user, or the code of the refusal. */
export function userOfAccessToken(state: RelayState, token: string | undefined): RelayUser | string {
  if (token === undefined) return 'AUTH_UNAUTHORIZED';
  const session = state.sessions.find(({ jwts }) => jwts.has(token));
  if (session?.revoked === true) return 'AUTH_SESSION_REVOKED';
  if (session !== undefined && (session.jwts.get(token) ?? 0) <= seconds(state)) return 'AUTH_TOKEN_EXPIRED';
  const user = state.users.find(({ id, accessToken }) =>
    session === undefined ? accessToken === token : id === session.userId,
  );
  return user ?? 'AUTH_UNAUTHORIZED';
}

function cookieLine(value: string, maxAge: number, expires: number): string {
  const date = new Date(expires * 1000).toUTCString();
  return `${COOKIE}=${value}; Path=/api/user/auth; Expires=${date}; Max-Age=${maxAge}; HttpOnly; SameSite=Strict`;
}

function signedIn(state: RelayState, call: Call, session: Session, user: RelayUser): Reply {
  const now = seconds(state);
  const expires = session.createdAt + SESSION_SECONDS;
  const jwt = newJwt(session, now + JWT_SECONDS);
  session.jwts.set(jwt, now + JWT_SECONDS);
  const view = {
    sid: session.sid,
    current: true,
    login_method: 'password',
    ip: call.address,
    user_agent: call.headers['user-agent'] ?? '',
    created_at: session.createdAt,
    last_active_at: now,
    expires_at: expires,
  };
  const data = {
    access_expires_at: now + JWT_SECONDS,
    access_token: jwt,
    session: view,
    token_type: 'Bearer',
    user: selfData(user),
  };
  // The server rounds the time that is left down, so that it is a second short from the start.
  const cookie = cookieLine(`${session.sid}.${session.secret}`, expires - now - 1, expires);
  return json(
    200,
    { data, message: '', success: true },
    { 'cache-control': 'no-store', 'set-cookie': cookie },
  );
}

export function signIn(state: RelayState, call: Call): Reply {
  const parsed = parseObject(call.body, 'LoginRequest', { username: 'string', password: 'string' });
  if ('error' in parsed) return refuse(say(call, 'parametersInvalid'));
  const { username, password } = parsed.value;
  const user = state.users.find((one) => one.username === username && one.status === 1);
  if (user?.password === undefined || user.password !== password) return refuse(say(call, 'signInFailed'));
  const now = seconds(state);
  const session: Session = {
    sid: randomUUID(),
    userId: user.id,
    createdAt: now,
    rotatedAt: now,
    secret: newSecret(),
    previousSecret: '',
    revoked: false,
    jwts: new Map(),
  };
  state.sessions.push(session);
  return signedIn(state, call, session, user);
}

const refused = (code: string): Reply =>
  withHeaders(json(401, { code, message: 'Unauthorized', success: false }), {
    'cache-control': 'no-store',
    'set-cookie': cookieLine('', 0, 1),
  });

export function refresh(state: RelayState, call: Call): Reply {
  const [sid, secret] = (/new_api_refresh=([^;]*)/.exec(call.headers.cookie ?? '')?.[1] ?? '').split('.');
  const session = state.sessions.find((one) => one.sid === sid);
  const user = state.users.find(({ id }) => id === session?.userId);
  if (session === undefined || user === undefined || !secret) return refused('AUTH_UNAUTHORIZED');
  if (session.revoked) return refused('AUTH_SESSION_REVOKED');
  if (secret === session.secret) {
    session.previousSecret = session.secret;
    session.secret = newSecret();
    session.rotatedAt = seconds(state);
  } else if (secret !== session.previousSecret) {
    return refused('AUTH_UNAUTHORIZED');
  } else if (seconds(state) - session.rotatedAt > REPLAY_SECONDS) {
    // An old cookie in use means that it was stolen: nobody keeps the session.
    session.revoked = true;
    return refused('AUTH_SESSION_REVOKED');
  }
  return signedIn(state, call, session, user);
}
