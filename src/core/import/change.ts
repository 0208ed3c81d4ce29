import type { ListName } from '../cliproxyapi/lists/list-traits';

/** One line of the diff, as data. No key text: masks only; of headers the names, of proxies no user or password. */
export type Change =
  | {
      sign: '+' | '=' | '−';
      kind: 'provider';
      name: string;
      baseUrl: string;
      /** Of one that keys go into: chosen by the user, or found by its base URL; absent: neither. */
      chosen?: boolean;
      /** Absent: the common list. */
      list?: ListName;
    }
  | { sign: '+' | '='; kind: 'key'; mask: string }
  | { sign: '+' | '−'; kind: 'keys'; masks: string[] }
  | { sign: '+' | '−'; kind: 'models'; models: { name: string; alias: string }[] }
  | { sign: '~'; kind: 'alias'; models: { name: string; from: string; to: string }[] }
  | {
      sign: '+' | '~';
      kind:
        'base-url' | 'prefix' | 'priority' | 'proxy' | 'headers' | 'enabled' | 'paused' | 'name' | 'weight';
      from: string;
      to: string;
    }
  | { sign: '='; kind: 'in-it'; keys: number; models: number; fields: string[] }
  | { sign: '='; kind: 'rest'; providers: number; keys: number };
