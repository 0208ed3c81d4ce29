import { createHash } from 'node:crypto';
import { isScalar, parseDocument } from 'yaml';
import { FAMILIES } from '../management/lists-table.ts';
import type { CliproxyapiOptions, JsonObject } from '../types.ts';
import { emitYaml } from './emit-yaml.ts';
import { toNewLayout } from './layout.ts';
import { namesInFile } from './structs.ts';
import { emptyMap, fromJson, plain, set, toBlocks } from './nodes.ts';

interface Given {
  options: CliproxyapiOptions;
  managementKey: string | null;
  allowRemote: boolean;
  apiKeys: string[] | null;
}

/** The file that a server of 8.x is started with: the usual settings, and what the options lay over them. */
export function startupFile({ options, managementKey, allowRemote, apiKeys }: Given): string {
  if (options.file !== undefined) return hashedSecret(options.file);
  const root = emptyMap();
  const usual: JsonObject = {
    host: '127.0.0.1',
    port: options.port ?? 8317,
    'auth-dir': '/CLIProxyAPI/auths',
    'api-keys': apiKeys ?? [],
    'remote-management': {
      'allow-remote': allowRemote,
      'secret-key': managementKey === null ? '' : hashOf(managementKey),
      'disable-control-panel': true,
      'disable-auto-update-panel': true,
    },
    debug: false,
    'logging-to-file': false,
    'usage-statistics-enabled': false,
    'proxy-url': '',
  };
  const layout = options.layout ?? 'old';
  const extra = layout === 'mixed' ? { routing: { retry: { 'request-retry': 1 } } } : {};
  for (const [name, value] of Object.entries({ ...usual, ...extra, ...ownSettings(options) })) {
    const node = fromJson(value);
    toBlocks(node);
    set(root, name, node, plain(name));
  }
  unquoteNames(root);
  return layout === 'new' ? emitYaml(toNewLayout(root, { unknown: 'comment' }), 4) : emitYaml(root, 2);
}

const TAKEN = ['managementKey', 'remote-management', 'allow-remote', 'api-keys'];

function ownSettings({ startup = {}, lists = {}, providers }: CliproxyapiOptions): JsonObject {
  const own = Object.entries(startup).filter(([name]) => !TAKEN.includes(name));
  const given = { ...(providers ? { 'openai-compatibility': providers } : {}), ...lists };
  const named = FAMILIES.flatMap((family) =>
    given[family] ? [[family, given[family].map(namesInFile)] as const] : [],
  );
  return { ...Object.fromEntries(named), ...Object.fromEntries(own) };
}

function unquoteNames(node: ReturnType<typeof fromJson>): void {
  if (node.kind === 'list') node.items.forEach(unquoteNames);
  if (node.kind !== 'map') return;
  for (const { key, value } of node.pairs) {
    if (/^[A-Za-z][\w-]*$/.test(key.text)) key.style = 'plain';
    unquoteNames(value);
  }
}

/** Of the form of a bcrypt hash. It is compared with nothing: the key of a stand-in is given once. */
function hashOf(secret: string): string {
  const text = createHash('sha512').update(secret).digest('base64').replace(/[+=]/g, '.');
  return `$2a$10$${text.slice(0, 53)}`;
}

/** A secret in plain text is hashed in its place when a file is loaded. */
export function hashedSecret(file: string): string {
  const document = parseDocument(file);
  const paths = [
    ['remote-management', 'secret-key'],
    ['management', 'secret-key'],
  ];
  for (const path of paths) {
    const node = document.getIn(path, true);
    if (!isScalar(node) || !node.range || typeof node.value !== 'string') continue;
    if (node.value === '' || node.value.startsWith('$2')) continue;
    return `${file.slice(0, node.range[0])}"${hashOf(node.value)}"${file.slice(node.range[1])}`;
  }
  return file;
}
