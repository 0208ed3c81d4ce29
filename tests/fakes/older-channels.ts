import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

type Row = Record<string, unknown> & { id: number };

/** How servers older than New API of the middle of 2025 keep channels; each did so when it was run (tests/fixtures). */
interface Kind {
  status: Record<string, unknown>;
  /** Names of the columns of a fresh channel, with what stands in them. */
  columns: Record<string, unknown>;
  /** A change that names models overwrites every column. */
  overwrites?: boolean;
  /** The wrapped form is taken for a channel without anything in it. */
  takesWrapped?: boolean;
  showsKey: boolean;
  counted?: boolean;
  userHeader?: string;
}

const COLUMNS = {
  type: 0,
  key: '',
  status: 1,
  name: '',
  weight: 0,
  base_url: '',
  models: '',
  group: 'default',
  model_mapping: '',
  priority: 0,
};

export const OLDER: Record<'one-hub' | 'veloera' | 'one-api' | 'compatible', Kind> = {
  'one-hub': {
    status: { PaymentUSDRate: 7.3 },
    columns: {
      ...COLUMNS,
      weight: 1,
      tag: '',
      proxy: '',
      plugin: null,
      test_model: '',
      custom_parameter: '',
      model_headers: '{"X-Kept":"1"}',
    },
    overwrites: true,
    showsKey: true,
    counted: true,
  },
  veloera: {
    status: { check_in_enabled: false },
    columns: { ...COLUMNS, tag: null, setting: '{"kept":true}' },
    takesWrapped: true,
    showsKey: true,
    userHeader: 'veloera-user',
  },
  'one-api': {
    status: { oidc_well_known: '', chat_link: '' },
    columns: { ...COLUMNS, config: '{"kept":true}' },
    showsKey: false,
  },
  // A fork of Veloera that has lost the field by which it is known.
  compatible: {
    status: {},
    columns: { ...COLUMNS, tag: null, setting: '{"kept":true}' },
    takesWrapped: true,
    showsKey: true,
  },
};

export interface OlderServer {
  origin: string;
  rows: Row[];
  /** Of the one account; 100 is root, 1 nobody special. */
  account: { role: number };
  /** Bodies of writes. */
  writes: { method: string; path: string; body: Record<string, unknown> }[];
  stop(): Promise<void>;
}

const TOKEN = 'Bearer LabPatAdminFakeKeyFakeKeyFak0001';

/** A stand-in for the channels of an older server, in memory, on this machine only. */
export async function startOlderServer(kind: Kind, upstream: readonly string[]): Promise<OlderServer> {
  const rows: Row[] = [];
  const account = { role: 100 };
  const writes: OlderServer['writes'] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const path = new URL(request.url ?? '/', 'http://x');
      if (request.method !== 'GET') writes.push({ method: request.method ?? '', path: path.pathname, body });
      const signedIn =
        request.headers.authorization === TOKEN &&
        (kind.userHeader === undefined || request.headers[kind.userHeader] === '1');
      const reply = answer(kind, rows, upstream, signedIn && account.role, request.method ?? '', path, body);
      response.writeHead(reply === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(reply ?? { error: { message: 'Invalid URL' } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
  };
  return { origin: `http://127.0.0.1:${port}`, rows, account, writes, stop };
}

const ok = (data?: unknown): object => ({ success: true, message: '', ...(data !== undefined && { data }) });
const refuse = (message: string): object => ({ success: false, message });

function answer(
  kind: Kind,
  rows: Row[],
  upstream: readonly string[],
  role: number | false,
  method: string,
  url: URL,
  body: Record<string, unknown>,
): object | undefined {
  const { pathname } = url;
  if (pathname === '/api/status')
    return ok({ system_name: 'Older', quota_per_unit: 500_000, ...kind.status });
  if (role === false) return refuse('无权进行此操作，access token 无效');
  if (pathname === '/api/user/self') return ok({ id: 1, role });
  if (role < 10) return refuse('无权进行此操作，权限不足');
  if (pathname === '/api/group/') return ok(['default']);
  if (pathname === '/api/channel/provider_models_list' && kind.overwrites)
    return body['key'] && typeof body['proxy'] === 'string' ? ok(upstream) : undefined;
  const tag = /^\/api\/channel_tag\/([^/]+)\/list$/.exec(decodeURIComponent(pathname))?.[1];
  // Whole, and with keys (fixture one-hub/channels-tags).
  if (tag !== undefined && kind.counted) return ok(rows.filter((row) => row['tag'] === tag));
  const id = Number(/^\/api\/channel\/(\d+)$/.exec(pathname)?.[1] ?? NaN);
  if (!Number.isNaN(id)) return one(kind, rows, method, id);
  if (pathname !== '/api/channel/') return undefined;
  if (method === 'GET') return list(kind, rows, url);
  return method === 'POST' ? create(kind, rows, body) : edit(kind, rows, body);
}

function one(kind: Kind, rows: Row[], method: string, id: number): object {
  const at = rows.findIndex((row) => row.id === id);
  if (method === 'DELETE') {
    if (at >= 0) rows.splice(at, 1);
    return ok();
  }
  if (at < 0) return refuse('record not found');
  return ok({ ...rows[at], ...(!kind.showsKey && { key: '' }) });
}

function list({ counted }: Kind, rows: Row[], { searchParams }: URL): object {
  // One Hub: the first channel of a tag stands for all of it.
  const apart = rows.filter(({ tag }, at) => !tag || rows.findIndex((row) => row['tag'] === tag) === at);
  const some = counted ? apart : rows;
  const shown = some.toReversed().map((row) => ({ ...row, key: '' }));
  const page = counted ? Number(searchParams.get('page')) - 1 : Number(searchParams.get('p'));
  const data = shown.slice(page * 10, page * 10 + 10);
  return ok(counted ? { data, total_count: some.length, page: page + 1, size: 10 } : data);
}

function create(kind: Kind, rows: Row[], body: Record<string, unknown>): object {
  if ('mode' in body && !kind.takesWrapped) return refuse('empty slice found');
  const known = Object.entries(body).filter(([name, value]) => name in kind.columns && value !== null);
  const id = Math.max(0, ...rows.map((row) => row.id)) + 1;
  rows.push({ ...kind.columns, ...Object.fromEntries(known), id });
  return ok();
}

/** Success also for a channel that is gone. */
function edit(kind: Kind, rows: Row[], body: Record<string, unknown>): object {
  const row = rows.find(({ id }) => id === body['id']);
  const empty = Object.fromEntries(
    Object.keys(kind.columns).map((name) => [name, name === 'status' ? 0 : '']),
  );
  if (row && kind.overwrites && body['models']) Object.assign(row, empty, body);
  else if (row) for (const [name, value] of Object.entries(body)) if (value) row[name] = value;
  return ok({ ...row });
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const part of request) text += String(part);
  return text ? (JSON.parse(text) as Record<string, unknown>) : {};
}
