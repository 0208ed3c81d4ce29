import { withCors } from './site/cors';
import { say } from './messages';
import { empty, html, invalidUrl, json, refuse, relayError } from './reply';
import { noFaults, type RelayState } from './state';
import type { Call, Reply } from './types';

const CHALLENGE =
  '<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>';

/** As a proxy in front of the server answers, not the server. */
const gatewayPage = (status: number, title: string): Reply => {
  const text = `${status} ${title}`;
  return {
    ...html(
      status,
      `<html>\r\n<head><title>${text}</title></head>\r\n<body>\r\n<center><h1>${text}</h1></center>\r\n</body>\r\n</html>\r\n`,
    ),
    bare: true,
  };
};

const unauthorized = (call: Call): Reply =>
  call.path.startsWith('/api')
    ? json(401, { code: 'AUTH_UNAUTHORIZED', message: say(call, 'accessTokenInvalid'), success: false })
    : relayError(call, 401, say(call, 'tokenInvalid'));

const forbidden = (call: Call): Reply =>
  call.path.startsWith('/api')
    ? json(403, {
        code: 'AUTH_INSUFFICIENT_PRIVILEGE',
        message: 'Unauthorized, insufficient privileges',
        success: false,
      })
    : relayError(call, 403, '您的 IP 不在令牌允许访问的列表中', 'access_denied');

/** What the server answers in earnest with such a status, as far as it is known. */
function failure(call: Call, status: number): Reply {
  if (status === 401) return unauthorized(call);
  if (status === 403) return forbidden(call);
  if (status === 404) return invalidUrl(call);
  if (status === 429) return empty(429, { 'retry-after': '180' });
  if (status === 502) return gatewayPage(502, 'Bad Gateway');
  if (status === 504) return gatewayPage(504, 'Gateway Time-out');
  const message = `made-up failure ${status}`;
  return call.path.startsWith('/api') ? refuse(message, status) : relayError(call, status, message);
}

const byLength = (a: string, b: string): number => b.length - a.length;

function fault({ faults }: RelayState, call: Call): Reply | undefined {
  const prefixes = Object.keys(faults.status).sort(byLength);
  const prefix = prefixes.find((one) => call.path.startsWith(one));
  if (prefix !== undefined) return failure(call, faults.status[prefix] ?? 500);
  if (call.path !== '/v1/models') return undefined;
  if (faults.redirectTo !== undefined) return { ...empty(302, { location: faults.redirectTo }), bare: true };
  return faults.modelsStatus === undefined ? undefined : failure(call, faults.modelsStatus);
}

/** Answers before the server gets to see the request. Preflights pass, so that a page sees the fault itself. */
export function faultReply(state: RelayState, call: Call): Reply | undefined {
  if (state.faults.html) return { ...html(200, CHALLENGE), bare: true };
  const reply = call.method === 'OPTIONS' ? undefined : fault(state, call);
  return reply === undefined || reply.bare === true ? reply : withCors(call, reply);
}

export const hangs = ({ faults }: RelayState, path: string): boolean =>
  typeof faults.hang === 'string' ? path.startsWith(faults.hang) : faults.hang;

/** Breaks a JSON answer off in the middle. */
export function garbled({ faults }: RelayState, reply: Reply): Reply {
  const isJson = (reply.headers['content-type'] ?? '').startsWith('application/json');
  if (!faults.malformedJson || !isJson) return reply;
  return { ...reply, body: reply.body.slice(0, Math.ceil(reply.body.length / 2)) };
}

/** In place, as tests hold on to the object. */
export const resetFaults = (state: RelayState): void => void Object.assign(state.faults, noFaults());
