import { apiRoot, type Handoff } from './handoff';

/**
 * A settings file that Kilo Code 7 takes under About › Import, as a draft to be saved there (relays/facts.md, E). It names
 * its models itself and drops a provider that has none; `model` is the one that is used at first.
 *
 * `exportedAt` is an ISO 8601 time.
 */
export function kiloCodeFile(
  { name, address, key }: Handoff,
  models: readonly string[],
  model: string,
  exportedAt: string,
): string {
  const id = `keyferry-${siteRootWords(address)}`;
  const settings = {
    _meta: { version: 1, exportedAt },
    provider: {
      [id]: {
        name,
        npm: '@ai-sdk/openai-compatible',
        models: Object.fromEntries([...new Set([model, ...models])].map((one) => [one, { name: one }])),
        options: { apiKey: key, baseURL: apiRoot(address) },
      },
    },
    model: `${id}/${model}`,
  };
  return `${JSON.stringify(settings, null, 2)}\n`;
}

/** A provider's id must not have a slash: what stands before the first one is the provider, the rest the model. */
const siteRootWords = (address: string): string =>
  apiRoot(address)
    .replace(/^\w+:\/\/|\/v1$/gi, '')
    .replace(/[^a-z0-9]+/gi, '-');
