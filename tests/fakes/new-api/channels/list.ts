import { shownChannel, typeCounts } from './data';
import { pageOf } from '../paging';
import { notFound, refuse, success } from '../reply';
import type { RelayState } from '../state';
import type { Call, RelayChannel, Reply } from '../types';

/** By priority, and among equals the oldest first; with `id_sort` the newest first, whatever their priority. */
const inOrder = (channels: readonly RelayChannel[], byId: boolean): RelayChannel[] =>
  channels.toSorted((a, b) => (byId ? b.id - a.id : b.priority - a.priority || a.id - b.id));

export function listChannels(state: RelayState, call: Call): Reply {
  const { page, size, start } = pageOf(call.query);
  const ordered = inOrder(state.channels, call.query.get('id_sort') === 'true');
  return success({
    items: ordered.slice(start, start + size).map(shownChannel),
    page: Math.max(1, page),
    page_size: size,
    total: ordered.length,
    type_counts: typeCounts(ordered),
  });
}

/** Matches name and base URL in part, the whole key, and the id. */
export function searchChannels(state: RelayState, call: Call): Reply {
  const word = call.query.get('keyword') ?? '';
  const found = inOrder(state.channels, false).filter(
    ({ id, name, key, baseUrl }) =>
      String(id) === word || name.includes(word) || key === word || baseUrl.includes(word),
  );
  const items = found.map(shownChannel);
  return success({ items, total: found.length, type_counts: typeCounts(found) });
}

export function getChannel(state: RelayState, call: Call): Reply {
  const id = call.params.id ?? '';
  if (!/^\d+$/.test(id)) return refuse(`strconv.Atoi: parsing "${id}": invalid syntax`);
  const channel = state.channels.find((one) => one.id === Number(id));
  return channel === undefined ? notFound() : success(shownChannel(channel));
}
