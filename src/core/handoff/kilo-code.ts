import { apiRoot, type Handoff } from './handoff';
import { relaySlug } from './relay-slug';

/**
 * A settings file that Kilo Code 7 takes under About › Import, as a draft to be saved there (from the programs’ sources). It names
 * its models itself, since a provider without any is dropped; `model` is the one that is used at first. The id of the
 * provider has no slash: what stands before the first one is the provider, the rest the model.
 *
 * `exportedAt` is an ISO 8601 time.
 */
export function kiloCodeFile(
  { name, address, key }: Handoff,
  models: readonly string[],
  model: string,
  exportedAt: string,
): string {
  const id = relaySlug(address);
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
