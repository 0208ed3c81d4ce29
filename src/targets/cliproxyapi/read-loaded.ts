import { baseUrlOf, keyEntries, nameOf, providersSchema } from '../../core/cliproxyapi/provider';
import { openObject } from '../../core/shapes';
import { askJson, reading, type SendManagement } from './send';

/** A key of the `openai-compatibility` list, by what tells it from all others. */
export interface LoadedKey {
  name: string;
  baseUrl: string;
  key: string;
}

const listSchema = openObject({ 'openai-compatibility': providersSchema });

export const loadedId = ({ name, baseUrl, key }: LoadedKey): string => JSON.stringify([name, baseUrl, key]);

/**
 * Which keys CLIProxyAPI has loaded, by `loadedId`: in the list's own reply they have an `auth-index` (7.2, since 6.9.29;
 * before 7.2.18 one may stay on a key that was taken out). It tells nothing of models. Empty where there is no answer.
 */
export async function readLoaded(
  send: SendManagement,
  host: string,
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const reply = await askJson(send, host, reading('/openai-compatibility', signal), listSchema);
  const entries = reply.ok ? (reply.value['openai-compatibility'] ?? []) : [];
  return new Set(
    entries.flatMap((provider) =>
      keyEntries(provider)
        .filter((entry) => entry['auth-index'] !== undefined)
        .map((entry) =>
          loadedId({
            name: nameOf(provider),
            baseUrl: baseUrlOf(provider),
            key: entry['api-key']?.trim() ?? '',
          }),
        ),
    ),
  );
}
