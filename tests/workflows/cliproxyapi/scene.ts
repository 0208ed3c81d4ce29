import type { ImportDraft } from '../../../src/core/import/draft';
import type { CliproxyapiOptions } from '../../fakes/cliproxyapi.ts';
import { apply, opened, planDialog, scene, type Scene, SECOND_KEY } from '../scene';

export const PATCH = 'PATCH /v8/management/config/api-keys';

/** A file of the new layout, with groups as somebody makes them by hand. */
export const file = (groups: string, settings = ''): string => `config-version: 8
server:
  host: 127.0.0.1
management:
  secret-key: "$2a$10$abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz01234"
access:
  api-keys: [sk-fake-client]
${settings}api-keys:
${groups}`;

export const onFile = (text: string, more: CliproxyapiOptions = {}): Promise<Scene> =>
  scene({ proxy: { version: '8.0.20', file: text, proxyKeys: ['sk-fake-client'], ...more } });

export const codexGroups = (origin: string, more = ''): string => `  codex:
    - name: Mine
      base-url: ${origin}/v1
      keys:
        - api-key: ${SECOND_KEY}
          weight: 4
    - name: codex-1
      base-url: https://other.example/v1
      priority: 3
${more}      keys:
        - api-key: sk-fake-other-1
        - api-key: sk-fake-other-2
          prefix: own
`;

/** Imports the key of the scene into a list. */
export async function importInto(made: Scene, list: ImportDraft['list']) {
  const bases = new Map();
  const { draft: first } = await opened(made.ports, made.keyId, bases);
  const draft = { ...first, list };
  const planned = await planDialog(made.ports, bases, made.keyId, draft);
  if (planned.kind !== 'plan') throw new Error(JSON.stringify(planned));
  return apply(made.ports, made.keyId, draft, planned.plan.hash);
}

/** What a change in the new layout asks besides its proofs, whatever the number of lists. */
export const ONE_CHANGE = [
  'GET /v0/management/config',
  'GET /v0/management/config.yaml',
  'GET /v8/management/config/api-keys',
  PATCH,
  'GET /v0/management/config',
  'GET /v0/management/config',
];

/** What was asked besides the proofs. */
export const besidesProofs = ({ proxy }: Scene): string[] =>
  proxy.requests
    .map(({ method, path }) => `${method} ${path}`)
    .filter((request) => !request.includes('/auth-files/') && !request.includes('/v1/'));

/** What the panel of 8.x would show of a family. */
export async function shown(made: Scene, family: string): Promise<unknown> {
  const reply = await made.ports.http.send({
    method: 'GET',
    url: `${made.proxy.origin}/v8/management/config/api-keys/${family}`,
    headers: { Authorization: `Bearer ${made.proxy.managementKey}` },
    timeoutMs: 1_000,
  });
  const text = reply.ok ? reply.value.text : '';
  return JSON.parse(text, (name, value: unknown) => (name === 'auth_index' ? undefined : value));
}

/** A scene whose file names the relay, which is known only then. */
export async function atRelay(
  groups: (origin: string) => string,
  more: CliproxyapiOptions = {},
): Promise<Scene> {
  const made = await onFile(file('  gemini: []\n'), more);
  await made.proxy.setFile(file(groups(made.relay.origin)));
  made.proxy.requests.length = 0;
  return made;
}
