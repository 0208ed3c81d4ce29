import { parseArgs } from 'node:util';

export interface DemoOptions {
  /** Does the main job itself, in place of the user. */
  headless: boolean;
  json: boolean;
  /** The user's own CLIProxyAPI; undefined: the embedded one. */
  cliproxyapi: { address: string; managementKey: string } | undefined;
  relay: OwnRelay | undefined;
  /** Which CLIProxyAPI the embedded one is. */
  proxyVersion: '7' | '8';
  /** A second embedded CLIProxyAPI beside the first. */
  second: boolean;
}

export type OwnRelay = { address: string } & (
  { kind: 'key'; key: string } | { kind: 'account'; accessToken: string; userId: string }
);

export const USAGE = `npm run demo [-- options]

  --headless               do the main job without a window, and say how it went
  --json                   the same as one JSON object on stdout (with: npm run --silent demo -- --json)
  --cliproxyapi URL        your CLIProxyAPI in place of the embedded one
  --cliproxyapi-version 8  the embedded one is of 8.x, with config.yaml in the layout of 8.x
  --connections 2          a second embedded CLIProxyAPI, of 8.x: what is imported goes to both
  --relay URL              your relay in place of the embedded one
  --relay-user ID            the user id, where it is your New API account
  --help                   this text

Secrets come from the environment, so that neither npm's output nor the shell's history shows them:

  MANAGEMENT_KEY           the management key of your CLIProxyAPI
  RELAY_KEY                a key of your relay, or
  RELAY_TOKEN              the access token of your account there

--management-key, --relay-key and --relay-token say the same for throw-away secrets.`;

/** The command line does not make sense. */
export class UsageError extends Error {}

/** What the command line and the environment ask for; a `UsageError` says what does not go together. */
export function readOptions(
  args: string[],
  hasDisplay: boolean,
  environment: Readonly<Record<string, string | undefined>>,
): DemoOptions | 'help' {
  const values = parse(args);
  const { MANAGEMENT_KEY, RELAY_KEY, RELAY_TOKEN } = environment;
  // What stands there for other programs is no reason to go elsewhere than to the embedded servers.
  if (values.cliproxyapi) values['management-key'] ??= MANAGEMENT_KEY;
  if (values.relay) {
    values['relay-key'] ??= values['relay-token'] === undefined ? RELAY_KEY : undefined;
    values['relay-token'] ??= RELAY_TOKEN;
  }
  if (values.help) return 'help';
  return {
    headless: Boolean(values.headless) || Boolean(values.json) || !hasDisplay,
    json: Boolean(values.json),
    cliproxyapi: ownProxy(values),
    proxyVersion: proxyVersion(values),
    second: hasSecond(values),
    relay: ownRelay(values),
  };
}

type Values = ReturnType<typeof parse>;

function proxyVersion({ cliproxyapi, 'cliproxyapi-version': version }: Values): DemoOptions['proxyVersion'] {
  if (version === undefined) return '7';
  if (cliproxyapi) throw new UsageError('--cliproxyapi-version is about the embedded CLIProxyAPI');
  if (version !== '7' && version !== '8') throw new UsageError('--cliproxyapi-version is 7 or 8');
  return version;
}

function hasSecond({ connections = '1' }: Values): boolean {
  if (connections !== '1' && connections !== '2') throw new UsageError('--connections is 1 or 2');
  return connections === '2';
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args,
      options: {
        headless: flag,
        json: flag,
        help: flag,
        cliproxyapi: text,
        'cliproxyapi-version': text,
        connections: text,
        'management-key': text,
        relay: text,
        'relay-key': text,
        'relay-token': text,
        'relay-user': text,
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function ownProxy(values: Values): DemoOptions['cliproxyapi'] {
  const { cliproxyapi: address, 'management-key': managementKey } = values;
  if (address === undefined && managementKey === undefined) return undefined;
  if (!address || !managementKey) throw new UsageError('--cliproxyapi and MANAGEMENT_KEY go together.');
  return { address, managementKey };
}

function ownRelay(values: Values): OwnRelay | undefined {
  const { relay: address, 'relay-key': key, 'relay-token': accessToken, 'relay-user': userId } = values;
  if (!address) {
    if (key ?? accessToken ?? userId)
      throw new UsageError('--relay says where the key or the account belongs.');
    return undefined;
  }
  if (key) return { address, kind: 'key', key };
  if (accessToken && userId) return { address, kind: 'account', accessToken, userId };
  throw new UsageError('--relay needs RELAY_KEY, or RELAY_TOKEN and --relay-user.');
}
