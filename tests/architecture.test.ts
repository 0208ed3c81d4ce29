import { readdirSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

/** Who may import whom (ARCHITECTURE.md): arrows go toward `core`, and pages and worker meet only in `contract`. */
const ROOMS: Record<string, { rooms: string[]; packages: RegExp }> = {
  core: { rooms: [], packages: /^(?:valibot|zod\/mini)$/ },
  ports: { rooms: ['core'], packages: /^$/ },
  relays: { rooms: ['core', 'ports'], packages: /^valibot$/ },
  // A New API is a relay too: its channels are asked for in the relay's own language.
  targets: { rooms: ['core', 'ports', 'relays'], packages: /^valibot$/ },
  storage: { rooms: ['core', 'ports'], packages: /^valibot$/ },
  workflows: { rooms: ['core', 'ports', 'relays', 'targets', 'storage'], packages: /^valibot$/ },
  contract: { rooms: ['core'], packages: /^valibot$/ },
  platform: { rooms: ['core', 'ports', 'storage'], packages: /^wxt\// },
  ui: {
    rooms: ['core', 'contract', 'ports'],
    packages:
      /^(?:react|react-dom|react-i18next|i18next|zustand|sonner|lucide-react|@base-ui\/react|@tanstack\/react-virtual)(?:\/|$)/,
  },
};
/** Rooms of which another may only know the types. */
const TYPES_ONLY = ['ui ports', 'platform storage'];

interface Import {
  from: string;
  typeOnly: boolean;
  /** `import()`: loaded after the module that asks for it, so no cycle. */
  lazy: boolean;
}

const FILES = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => `src/${file.replaceAll('\\', '/')}`);
const textOf = (file: string): string => readFileSync(file, 'utf8');
const codeOf = (file: string): string =>
  textOf(file).replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$|'[^'\n]*'|`[^`]*`/gm, '');
const roomOf = (file: string): string => file.split('/')[1]!;

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
  const path = relative('.', resolve(dirname(file), from)).replaceAll('\\', '/');
  return FILES.find((known) => [`${path}.ts`, `${path}.tsx`, path].includes(known));
}

/** What is wrong with one import of a file, or undefined. */
function wrong(file: string, { from, typeOnly }: Import): string | undefined {
  const room = roomOf(file);
  const rule = ROOMS[room];
  if (!rule) return 'is in no room';
  if (!from.startsWith('.')) return rule.packages.test(from) ? undefined : `uses the package ${from}`;
  if (/^(?:\.\.\/)+locales\/|\.css$/.test(from)) return room === 'ui' ? undefined : `uses ${from}`;
  const target = inside(file, from);
  if (!target) return `imports ${from}, which is not in src`;
  if (roomOf(target) === room) return undefined;
  if (!rule.rooms.includes(roomOf(target))) return `imports ${target}`;
  return TYPES_ONLY.includes(`${room} ${roomOf(target)}`) && !typeOnly
    ? `imports more than types of ${target}`
    : undefined;
}

test('every file imports only what its room may know, packages included', () => {
  const found = FILES.flatMap((file) => importsOf(file).map((one) => [file, wrong(file, one)]));
  expect(found.length).toBeGreaterThan(100);
  expect(found.filter(([, why]) => why).map(([file, why]) => `${file} ${why}`)).toEqual([]);
});

test('only the platform talks to the browser and the network', () => {
  const talk = /\b(?:browser|chrome)\s*\.\s*\w|\bfetch\s*\(|\bXMLHttpRequest\b|\bWebSocket\b/;
  expect(FILES.filter((file) => roomOf(file) !== 'platform' && talk.test(codeOf(file)))).toEqual([]);
});

test('no module imports itself by a detour, types apart', () => {
  const graph = new Map(
    FILES.map((file) => [
      file,
      importsOf(file).flatMap(({ from, typeOnly, lazy }) =>
        typeOnly || lazy ? [] : (inside(file, from) ?? []),
      ),
    ]),
  );
  const state = new Map<string, 'open' | 'done'>();
  const visit = (file: string, path: string[]): void => {
    expect(state.get(file) === 'open' ? [...path, file] : []).toEqual([]);
    if (state.has(file)) return;
    state.set(file, 'open');
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    state.set(file, 'done');
  };
  FILES.forEach((file) => visit(file, []));
});
