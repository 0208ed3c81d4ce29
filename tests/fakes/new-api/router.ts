import { allowOrigin, isCrossOrigin, preflight, withCors } from './site/cors';
import { tooMany } from './site/guards';
import { empty, html, invalidUrl, webUi } from './reply';
import { ROUTES, type Route } from './routes';
import type { RelayState } from './state';
import type { Call, Reply } from './types';

function paramsOf(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith(':') && value !== '') params[segment.slice(1)] = value;
    else if (segment !== value) return undefined;
  }
  return params;
}

function find(method: string, path: string): { route: Route; params: Record<string, string> } | undefined {
  for (const route of ROUTES) {
    const params = route.method === method ? paramsOf(route.path, path) : undefined;
    if (params !== undefined) return { route, params };
  }
  return undefined;
}

/** A slash too many or too few, if the path is a route without or with it. The server's own headers are left out. */
function slashRedirect(call: Call): Reply | undefined {
  const other = call.path.endsWith('/') ? call.path.slice(0, -1) : `${call.path}/`;
  if (find(call.method, other) === undefined) return undefined;
  const location = other + call.search;
  if (call.method !== 'GET') return { ...empty(307, { location }), bare: true };
  const link = `<a href="${location.replaceAll('&', '&amp;')}">Moved Permanently</a>.\n\n`;
  return { ...html(301, link, { location }), bare: true };
}

/** Nothing is routed for OPTIONS, so that every path passes the preflight, also where the answer gets no CORS header. */
function unrouted(call: Call): Reply {
  if (call.method === 'OPTIONS' && isCrossOrigin(call)) return preflight();
  return allowOrigin(call, /^\/(api|v1|assets)/.test(call.path) ? invalidUrl(call) : webUi());
}

function routed(state: RelayState, call: Call, route: Route): Reply {
  const wait = route.path.startsWith('/api/') ? state.limiter?.refuse('api', call.address) : undefined;
  return wait === undefined ? withCors(call, route.run(state, call)) : tooMany(wait);
}

export function dispatch(state: RelayState, call: Call): Reply {
  const found = find(call.method, call.path);
  if (found !== undefined) return routed(state, { ...call, params: found.params }, found.route);
  return slashRedirect(call) ?? unrouted(call);
}
