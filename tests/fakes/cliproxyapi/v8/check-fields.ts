import type { Kind, Struct } from '../management/schema.ts';
import { Invalid } from './check-groups.ts';
import { emitYaml } from './emit-yaml.ts';
import { COMPAT } from './groups.ts';
import { GROUPS, toOldLayout } from './layout.ts';
import { get, getIn, isNull, scalarValue, type MapNode, type Node, type Scalar } from './nodes.ts';
import { IN_FILE, nameInFile } from './structs.ts';

/** What the server calls its structures in messages. */
const TYPES: Record<string, { entry: string; model: string }> = {
  gemini: { entry: 'config.GeminiKey', model: 'config.GeminiModel' },
  interactions: { entry: 'config.GeminiKey', model: 'config.GeminiModel' },
  vertex: { entry: 'config.VertexCompatKey', model: 'config.VertexCompatModel' },
  codex: { entry: 'config.CodexKey', model: 'config.CodexModel' },
  xai: { entry: 'config.CodexKey', model: 'config.CodexModel' },
  meta: { entry: 'config.CodexKey', model: 'config.CodexModel' },
  claude: { entry: 'config.ClaudeKey', model: 'config.ClaudeModel' },
  [COMPAT]: { entry: 'config.OpenAICompatibility', model: 'config.OpenAICompatibilityModel' },
};

const INNER: Record<string, string> = {
  'api-key-entries': 'config.OpenAICompatibilityAPIKey',
  thinking: 'registry.ThinkingSupport',
  cloak: 'config.CloakConfig',
  'request-scoped-errors': 'config.RequestScopedErrorRule',
};

/** Refuses every name that the server does not know in an entry. The lines are those of the old layout. */
export function checkNames(root: MapNode): void {
  const old = toOldLayout(root);
  emitYaml(old, 4);
  const found = GROUPS.flatMap(([group, list]) => {
    const node = get(old, list);
    const items = node?.kind === 'list' ? node.items : [];
    return items.flatMap((item) => unknownIn(item, IN_FILE[list], TYPES[group]!.entry, TYPES[group]!.model));
  });
  if (found.length > 0) throw new Invalid(400, `yaml: unmarshal errors:\n${found.join('\n')}`);
}

function unknownIn(node: Node, struct: Struct, type: string, model: string): string[] {
  if (node.kind !== 'map') return [];
  return node.pairs.flatMap(({ key, value }) => {
    const field = struct.find(({ name }) => nameInFile(name) === key.text);
    if (!field) return [`  line ${key.at}: field ${key.text} not found in type ${type}`];
    const inner = key.text === 'models' ? model : (INNER[key.text] ?? '');
    const kind = field.kind;
    if (typeof kind !== 'object') return [];
    if ('struct' in kind) return unknownIn(value, kind.struct, inner, model);
    return value.kind === 'list'
      ? value.items.flatMap((item) => unknownIn(item, kind.list, inner, model))
      : [];
  });
}

/** Settings that this stand-in knows the types of. */
export const SETTINGS: Record<string, Kind> = {
  'server/host': 'string',
  'server/port': 'int',
  'access/api-keys': 'strings',
  'requests/proxy-url': 'string',
  'routing/strategy': 'string',
  'routing/force-model-prefix': 'bool',
  'routing/retry/request-retry': 'int',
  'observability/logs/debug': 'bool',
};

/** Refuses values of another type than they are read as. The lines are those of the file as it would be. */
export function checkTypes(root: MapNode): void {
  emitYaml(root, 4);
  const settings = Object.entries(SETTINGS).flatMap(([path, kind]) => {
    const node = getIn(root, path.split('/'));
    return node ? mismatches(node, kind, '') : [];
  });
  const groups = GROUPS.flatMap(([group, list]) => {
    const keys = group === COMPAT ? 'api-key-entries' : undefined;
    const node = getIn(root, ['api-keys', group]);
    const items = node?.kind === 'list' ? node.items : [];
    return items.flatMap((item) =>
      groupMismatches(item as MapNode, IN_FILE[list], TYPES[group]!.model, keys),
    );
  });
  const found = [...settings, ...groups];
  if (found.length > 0) {
    throw new Invalid(422, `parse config payload: yaml: unmarshal errors:\n${found.join('\n')}`);
  }
}

function groupMismatches(group: MapNode, struct: Struct, model: string, keysName?: string): string[] {
  const inGroup = [...struct, { name: 'name', kind: 'string' as const }];
  const keys = getIn(group, ['keys']);
  const keyKind = keysName ? struct.find(({ name }) => name === keysName)!.kind : { list: struct };
  return [...mismatches(group, { struct: inGroup }, model), ...mismatches(keys!, keyKind, model)];
}

function mismatches(node: Node, kind: Kind, model: string): string[] {
  if (isNull(node)) return [];
  if (typeof kind === 'object') {
    if ('list' in kind) {
      return node.kind === 'list'
        ? node.items.flatMap((item) => mismatches(item, { struct: kind.list }, model))
        : [mismatch(node, `[]${model}`)];
    }
    if (node.kind !== 'map') return [mismatch(node, model)];
    return node.pairs.flatMap(({ key, value }) => {
      const field = kind.struct.find(({ name }) => nameInFile(name) === key.text);
      const inner = key.text === 'models' ? model : (INNER[key.text] ?? model);
      return field ? mismatches(value, field.kind, inner) : [];
    });
  }
  if (kind === 'strings') {
    return node.kind === 'list'
      ? node.items.flatMap((item) => mismatches(item, 'string', model))
      : [mismatch(node, '[]string')];
  }
  if (kind === 'map') return node.kind === 'map' ? [] : [mismatch(node, 'map[string]string')];
  const type = kind.replace('?', '');
  return node.kind === 'scalar' && fits(type, node) ? [] : [mismatch(node, type)];
}

/** A fraction is taken as a number that is cut, and an old word as a yes or no. */
function fits(type: string, node: Scalar): boolean {
  if (type === 'string') return true;
  const value = scalarValue(node);
  return type === 'int'
    ? typeof value === 'number'
    : typeof value === 'boolean' || /^(?:y|yes|on|n|no|off)$/i.test(node.text);
}

function mismatch(node: Node, type: string): string {
  const tag = node.kind === 'scalar' ? `!!str \`${node.text}\`` : node.kind === 'list' ? '!!seq' : '!!map';
  return `  line ${node.at}: cannot unmarshal ${tag} into ${type}`;
}
