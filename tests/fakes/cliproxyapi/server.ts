import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { never, type ServerClock } from '../clock.ts';
import { ManagementGate, checkProxyKey } from './management/auth.ts';
import { chat } from './serving/chat.ts';
import { isWrite, malformed, onArrival, takeOne, type Silence } from './faults.ts';
import { ROUTES, type Management, type Route } from './management/management.ts';
import { corsHeaders, inSafeMode, masked, readRequest, rootPage, safeModeRefusal } from './pages.ts';
import { V0_ROUTES, v8Route } from './v8/routes.ts';
import { empty, ok, send, type Reply, type Request } from './reply.ts';
import { Turns } from './serving/selection.ts';
import type { LoggedRequest } from './types.ts';

export interface ServerContext extends Management {
  version: string;
  managementKey: string | null;
  allowRemote: boolean;
  bcryptMs: number;
  requests: LoggedRequest[];
  clock: ServerClock;
}

const MANAGEMENT = '/v0/management';
const MANAGEMENT_V8 = '/v8/management';
const PUBLIC = ['GET /', 'GET /healthz', 'HEAD /healthz', 'GET /v1/models', 'POST /v1/chat/completions'];

export class CliproxyapiServer {
  private readonly gate: ManagementGate;
  private readonly turns = new Turns();
  private readonly server: Server;

  constructor(private readonly context: ServerContext) {
    this.gate = new ManagementGate(context.clock);
    this.server = createServer((incoming, response) => {
      // The caller hung up: nobody is left to answer.
      const handler = (): Promise<void> => this.handle(incoming, response);
      context.clock.serve(incoming, handler).catch(() => response.destroy());
    });
  }

  async listen(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = incoming;
    const logged: LoggedRequest = { at: this.context.clock.now(), method, path: masked(url), status: 0 };
    this.context.requests.push(logged);
    const request = await readRequest(incoming);
    const reply =
      (await onArrival(this.context.clock, this.context.faults, method, request.path)) ??
      (await this.answer(request));
    if (reply === 'hang') return this.context.clock.waitFor(never);
    if (reply === 'drop') {
      response.destroy();
      return;
    }
    logged.status = reply.status;
    await send(response, reply, method);
  }

  private async answer(request: Request): Promise<Reply | Silence> {
    this.context.store.followCollapse();
    const redirect = this.redirect(request);
    if (redirect) return redirect;
    const reply = request.method === 'OPTIONS' ? empty(204) : await this.route(request);
    return typeof reply === 'string'
      ? reply
      : { ...reply, headers: { ...corsHeaders(this.context.abilities), ...reply.headers } };
  }

  /** A slash too many is answered before everything else, so without the headers that all other answers have. */
  private redirect({ method, path, query }: Request): Reply | undefined {
    // The one path of 8.x that lacks its slash.
    const isRoot = method === 'DELETE' && path === `${MANAGEMENT_V8}/config`;
    if (isRoot && this.context.abilities.v8) return { status: 307, headers: { Location: `${path}/` } };
    if (path === '/' || !path.endsWith('/') || !this.isRoute(method, path.slice(0, -1))) return undefined;
    const search = query.size ? `?${query}` : '';
    const headers = { Location: `${path.slice(0, -1)}${search}` };
    if (method !== 'GET') return { status: 307, headers };
    const body = `<a href="${headers.Location}">Moved Permanently</a>.\n\n`;
    return { status: 301, headers: { ...headers, 'Content-Type': 'text/html; charset=utf-8' }, body };
  }

  private isRoute(method: string, path: string): boolean {
    const route = `${method} ${path}`;
    const managed = this.context.managementKey !== null && ROUTES.has(route.replace(`${MANAGEMENT}/`, '/'));
    return PUBLIC.includes(route) || (managed && path.startsWith(`${MANAGEMENT}/`));
  }

