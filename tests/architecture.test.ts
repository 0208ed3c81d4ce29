import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { parseAst } from 'vite';
import { describe, expect, test } from 'vitest';
import { MESSAGES } from '../src/contract/messages';

/** Who may import whom. ARCHITECTURE.md shows the same table, and a test below compares the two. */
const ROOMS: Record<string, string[]> = {
  core: [],
  ports: ['core'],
  relays: ['core', 'ports'],
  targets: ['core', 'ports', 'relays'],
  storage: ['core', 'ports'],
  workflows: ['core', 'ports', 'relays', 'storage', 'targets'],
  contract: ['core'],
  platform: ['core', 'ports', 'storage'],
  ui: ['contract', 'core', 'ports'],
  worker: ['contract', 'core', 'platform', 'ports', 'storage', 'targets', 'workflows'],
  entrypoints: ['contract', 'platform', 'ui', 'worker'],
};
/** Rooms of which another may only know the types. */
const TYPES_ONLY = ['ui ports', 'platform storage'];

const PACKAGES: Record<string, RegExp> = {
  core: /^(?:valibot|zod\/mini)$/,
  ports: /^$/,
  relays: /^valibot$/,
  targets: /^valibot$/,
  storage: /^valibot$/,
  workflows: /^valibot$/,
  contract: /^valibot$/,
  platform: /^wxt\//,
  ui: /^(?:react|react-dom|i18next|zustand|sonner|lucide-react|@base-ui\/react|@tanstack\/react-virtual)(?:\/|$)/,
  worker: /^$/,
  entrypoints: /^wxt\//,
};

/** Capabilities of a layer, lowest first: a file imports its own and those before it. `import()` is free to go up. */
const ORDER: Record<string, string[]> = {
  core: [
    'failures',
    '',
    'connection',
    'cliproxyapi',
    'aliases',
    'accounts',
    'import',
    'batch',
    'entries',
    'undo',
    'carry-over',
    'channels',
    'history',
    'view',
    'backup',
    'handoff',
    'paste',
    'sync',
    'new-api',
  ],
  workflows: [
    '',
    'accounts',
    'backup',
    'history',
    'connection',
    'cliproxyapi',
    'new-api',
    'view',
    'import',
    'batch',
    'entries',
    'undo',
    'carry-over',
    'channels',
    'channel-import',
    'sync',
  ],
  ui: [
    '',
    'jsx',
    'parts',
    'dialogs',
    'accounts',
    'backup',
    'entries',
    'models',
    'new-api',
    'paste',
    'aliases',
    'channel-import',
    'sync',
    'channels',
    'connection',
    'import',
    'batch',
    'carry-over',
    'handoff',
    'history',
    'channel-export',
    'keys',
    'shell',
    'options',
    'popup',
  ],
};

interface Import {
  from: string;
  typeOnly: boolean;
  /** `import()`: loaded after the module that asks for it. */
  lazy: boolean;
}

const FILES = ['src', 'entrypoints'].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => `${root}/${file.replaceAll('\\', '/')}`),
);
const textOf = (file: string): string => readFileSync(file, 'utf8');
const roomOf = (file: string): string => file.split('/')[file.startsWith('src/') ? 1 : 0]!;
/** The capability of a file: the folder below its layer, '' for the layer's root. */
const capabilityOf = (file: string): string => {
  const folders = file.split('/').slice(2, -1);
  return folders[0] ?? '';
};
/** The code of a file without its comments and its texts. */
const codeOf = (file: string): string =>
  textOf(file).replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$|'[^'\n]*'|`[^`]*`/gm, '');

