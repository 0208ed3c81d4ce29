import { startCliproxyapi } from '../../tests/fakes/cliproxyapi.ts';
import { DEFAULT_ACCESS_TOKEN, startNewApi } from '../../tests/fakes/new-api.ts';
import { proxyData, relayData, secondData } from './data.ts';
import type { DemoOptions, OwnRelay } from './options.ts';

export interface DemoServers {
  proxy: { address: string; managementKey: string };
  /** Another CLIProxyAPI beside it, and what the user calls the two. */
  second: (DemoServers['proxy'] & { name: string; nameOfFirst: string }) | undefined;
  relay: OwnRelay;
  /** Nothing that is printed may hold one of these. */
  secrets: string[];
  stop(): Promise<void>;
}

/** The user's own servers where they are given, embedded ones in their place. */
export async function openServers(options: DemoOptions): Promise<DemoServers> {
  const stops: (() => Promise<void>)[] = [];
  const proxy = options.cliproxyapi ?? (await embeddedProxy(options, stops));
  const second = options.second ? await embeddedSecond(stops) : undefined;
  const relay = options.relay ?? (await embeddedRelay(stops));
  return {
    proxy,
    second,
    relay,
    secrets: [
      proxy.managementKey,
      second?.managementKey ?? '',
      relay.kind === 'key' ? relay.key : relay.accessToken,
    ],
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
}

async function embeddedProxy(
  { proxyVersion }: DemoOptions,
  stops: (() => Promise<void>)[],
): Promise<DemoServers['proxy']> {
  const world = proxyVersion === '8' ? ({ version: '8.0.20', layout: 'new' } as const) : {};
  const { origin, managementKey, stop } = await startCliproxyapi({ ...proxyData(), ...world });
  stops.push(stop);
  return { address: origin, managementKey };
}

async function embeddedSecond(stops: (() => Promise<void>)[]): Promise<DemoServers['second']> {
  const { origin, managementKey, stop } = await startCliproxyapi({
    ...secondData(),
    version: '8.0.20',
    layout: 'new',
  });
  stops.push(stop);
  return { address: origin, managementKey, name: 'NAS', nameOfFirst: 'Laptop' };
}

async function embeddedRelay(stops: (() => Promise<void>)[]): Promise<OwnRelay> {
  const { origin, stop } = await startNewApi(relayData());
  stops.push(stop);
  return { kind: 'account', address: origin, accessToken: DEFAULT_ACCESS_TOKEN, userId: '2' };
}
