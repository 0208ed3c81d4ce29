import { startCliproxyapi } from '../../tests/fakes/cliproxyapi.ts';
import { DEFAULT_ACCESS_TOKEN, startNewApi } from '../../tests/fakes/new-api.ts';
import { proxyData, relayData } from './data.ts';
import type { DemoOptions, OwnRelay } from './options.ts';

export interface DemoServers {
  proxy: { address: string; managementKey: string };
  relay: OwnRelay;
  /** Nothing that is printed may hold one of these. */
  secrets: string[];
  stop(): Promise<void>;
}

/** The user's own servers where they are given, embedded ones in their place. */
export async function openServers(options: DemoOptions): Promise<DemoServers> {
  const stops: (() => Promise<void>)[] = [];
  const proxy = options.cliproxyapi ?? (await embeddedProxy(stops));
  const relay = options.relay ?? (await embeddedRelay(stops));
  return {
    proxy,
    relay,
    secrets: [proxy.managementKey, relay.kind === 'key' ? relay.key : relay.accessToken],
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
}

async function embeddedProxy(stops: (() => Promise<void>)[]): Promise<DemoServers['proxy']> {
  const { origin, managementKey, stop } = await startCliproxyapi(proxyData());
  stops.push(stop);
  return { address: origin, managementKey };
}

async function embeddedRelay(stops: (() => Promise<void>)[]): Promise<OwnRelay> {
  const { origin, stop } = await startNewApi(relayData());
  stops.push(stop);
  return { kind: 'account', address: origin, accessToken: DEFAULT_ACCESS_TOKEN, userId: '2' };
}