  private route(request: Request): Reply | Promise<Reply | Silence> {
    const { method, path } = request;
    if (path === MANAGEMENT || path.startsWith(`${MANAGEMENT}/`)) return this.manageV0(request);
    if (this.context.abilities.v8 && path.startsWith(`${MANAGEMENT_V8}/`)) return this.manageV8(request);
    if (path === '/v1' || path.startsWith('/v1/')) return this.proxy(request);
    if (path === '/healthz' && (method === 'GET' || method === 'HEAD')) return ok({ status: 'ok' });
    return path === '/' && method === 'GET' ? rootPage(this.context.store.memory.apiKeys) : empty(404);
  }

  private manageV0(request: Request): Reply | Promise<Reply | Silence> {
    const { abilities, faults } = this.context;
    if (this.isUnmanaged() || (abilities.v8 && faults.v0Gone)) return empty(404);
    const endpoint = request.path.slice(MANAGEMENT.length + 1);
    const route = (abilities.v8 ? V0_ROUTES : ROUTES).get(`${request.method} /${endpoint}`);
    if (!route && !abilities.authOnUnknownPaths) {
      return { status: 404, headers: { 'Content-Type': 'text/plain' }, body: '404 page not found' };
    }
    return this.manage(request, endpoint, route);
  }

  /** Below `/v8`, what is not there is said before the key is looked at. */
  private manageV8(request: Request): Reply | Promise<Reply | Silence> {
    const endpoint = request.path.slice(MANAGEMENT_V8.length + 1);
    const route = v8Route(request.method, `/${endpoint}`);
    if (this.isUnmanaged() || !route) return empty(404);
    return this.manage(request, endpoint, route);
  }

  private isUnmanaged(): boolean {
    return this.context.managementKey === null || this.context.faults.collapse;
  }

  private async manage(
    request: Request,
    endpoint: string,
    route: Route | undefined,
  ): Promise<Reply | Silence> {
    const { faults } = this.context;
    const refusal = await this.gate.check(request, this.rules());
    const reply = refusal ?? malformed(faults, request.method, endpoint) ?? (await this.run(request, route));
    if (reply === 'drop' || reply === 'hang') return reply;
    // A page in the place of the answer comes from somewhere else, and so has no version.
    return reply.headers?.['Content-Type'] === 'text/html' ? reply : this.versioned(reply);
  }

  private rules() {
    const { managementKey: key, allowRemote, bcryptMs, faults, abilities } = this.context;
    const password = faults.collapseWithPassword;
    const free = password ? 0 : bcryptMs;
    return {
      key,
      allowRemote: allowRemote || password,
      banLocal: abilities.banLocal,
      believesForwarded: abilities.v8 === null,
      bcryptMs: free,
    };
  }

  private async run(request: Request, route: Route | undefined): Promise<Reply | Silence> {
    const { faults } = this.context;
    const { method, path } = request;
    if (!route) return empty(404);
    if (!isWrite(method)) return route(this.context, request);
    if (takeOne(faults, 'dropBeforeWrite')) return 'drop';
    await faults.beforeWrite?.(method, path);
    this.context.store.followCollapse();
    const reply = await route(this.context, request);
    return takeOne(faults, 'dropAfterWrite') ? 'drop' : reply;
  }

  private versioned(reply: Reply): Reply {
    const { version, abilities } = this.context;
    const headers: Record<string, string> = {
      'X-CPA-VERSION': version,
      'X-CPA-COMMIT': 'none',
      'X-CPA-BUILD-DATE': 'unknown',
      ...(abilities.supportPluginHeader ? { 'X-CPA-SUPPORT-PLUGIN': abilities.v8 ? '0' : '1' } : {}),
    };
    return { ...reply, headers: { ...headers, ...reply.headers } };
  }

  private proxy(request: Request): Reply | Promise<Reply> {
    const { store, abilities } = this.context;
    if (inSafeMode(store.memory.apiKeys)) return safeModeRefusal();
    const route = `${request.method} ${request.path}`;
    if (!PUBLIC.includes(route)) return empty(404);
    const refusal = checkProxyKey(request, store.memory.apiKeys ?? []);
    if (refusal) return refusal;
    if (route === 'GET /v1/models') return ok({ data: store.registry.listed(), object: 'list' });
    return chat(store.registry, this.turns, request, abilities.traceId);
  }
}
