import { presenceOf } from '../../core/cliproxyapi/held-keys';
import { freeColour, type Colour } from '../../core/connection/colours';
import { parseManagementUrl } from '../../core/connection/management-url';
import type { ConnectionView, KeyStanding } from '../../core/view/view';
import { emptyProxySession } from '../../storage/empty';
import type { KeptProxy, ProxySession } from '../../storage/schema';
import type { KeyFacts } from '../accounts/find-key';
import type { Ports } from '../ports';
import { toldCard } from './told-card';

/** What a picture tells of one CLIProxyAPI. */
export interface Standing {
  id: string;
  /** The match pattern of its host; empty: its address cannot be read. */
  pattern: string;
  /** `granted`: the patterns of the hosts that may be reached. */
  view(granted: ReadonlySet<string>): ConnectionView;
  /** How a key of that host stands there; `now`: milliseconds since 1970. */
  standing(key: KeyFacts, host: string, now: number): KeyStanding;
}

/** How a key stands where there is no CLIProxyAPI. */
export const NOWHERE: KeyStanding = { running: null, card: null, presence: 'unknown' };

/** Every CLIProxyAPI of the user that has an address: the one with this id first, then the others in the user's order. */
export async function readStandings(ports: Pick<Ports, 'everywhere'>, proxyId: string): Promise<Standing[]> {
  const { everywhere } = ports;
  const [saved, session] = [await everywhere.saved.read(), await everywhere.session.read()];
  if (!saved.ok || !session.ok) return [];
  const { proxies } = saved.value;
  const colours = coloursOf(proxies);
  const all = proxies.flatMap((proxy, place) => {
    const there = session.value.proxies[proxy.id] ?? emptyProxySession();
    const standing = standingAt(proxy, there, { place, colour: colours[place]! });
    return standing ?? [];
  });
  const own = all.filter(({ id }) => id === proxyId);
  const others = all.filter(({ id }) => id !== proxyId);
  // Where this one has no address, none of the others takes its place.
  return own.length > 0 ? [...own, ...others] : [];
}

/** The user's colours; to each without one goes one that is free. */
function coloursOf(proxies: readonly KeptProxy[]): Colour[] {
  const taken = proxies.flatMap(({ connection }) => connection?.colour ?? []);
  return proxies.map(({ connection }) => {
    if (connection?.colour) return connection.colour;
    const colour = freeColour(taken);
    taken.push(colour);
    return colour;
  });
}

function standingAt(
  { id, connection, cards }: KeptProxy,
  session: ProxySession,
  look: Pick<ConnectionView, 'place' | 'colour'>,
): Standing | undefined {
  const url = connection && parseManagementUrl(connection.address);
  if (!connection || !url?.ok) return undefined;
  const { management: _management, ...at } = url.value;
  const { address, remember, halted, version, name = '' } = connection;
  const { managementKey } = remember === 'device' ? connection : session;
  const told = session.told?.root === at.root ? session.told : null;
  return {
    id,
    pattern: at.pattern,
    view: (granted) => ({
      id,
      name,
      ...look,
      address,
      ...at,
      remember,
      hasKey: Boolean(managementKey),
      granted: granted.has(at.pattern),
      halted,
      version,
      checkedAt: told?.checkedAt ?? null,
      trouble: told?.trouble ?? null,
      checkingAt: told?.checkingAt ?? null,
    }),
    standing(key, host, now) {
      const card = cards[key.id];
      // What it says is of the server that is configured now.
      const isOfThis = card?.root === at.root;
      return {
        running: session.running[key.id] ?? null,
        card: card && isOfThis ? (card.kind === 'proved' ? toldCard(card, key, now) : card) : null,
        presence: presenceOf(told?.held ?? null, { host, mask: key.mask }),
      };
    },
  };
}
