import type { FileFormat } from '../store.ts';
import { loadConfig } from './load.ts';
import { saveMemory } from './save.ts';

/** The file of 8.x: YAML in one of two layouts, which somebody may have written by hand. */
export const yamlFile: FileFormat = {
  read: loadConfig,
  reload: loadConfig,
  save: (memory, before) => saveMemory(memory, before),
};
