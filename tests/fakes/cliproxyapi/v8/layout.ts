import type { Family } from '../management/lists-table.ts';
import { emitYaml } from './emit-yaml.ts';
import { entriesOf, groupsOf } from './groups.ts';
import {
  emptyMap,
  fromValue,
  get,
  getIn,
  mapAt,
  plain,
  remove,
  set,
  type MapNode,
  type Pair,
} from './nodes.ts';

/** Where each setting of the old layout has gone. The order is that of a converted file. */
export const MOVES: readonly (readonly [old: string, path: string])[] = [
  ['proxy-url', 'requests/proxy-url'],
  ['api-keys', 'access/api-keys'],
  ['host', 'server/host'],
  ['port', 'server/port'],
  ['tls', 'server/tls'],
  ['credential-concurrency', 'credentials/concurrency'],
  ['credential-in-flight', 'credentials/in-flight'],
  ['remote-management', 'management'],
  ['auth-dir', 'oauth/auth-dir'],
  ['ws-auth', 'oauth/providers/aistudio/ws-auth'],
  ['debug', 'observability/logs/debug'],
  ['logging-to-file', 'observability/logs/logging-to-file'],
  ['usage-statistics-enabled', 'observability/usage/usage-statistics-enabled'],
  ['redis-usage-queue-retention-seconds', 'observability/usage/redis-usage-queue-retention-seconds'],
  ['disable-cooling', 'routing/cooldown/disable-cooling'],
  ['request-retry', 'routing/retry/request-retry'],
  ['force-model-prefix', 'routing/force-model-prefix'],
];

/** The families of keys below `api-keys`, in the order of a converted file, and the lists that they were. */
export const GROUPS: readonly (readonly [group: string, list: Family | 'meta-api-key'])[] = [
  ['gemini', 'gemini-api-key'],
  ['interactions', 'interactions-api-key'],
  ['vertex', 'vertex-api-key'],
  ['codex', 'codex-api-key'],
  ['claude', 'claude-api-key'],
  ['xai', 'xai-api-key'],
  ['meta', 'meta-api-key'],
  ['openai-compatibility', 'openai-compatibility'],
];

const words = (text: string): string[] => text.split(' ');
const NEW = words('server management access credentials requests oauth upstream multimedia observability');
const BOTH = words('routing client plugins quota-exceeded models');
export const SECTIONS: readonly string[] = ['config-version', 'api-keys', ...NEW, ...BOTH];
/** Where the stand-in knows all names. Elsewhere it takes any. */
const KNOWN_INSIDE: Record<string, readonly string[]> = {
  server: words('host port tls trusted-proxies'),
  access: ['api-keys'],
};

/** What a save from memory adds where it is not set, by its old name. */
export const ADDED: readonly (readonly [old: string, value: unknown])[] = [
  [
    'credential-concurrency',
    {
      'cpa-heartbeat-timeout': '3s',
      'cpa-cancel-bound': '5s',
      'reclaim-grace': '5s',
      'cleanup-interval': '5s',
      'release-flush-interval': '250ms',
      'release-max-backoff': '2s',
      'busy-retry-min': '250ms',
      'busy-retry-max': '1s',
      'max-limit': 1_000_000,
    },
  ],
  [
    'credential-in-flight',
    {
      'snapshot-interval': '2s',
      'stale-after': '10s',
      'max-part-bytes': 262_144,
      'max-part-count': 64,
      'max-revision-bytes': 16_777_216,
      'max-aggregate-groups': 100_000,
      'max-details': 10_000,
      'max-string-bytes': 256,
      'staging-retention': '1m',
    },
  ],
  ['redis-usage-queue-retention-seconds', 60],
  ['disable-cooling', false],
  ['request-retry', 0],
  ['ws-auth', true],
];

/** Whether a save from memory writes the new layout: the number alone does not count. */
export function hasNewSection(root: MapNode): boolean {
  const inRouting = words('retry cooldown force-model-prefix');
  return (
    NEW.some((name) => get(root, name)) ||
    get(root, 'api-keys')?.kind === 'map' ||
    inRouting.some((name) => getIn(root, ['routing', name]))
  );
}

