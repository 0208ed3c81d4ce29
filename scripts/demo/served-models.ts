import { parseManagementUrl } from '../../src/core/connection/management-url';
import type { DemoServers } from './servers.ts';
import { Advice } from '../advice.ts';

interface ProxyConfig {
  'api-keys'?: string[];
  'openai-compatibility'?: Provider[];
}

interface Provider {
  name: string;
  prefix?: string;
  models?: { name: string; alias?: string }[];
}

/** What clients of CLIProxyAPI are offered now, and under which name each model of a provider should be among it. */
export interface Served {
  ids: string[];
  nameOf(provider: string, upstream: string): string;
}

/** Asks CLIProxyAPI itself, past the extension: the demo does not take the extension's word. */
export async function readServed({ address, managementKey }: DemoServers['proxy']): Promise<Served> {
  const url = parseManagementUrl(address);
  if (!url.ok) throw new Advice(`${address} is no address of a CLIProxyAPI.`);
  const { root, management } = url.value;
  const config = (await getJson(`${management}/config`, managementKey)) as ProxyConfig;
  const clientKey = config['api-keys']?.[0];
  const listed = (await getJson(`${root}/v1/models`, clientKey)) as { data?: { id: string }[] };
  return {
    ids: (listed.data ?? []).map((model) => model.id).sort(),
    nameOf: (provider, upstream) => clientName(config['openai-compatibility'] ?? [], provider, upstream),
  };
}

function clientName(providers: Provider[], provider: string, upstream: string): string {
  const entry = providers.find((candidate) => candidate.name === provider);
  const model = entry?.models?.find((candidate) => candidate.name === upstream);
  const name = model?.alias?.trim() || upstream;
  return entry?.prefix ? `${entry.prefix}/${name}` : name;
}

async function getJson(url: string, key: string | undefined): Promise<unknown> {
  const headers = new Headers(key ? { Authorization: `Bearer ${key}` } : {});
  const response = await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Advice(`${url} answered ${response.status}. See what CLIProxyAPI's log says.`);
  return response.json();
}
