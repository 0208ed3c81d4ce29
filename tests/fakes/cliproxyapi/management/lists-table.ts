import type { Field, Kind, Struct } from './schema.ts';

/** In the order in which the server makes credentials of them. */
export const FAMILIES = [
  'gemini-api-key',
  'interactions-api-key',
  'claude-api-key',
  'codex-api-key',
  'xai-api-key',
  'openai-compatibility',
  'vertex-api-key',
] as const;

export type Family = (typeof FAMILIES)[number];

const field = (name: string, kind: Kind): Field => ({ name, kind });
const shown = (name: string, kind: Kind): Field => ({ name, kind, always: true });

const THINKING: Struct = [
  field('min', 'int'),
  field('max', 'int'),
  field('zero_allowed', 'bool'),
  field('dynamic_allowed', 'bool'),
  field('levels', 'strings'),
];
const ERROR_RULE: Struct = [
  field('status', 'int'),
  field('match', 'strings'),
  field('match-regexr', 'strings'),
  field('action', 'string'),
];
const CLOAK: Struct = [
  field('mode', 'string'),
  field('strict-mode', 'bool'),
  field('sensitive-words', 'strings'),
  field('cache-user-id', 'bool?'),
];

const MODEL_START: Struct = [
  shown('name', 'string'),
  shown('alias', 'string'),
  field('display-name', 'string'),
];
const MODEL_END: Struct = [field('is-compat', 'bool'), field('thinking', { struct: THINKING })];
const KEY_MODEL: Struct = [
  ...MODEL_START,
  field('max-context-length', 'int'),
  field('force-mapping', 'bool'),
  ...MODEL_END,
];
const VERTEX_MODEL: Struct = [
  ...MODEL_START,
  field('force-mapping', 'bool'),
  field('thinking', { struct: THINKING }),
];
const COMPAT_MODEL: Struct = [
  ...MODEL_START,
  field('max-context-length', 'int'),
  field('force-mapping', 'bool'),
  field('image', 'bool'),
  field('input-modalities', 'strings'),
  field('output-modalities', 'strings'),
  ...MODEL_END,
];

const COMPAT_KEY: Struct = [
  shown('api-key', 'string'),
  field('weight', 'int?'),
  field('proxy-url', 'string'),
];
const KEY_START: Struct = [
  shown('api-key', 'string'),
  field('priority', 'int'),
  field('weight', 'int?'),
  field('prefix', 'string'),
];
const RETRY: Struct = [field('disable-cooling', 'bool?'), field('request-retry', 'int?')];
const ERROR_RULES = field('request-scoped-errors', { list: ERROR_RULE });

const COMPAT: Struct = [
  shown('name', 'string'),
  field('priority', 'int'),
  field('disabled', 'bool'),
  field('prefix', 'string'),
  shown('base-url', 'string'),
  field('api-key-entries', { list: COMPAT_KEY }),
  shown('models', { list: COMPAT_MODEL }),
  field('headers', 'map'),
  field('support-prompt-cache-key', 'bool'),
  ...RETRY,
  ERROR_RULES,
];
const CODEX: Struct = [
  ...KEY_START,
  shown('base-url', 'string'),
  field('websockets', 'bool'),
  field('alpha-search', 'bool'),
  shown('proxy-url', 'string'),
  shown('models', { list: KEY_MODEL }),
  field('headers', 'map'),
  field('excluded-models', 'strings'),
  ...RETRY,
  ERROR_RULES,
];
const CLAUDE: Struct = [
  ...KEY_START,
  shown('base-url', 'string'),
  shown('proxy-url', 'string'),
  shown('models', { list: KEY_MODEL }),
  field('headers', 'map'),
  field('excluded-models', 'strings'),
  field('rebuild-mid-system-message', 'bool'),
  ...RETRY,
  ERROR_RULES,
  field('cloak', { struct: CLOAK }),
  field('fingerprint-profile', 'string'),
  field('experimental-cch-signing', 'bool'),
];
const GEMINI: Struct = [
  ...KEY_START,
  field('base-url', 'string'),
  field('proxy-url', 'string'),
  field('models', { list: KEY_MODEL }),
  field('headers', 'map'),
  field('excluded-models', 'strings'),
  ...RETRY,
  ERROR_RULES,
];
const VERTEX: Struct = [
  ...KEY_START,
  field('base-url', 'string'),
  field('proxy-url', 'string'),
  field('headers', 'map'),
  field('models', { list: VERTEX_MODEL }),
  field('excluded-models', 'strings'),
  ...RETRY,
];

/** As stored, and as `/config` shows it. */
export const STORED: Record<Family, Struct> = {
  'openai-compatibility': COMPAT,
  'codex-api-key': CODEX,
  'xai-api-key': CODEX,
  'claude-api-key': CLAUDE,
  'gemini-api-key': GEMINI,
  'interactions-api-key': GEMINI,
  'vertex-api-key': VERTEX,
};

/** The GET of the section shows `disabled` always and leaves empty `models` out; the other families show what is stored. */
export const COMPAT_SECTION: Struct = COMPAT.map((item) => {
  if (item.name === 'disabled') return { ...item, always: true };
  return item.name === 'models' ? field('models', item.kind) : item;
});
