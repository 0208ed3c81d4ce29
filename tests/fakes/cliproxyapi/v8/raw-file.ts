import { isJson } from '../management/lists.ts';
import { json, ok, refused, type Reply } from '../reply.ts';
import { SaveError, type Store } from '../store.ts';
import type { Faults } from '../types.ts';
import { hasNewSection } from './layout.ts';
import { loadConfig } from './load.ts';
import { get } from './nodes.ts';
import { parseYaml, YamlError } from './parse-yaml.ts';
import { saveMemory } from './save.ts';
import { hashedSecret } from './startup.ts';

/** Stores a text as it is; it stays in its layout (scenario `v8-unknown-sections-and-comments`). */
export function putRawFile(
  store: Store,
  text: string,
  { convertsMixed }: Pick<Faults, 'convertsMixed'>,
): Reply {
  let isMixed: boolean;
  try {
    const root = parseYaml(text);
    isMixed = hasNewSection(root) && !get(root, 'config-version') && convertsMixed;
  } catch (error) {
    if (error instanceof YamlError) return json(400, { error: 'invalid_yaml', message: error.message });
    throw error;
  }
  const file = hashedSecret(text);
  const stored = isMixed ? saveMemory(loadConfig(file), file) : file;
  return saved(() => store.writeFile(stored)) ?? ok({ changed: ['config'], ok: true });
}

/** Switching a configured key on or off edits `excluded-models` of its entry. By v8 that migrates the file. */
export function setStatus(store: Store, body: string, migrate: boolean): Reply {
  const { name, disabled } = (isJson(body) ? JSON.parse(body) : {}) as { name?: string; disabled?: boolean };
  if (typeof name !== 'string' || typeof disabled !== 'boolean') return refused(400, 'invalid request body');
  const found = store.registry.byId(name);
  if (!found || found.family === 'openai-compatibility') return refused(404, 'auth file not found');
  const { family, key, baseUrl } = found;
  const memory = structuredClone(store.memory);
  const entry = memory.lists[family]?.find((item) => item['api-key'] === key && item['base-url'] === baseUrl);
  if (!entry) return refused(404, 'auth file not found');
  const rest = ((entry['excluded-models'] ?? []) as string[]).filter((pattern) => pattern !== '*');
  entry['excluded-models'] = disabled ? [...rest, '*'] : rest;
  const answer = { disabled, excluded_pattern: '*', status: 'ok', via: 'config:excluded-models' };
  return saved(() => store.writeFile(saveMemory(memory, store.text, migrate))) ?? ok(answer);
}

function saved(save: () => void): Reply | undefined {
  try {
    save();
    return undefined;
  } catch (error) {
    if (error instanceof SaveError) return refused(500, `failed to save config: ${error.message}`);
    throw error;
  }
}