function importsOf(file: string): Import[] {
  const text = textOf(file);
  const lazy = [...text.matchAll(/\bimport\('([^']+)'\)/g)].map(([, from]) => ({
    from: from!,
    typeOnly: false,
    lazy: true,
  }));
  const pattern = /^(?:import|export) (type )?(?:([^;'()]*?) from )?'([^']+)'/gm;
  const named = [...text.matchAll(pattern)].map(([, type, names = '', from]) => {
    const parts = /^\{(.*)\}$/s
      .exec(names.trim())?.[1]
      ?.split(',')
      .map((name) => name.trim())
      .filter(Boolean);
    const allTypes = parts?.every((name) => name.startsWith('type ')) === true;
    return { from: from!, typeOnly: Boolean(type) || allTypes, lazy: false };
  });
  return [...named, ...lazy];
}

function inside(file: string, from: string): string | undefined {
  if (!from.startsWith('.')) return undefined;
  const path = relative('.', resolve(dirname(file), from)).replaceAll('\\', '/');
  return FILES.find((known) => [`${path}.ts`, `${path}.tsx`, path].includes(known));
}

/** What is wrong with one import of a file, or undefined. */
function wrong(file: string, { from, typeOnly, lazy }: Import): string | undefined {
  const room = roomOf(file);
  const allowed = ROOMS[room];
  if (!allowed) return 'is in no room';
  if (!from.startsWith('.')) return PACKAGES[room]!.test(from) ? undefined : `uses the package ${from}`;
  if (/^(?:\.\.\/)+locales\/|\.css$/.test(from))
    return ['ui', 'entrypoints'].includes(room) ? undefined : `uses ${from}`;
  const target = inside(file, from);
  if (!target) return `imports ${from}, which is not in src`;
  const other = roomOf(target);
  if (other === room) return lazy ? undefined : runsUp(file, target);
  if (!allowed.includes(other)) return `imports ${target}`;
  return TYPES_ONLY.includes(`${room} ${other}`) && !typeOnly
    ? `imports more than types of ${target}`
    : undefined;
}

/** Whether one capability of a layer imports another that stands above it. */
function runsUp(file: string, target: string): string | undefined {
  const order = ORDER[roomOf(file)];
  if (!order) return undefined;
  const [own, other] = [file, target].map((each) => order.indexOf(capabilityOf(each))) as [number, number];
  if (own < 0 || other < 0) return `or ${target} is in a folder that ORDER does not name`;
  return other > own ? `imports ${target}, which stands above it` : undefined;
}

test('every file imports only what its room may know, and nothing that stands above it', () => {
  const found = FILES.flatMap((file) => importsOf(file).map((one) => [file, wrong(file, one)]));
  expect(found.length).toBeGreaterThan(1000);
  expect(found.filter(([, why]) => why).map(([file, why]) => `${file} ${why}`)).toEqual([]);
});

test('ARCHITECTURE.md shows this very table of rooms, and this very order of capabilities', () => {
  const text = readFileSync('ARCHITECTURE.md', 'utf8');
  const rooms = [...text.matchAll(/^([a-z]+) +→ ([a-z, ]+)$/gm)].map(([, room, allowed]) => [
    room,
    allowed === 'nothing' ? [] : allowed!.split(', '),
  ]);
  expect(Object.fromEntries(rooms)).toEqual(ROOMS);
  const orders = [...text.matchAll(/^([a-z]+) +: ([a-z()<, -]+(?:\n {2,}[a-z()<, -]+)*)$/gm)].map(
    ([, layer, order]) => [
      layer,
      order!.split(/\s*<\s*/).map((folder) => (folder === '(root)' ? '' : folder)),
    ],
  );
  expect(Object.fromEntries(orders)).toEqual(ORDER);
});

test('ARCHITECTURE.md names only files and folders that are there', () => {
  const text = readFileSync('ARCHITECTURE.md', 'utf8');
  const rooms = Object.keys(ROOMS).join('|');
  const named = [...text.matchAll(new RegExp(`\`((?:src/)?(?:${rooms}|scripts|tests)/[\\w./-]+)\``, 'g'))];
  expect(named.length).toBeGreaterThan(30);
  const isThere = (path: string): boolean =>
    ['', 'src/'].some((root) => ['', '.ts', '.tsx'].some((end) => existsSync(`${root}${path}${end}`)));
  expect(named.map(([, path]) => path!).filter((path) => !isThere(path))).toEqual([]);
});

test('only the platform talks to the browser and the network', () => {
  const talk = /\b(?:browser|chrome)\s*\.\s*\w|\bfetch\s*\(|\bXMLHttpRequest\b|\bWebSocket\b/;
  const apart = ['platform', 'entrypoints'];
  expect(FILES.filter((file) => !apart.includes(roomOf(file)) && talk.test(codeOf(file)))).toEqual([]);
});

test('core and workflows know no clock, no randomness and no storage but those they are given', () => {
  const world =
    /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bcrypto\.|\bsetTimeout\b|\bsetInterval\b|\b(?:local|session)Storage\b|\bnavigator\b/;
  const pure = FILES.filter((file) => ['core', 'workflows'].includes(roomOf(file)));
  expect(pure.filter((file) => world.test(codeOf(file)))).toEqual([]);
});

test('no module imports itself by a detour, not even for a type', () => {
  const graph = new Map(
    FILES.map((file) => [
      file,
      importsOf(file).flatMap(({ from, lazy }) => (lazy ? [] : (inside(file, from) ?? []))),
    ]),
  );
  const state = new Map<string, 'open' | 'done'>();
  const circles: string[] = [];
  const visit = (file: string, path: string[]): void => {
    if (state.get(file) === 'open') circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (state.has(file)) return;
    state.set(file, 'open');
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    state.set(file, 'done');
  };
  FILES.forEach((file) => visit(file, []));
  expect(circles).toEqual([]);
});

/** Texts that the code of a file computes with: none of its types, its comments or its JSX. */
function literalsOf(file: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== 'object' || node === null) return;
    const { type, value } = node as { type?: string; value?: unknown };
    if (type?.startsWith('TSLiteral') || type === 'JSXText') return;
    if (type === 'Literal' && typeof value === 'string') found.push(value);
    Object.values(node).forEach(visit);
  };
  visit(parseAst(textOf(file), { lang: file.endsWith('x') ? 'tsx' : 'ts' }));
  return found;
}

test('every message is asked for by some page', () => {
  const asked = new Set(FILES.filter((file) => roomOf(file) === 'ui').flatMap(literalsOf));
  expect(Object.keys(MESSAGES).filter((name) => !asked.has(name))).toEqual([]);
});

describe('sizes a reader can hold', () => {
  const folders = ['src', 'entrypoints', 'scripts', 'tests'].flatMap((root) => [
    root,
    ...readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${entry.parentPath}/${entry.name}`),
  ]);

  test('no folder holds more than 20 files', () => {
    const files = (folder: string): number =>
      readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile()).length;
    expect(folders.filter((folder) => files(folder) > 20)).toEqual([]);
  });

  test('no file has more than 250 lines, and the median no more than 60', () => {
    const lines = FILES.map((file) => [file, textOf(file).split('\n').length - 1] as const);
    expect(lines.filter(([, count]) => count > 250).map(([file]) => file)).toEqual([]);
    const counts = lines.map(([, count]) => count).toSorted((a, b) => a - b);
    expect(counts[Math.floor(counts.length / 2)]).toBeLessThanOrEqual(60);
  });
});
