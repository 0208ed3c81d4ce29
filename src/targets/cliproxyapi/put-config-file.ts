import * as v from 'valibot';
import { ok, type Result } from '../../core/failures/result';
import { openObject } from '../../core/shapes';
import { askJson, WRITE_MS, type SendManagement } from './send';

const made = openObject({ ok: v.literal(true) });

/**
 * Puts a text in the place of config.yaml (`PUT /config.yaml`, CLIProxyAPI 8.0, scenario `v8-rollback-by-config-yaml`). It
 * stays as it is; a release that reads both layouts in one file may save it anew, which only the file tells.
 */
export async function putConfigFile(
  send: SendManagement,
  host: string,
  yaml: string,
  signal: AbortSignal,
): Promise<Result<true>> {
  const call = { method: 'PUT', path: '/config.yaml', body: yaml, timeoutMs: WRITE_MS, signal } as const;
  const reply = await askJson(send, host, call, made);
  return reply.ok ? ok(true) : reply;
}
