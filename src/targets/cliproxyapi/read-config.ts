import * as v from 'valibot';
import { readConfig, type ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { fail, ok, type Result } from '../../core/failures/result';
import { openObject } from '../../core/shapes';
import { askJson, jsonOf, reading, type SendManagement } from './send';

/** `GET /config`: the read that loses no field on any version (CLIProxyAPI 7.2), and all lists at once. */
export async function readWholeConfig(
  send: SendManagement,
  { root, host }: { root: string; host: string },
  signal?: AbortSignal,
): Promise<Result<ProxyConfig>> {
  const reply = await send(reading('/config', signal));
  if (!reply.ok) return reply;
  const json = jsonOf(reply.value.text, host);
  if (!json.ok) return json;
  const server = {
    root,
    version: reply.value.header('x-cpa-version'),
    supportsPlugins: reply.value.header('x-cpa-support-plugin') !== null,
  };
  const config = readConfig(json.value, server);
  return config ? ok(config) : fail({ code: 'reply-shape', host });
}

/** `config.yaml` as it is on disk, which differs from memory after a collapse; undefined where it cannot be read. */
export async function readConfigFile(send: SendManagement): Promise<string | undefined> {
  const reply = await send(reading('/config.yaml'));
  return reply.ok ? reply.value.text : undefined;
}

/** Whether there is `/v8` (CLIProxyAPI 8.0); asked only where nothing else that the server says tells it. */
export async function hasGroups(send: SendManagement): Promise<Result<boolean>> {
  const reply = await send({ ...reading('/config/config-version'), v8: true });
  return reply.ok ? ok(reply.value.text.trim() === '8') : reply;
}

const sectionSchema = openObject({ 'openai-compatibility': v.nullish(v.array(openObject({}))) });

/**
 * Whether this server knows `disabled` (since 6.9.39, always present in the section's entries). An empty list cannot
 * tell, but holds nothing that could be switched on either.
 */
export async function knowsDisabled(send: SendManagement, host: string): Promise<Result<boolean>> {
  const reply = await askJson(send, host, reading('/openai-compatibility'), sectionSchema);
  if (!reply.ok) return reply;
  return ok((reply.value['openai-compatibility'] ?? []).every((entry) => 'disabled' in entry));
}
