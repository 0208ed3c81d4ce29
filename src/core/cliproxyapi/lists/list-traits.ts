import type { BaseUrl } from '../../base-url';
import type { Provider } from '../provider';
import type { Result } from '../../failures/result';
import type { Version } from '../../version';

/** The lists of providers that CLIProxyAPI keeps for keys; also the ends of their paths in the management API. */
export const LIST_NAMES = [
  'openai-compatibility',
  'claude-api-key',
  'codex-api-key',
  'gemini-api-key',
  'interactions-api-key',
  'vertex-api-key',
  'xai-api-key',
] as const;
export type ListName = (typeof LIST_NAMES)[number];

/** One POST with a JSON body. */
export interface ChatRequest {
  url: string;
  headers: Record<string, string>;
  body: unknown;
  /** The field that an answer has, and what answers 200 without being a chat lacks. */
  answer: string;
}

/** What is peculiar to one list (CLIProxyAPI 7.2). A new list is a row in `table`. */
export interface ListTraits {
  /** The first server that has the list; null: every server that is written to. */
  since: Version | null;
  /** Whether an entry is one key; otherwise it is a relay with a list of keys. */
  keyPerEntry: boolean;
  /** The base URL that this list wants, from whatever a user knows as the address of a relay. */
  baseUrl(address: string): Result<BaseUrl>;
  /** The base URL as it should be where calls to the present one go nowhere; undefined: it is as it should be. */
  correctedBaseUrl(baseUrl: string): string | undefined;
  /** What CLIProxyAPI serves through an entry that names no model. */
  withoutModels: 'nothing' | 'catalogue';
  /** Fields that PATCH takes; others are answered 200 and ignored. */
  patchable: ReadonlySet<string>;
  /** Whether an entry without a base URL may stand in the list (it means the maker's own service). */
  official: boolean;
  /** Of entries that are alike in this the server keeps only the first; undefined: it keeps all. */
  dedupeKey?(entry: Provider, version: Version | undefined): string;
  /** The smallest chat that a relay can be asked for in this list's language. */
  chat(baseUrl: string, key: string, model: string): ChatRequest;
  /** The kind under which CLIProxyAPI's registry knows the keys of an entry. */
  credentialKind(entry: Provider): string;
  /** What the ids of its keys are hashed from, behind the kind; one list for each key (CLIProxyAPI 7.2). */
  credentialParts(entry: Provider, version: Version | undefined): string[][];
}
