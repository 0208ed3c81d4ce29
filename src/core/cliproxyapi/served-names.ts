import { clientNameOf, modelsOf, type ModelMapping, type Provider } from './provider';

/**
 * The IDs under which CLIProxyAPI registers one client-visible name: the bare name, and `prefix/name` if the provider
 * has a prefix; only the latter when `force-model-prefix` is on (CLIProxyAPI 7.2).
 */
export function servedNames(alias: string, prefix: string | undefined, forcePrefix: boolean): string[] {
  const clean = cleanPrefix(prefix);
  if (!clean) return [alias];
  return forcePrefix ? [`${clean}/${alias}`] : [alias, `${clean}/${alias}`];
}

/** As the server stores it: trimmed, without outer slashes; one with an inner slash counts as none (CLIProxyAPI 7.2). */
export function cleanPrefix(prefix: string | undefined): string {
  const clean = prefix?.trim().replace(/^\/+|\/+$/g, '') ?? '';
  return clean.includes('/') ? '' : clean;
}

export const allServedNames = (provider: Provider, forcePrefix: boolean): string[] =>
  modelsOf(provider).flatMap((model: ModelMapping) =>
    servedNames(clientNameOf(model), provider.prefix, forcePrefix),
  );
