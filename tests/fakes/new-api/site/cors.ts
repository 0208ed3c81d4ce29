import { empty, withHeaders } from '../reply';
import type { Call, Reply } from '../types';

const ALLOW: Record<string, string> = {
  'access-control-allow-credentials': 'true',
  'access-control-allow-origin': '*',
};

export const preflight = (): Reply =>
  empty(204, {
    ...ALLOW,
    'access-control-allow-headers': '*',
    'access-control-allow-methods': 'GET,POST,PUT,DELETE,OPTIONS',
    'access-control-max-age': '43200',
  });

/** Asked from a page of another origin. */
export const isCrossOrigin = ({ headers }: Call): boolean =>
  headers.origin !== undefined && headers.origin !== `http://${headers.host ?? ''}`;

export const allowOrigin = (call: Call, reply: Reply): Reply =>
  isCrossOrigin(call) ? withHeaders(reply, ALLOW) : reply;

const isOpen = (path: string): boolean => !path.startsWith('/api/') || path.startsWith('/api/usage/');

/** Of the routes under /api only the usage by key may be read by other pages. */
export const withCors = (call: Call, reply: Reply): Reply =>
  isOpen(call.path) ? allowOrigin(call, reply) : reply;
