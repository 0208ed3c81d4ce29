import type { FakeCliproxyapi } from '../../fakes/cliproxyapi.ts';

/** What clients of the proxy are offered, asked as a client asks. */
export async function servedModels(proxy: FakeCliproxyapi): Promise<string[]> {
  const headers = { Authorization: `Bearer ${proxy.proxyKeys[0]}` };
  const response = await fetch(`${proxy.origin}/v1/models`, { headers });
  const { data } = (await response.json()) as { data: { id: string }[] };
  return data.map((model) => model.id).sort();
}

export const writesAt = (proxy: FakeCliproxyapi): string[] =>
  proxy.requests
    .filter(({ method }) => /PUT|PATCH|DELETE/.test(method))
    .map(({ method, path }) => `${method} ${path}`);

/** Requests that carried the management key. */
export const managementCalls = (proxy: FakeCliproxyapi): string[] =>
  proxy.requests
    .filter(({ path, method }) => path.startsWith('/v0/management') && method !== 'OPTIONS')
    .map(({ method, path, status }) => `${method} ${path} ${status}`);

export const providersOf = (proxy: FakeCliproxyapi) => proxy.lists['openai-compatibility'];
