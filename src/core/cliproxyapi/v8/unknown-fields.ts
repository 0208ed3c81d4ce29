import { isPlainObject } from '../../json';
import { COMPAT } from './family';
import { SHARED, type JsonObject } from './flatten';
import type { Group, GroupFamily } from './groups';

const names = (text: string): string[] => text.split(' ');
const CODEX = names('websockets alpha-search disable-codex-cloaking');

/** What CLIProxyAPI 8.0 knows in a group, and in a key of one, besides what all families share. */
const COMPAT_GROUP = new Set([
  ...names('name base-url keys priority prefix headers models disabled support-prompt-cache-key'),
  ...names('disable-cooling request-retry request-scoped-errors'),
]);
const COMPAT_KEY = new Set(names('api-key weight proxy-url'));
const GROUP = new Set([...names('name base-url keys'), ...SHARED]);
const KEY = new Set([...names('api-key weight'), ...SHARED]);
const KEY_OF: Partial<Record<GroupFamily, readonly string[]>> = {
  codex: CODEX,
  xai: CODEX,
  meta: CODEX,
  claude: names('cloak fingerprint-profile rebuild-mid-system-message experimental-cch-signing'),
};
/** Of all families together: which of them a family does not know makes no difference worth a table. */
const MODEL = new Set([
  ...names('name alias display-name max-context-length force-mapping is-compat thinking image'),
  ...names('support-configuration-update input-modalities output-modalities use-max-completion-tokens'),
]);

/**
 * Fields of a group, of its keys and of their models that CLIProxyAPI 8.0 does not know, each as `keys[1].note`. A server
 * that does not know one either refuses every write by `/v8`, whatever is written; a later one, or a fork, may know it.
 */
export function unknownFields(family: GroupFamily, group: Group): string[] {
  const isCompat = family === COMPAT;
  const known = isCompat ? COMPAT_KEY : new Set([...KEY, ...(KEY_OF[family] ?? [])]);
  return [
    ...unknownIn(group, isCompat ? COMPAT_GROUP : GROUP, ''),
    ...(group.keys ?? []).flatMap((key, i) => unknownIn(key, known, `keys[${i}].`)),
  ];
}

function unknownIn(item: JsonObject, known: ReadonlySet<string>, prefix: string): string[] {
  const { models } = item;
  const own = Object.keys(item).filter((field) => !known.has(field));
  const inModels = (Array.isArray(models) ? models : []).flatMap((model: unknown, i) =>
    isPlainObject(model)
      ? Object.keys(model)
          .filter((field) => !MODEL.has(field))
          .map((field) => `models[${i}].${field}`)
      : [],
  );
  return [...own, ...inModels].map((field) => prefix + field);
}
