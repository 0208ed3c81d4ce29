import { COMPAT, SHARED } from './groups.ts';
import { GROUPS, MOVES, SECTIONS } from './layout.ts';
import { get, isNull, scalarValue, type ListNode, type MapNode, type Node } from './nodes.ts';

/** Why the server does not take a file; nothing is changed then. */
export class Invalid extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly error = 'invalid_config',
    readonly field?: string,
  ) {
    super(message);
  }
}

const bad = (message: string): Invalid => new Invalid(400, message);
const wrong = (message: string): Invalid => new Invalid(422, message);

export function checkSections(root: MapNode): void {
  for (const { key, value } of root.pairs) {
    const name = key.text;
    const isOld = name === 'api-keys' ? value.kind === 'list' : !SECTIONS.includes(name);
    const path = MOVES.find(([old]) => old === name)?.[1];
    if (isOld && path)
      throw bad(`legacy field ${name} is not accepted by v8; use ${path.replaceAll('/', '.')}`);
    if (isOld) throw bad(`unknown v8 configuration section ${name}`);
    if (name === 'config-version') {
      if (value.kind !== 'scalar' || scalarValue(value) !== 8)
        throw wrong('unsupported config-version (expected 8)');
    } else if (value.kind !== 'map') throw wrong(`${name} must be a mapping`);
  }
}

export function checkGroups(root: MapNode): void {
  const families = get(root, 'api-keys');
  if (families?.kind !== 'map') return;
  const unknown = families.pairs.find(({ key }) => !GROUPS.some(([group]) => group === key.text));
  if (unknown) throw bad(`unknown API-key provider ${unknown.key.text}`);
  for (const { key, value } of families.pairs) checkFamily(key.text, value);
}

function checkFamily(family: string, groups: Node): void {
  const at = `api-keys.${family}`;
  if (groups.kind !== 'list') throw wrong(`${at} must be a list`);
  groups.items.forEach((group, i) => {
    if (group.kind !== 'map') throw wrong(`${at}[${i}] must be a mapping`);
    const keys = get(group, 'keys');
    if (keys?.kind !== 'list') throw wrong(`${at}[${i}].keys must be a list`);
    if (family !== COMPAT) checkGroupFields(at, family, group, keys);
  });
}

function checkGroupFields(at: string, family: string, group: MapNode, keys: ListNode): void {
  const known = ['name', 'base-url', 'keys', ...SHARED].filter(
    (name) => family !== 'vertex' || name !== 'request-scoped-errors',
  );
  const other = group.pairs.find(({ key }) => !known.includes(key.text));
  if (other) throw wrong(`${at}: unsupported group field ${other.key.text}`);
  for (const key of keys.items) {
    if (key.kind !== 'map') throw wrong(`${at} key must be a mapping`);
    if (get(key, 'base-url')) throw wrong(`${at}: base-url belongs to the group`);
  }
}

const MAX_WEIGHT = 1_000_000;

export function checkWeights(root: MapNode): void {
  const families = get(root, 'api-keys');
  if (families?.kind !== 'map') return;
  for (const { key, value } of families.pairs) {
    for (const group of (value as ListNode).items) checkWeightsOf(key.text, group as MapNode);
  }
}

function checkWeightsOf(family: string, group: MapNode): void {
  const keys = get(group, 'keys') as ListNode;
  keys.items.forEach((key, i) => {
    const weight = key.kind === 'map' ? get(key, 'weight') : undefined;
    if (!weight) return;
    const at = `api-keys.${family}.keys[${i}].weight`;
    const value = weight.kind === 'scalar' && !isNull(weight) ? scalarValue(weight) : undefined;
    if (typeof value !== 'number' || !Number.isInteger(value))
      throw wrong(`${at}: weight must be an integer`);
    if (value > MAX_WEIGHT) throw wrong(`${at}: weight must not exceed ${MAX_WEIGHT}`);
  });
}
