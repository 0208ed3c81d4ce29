import { SaveError, type FileFormat } from '../store.ts';
import { loadConfig } from './load.ts';
import { YamlError } from './parse-yaml.ts';
import { saveMemory } from './save.ts';

/** The file of 8.x: YAML in one of two layouts, which somebody may have written by hand. */
export const yamlFile: FileFormat = {
  read: loadConfig,
  reload: (file) => {
    try {
      return loadConfig(file);
    } catch (error) {
      if (error instanceof YamlError) return undefined;
      throw error;
    }
  },
  save: (memory, before) => {
    try {
      return saveMemory(memory, before);
    } catch (error) {
      throw error instanceof YamlError ? new SaveError(error.message) : error;
    }
  },
};