interface Conversion {
  /** Adds what a save from memory adds. */
  defaults?: boolean;
  /** What becomes of names the server does not know. */
  unknown: 'comment' | 'keep';
}

function isOld({ key, value }: Pair): boolean {
  if (key.text === 'api-keys') return value.kind === 'list';
  return MOVES.some(([old]) => old === key.text) || GROUPS.some(([, list]) => list === key.text);
}

/** A file in the new layout. What is in it already stays in its place, the rest follows. Works on the given nodes. */
export function toNewLayout(root: MapNode, { defaults, unknown }: Conversion): MapNode {
  const old = root.pairs.filter(isOld);
  const rest = root.pairs.filter((pair) => !isOld(pair));
  const lost = unknown === 'keep' ? [] : rest.filter(({ key }) => !SECTIONS.includes(key.text));
  const out: MapNode = { ...emptyMap(), pairs: rest.filter((pair) => !lost.includes(pair)) };
  const comments = [
    ...lost.flatMap((pair) => commented(pair)),
    ...(unknown === 'keep' ? [] : dropInside(out)),
  ];
  const added = new Map(defaults ? ADDED : []);
  for (const [name, path] of MOVES) {
    const pair = old.find(({ key }) => key.text === name);
    const value = pair?.value ?? (added.has(name) ? fromValue(added.get(name)) : undefined);
    if (value) place(out, path, { key: pair?.key ?? plain(name), value });
  }
  for (const [group, list] of GROUPS) {
    const pair = old.find(({ key }) => key.text === list);
    if (pair) place(out, `api-keys/${group}`, { key: pair.key, value: groupsOf(group, pair.value) });
  }
  if (!get(out, 'config-version')) set(out, 'config-version', plain('8'));
  out.foot = [...(root.foot ?? []), ...comments];
  return out;
}

/** A setting that has its new name in the file already has its value there. */
function place(root: MapNode, path: string, { key, value }: Pair): void {
  const names = path.split('/');
  const last = names.pop()!;
  const parent = mapAt(root, names);
  if (parent && !get(parent, last)) set(parent, last, value, { ...key, text: last, style: 'plain' });
}

function dropInside(root: MapNode): string[] {
  return Object.entries(KNOWN_INSIDE).flatMap(([section, known]) => {
    const map = get(root, section);
    if (map?.kind !== 'map') return [];
    const lost = map.pairs.filter(({ key }) => !known.includes(key.text));
    lost.forEach(({ key }) => remove(map, key.text));
    return lost.flatMap((pair) => commented(pair, `${section}.`));
  });
}

function commented({ key, value }: Pair, prefix = ''): string[] {
  const pairs = [{ key: plain(prefix + key.text), value }];
  return emitYaml({ ...emptyMap(), pairs }, 4)
    .trimEnd()
    .split('\n')
    .map((line) => `# ${line}`);
}

/** A copy in the old layout, as the server makes it to look for names that it does not know. */
export function toOldLayout(root: MapNode): MapNode {
  const out = emptyMap();
  for (const { key, value } of root.pairs) {
    if (key.text === 'config-version' || key.text === 'api-keys') continue;
    const moved = MOVES.filter(([, path]) => path.split('/')[0] === key.text);
    for (const [old, path] of moved) {
      const inside = getIn(root, path.split('/'));
      if (inside) set(out, old, inside);
    }
    const rest =
      value.kind === 'map'
        ? value.pairs.filter(({ key: name }) => !moved.some(([, path]) => path.split('/')[1] === name.text))
        : [];
    const isNew = NEW.includes(key.text);
    if (!isNew && rest.length > 0) set(out, key.text, { ...emptyMap(), pairs: rest });
  }
  for (const [group, name] of GROUPS) {
    const list = getIn(root, ['api-keys', group]);
    if (list?.kind === 'list') set(out, name, entriesOf(group, list));
  }
  return out;
}
