import type { ConnectionView, View } from './view';

/** What a connection is called: as the user named it, or by its host. */
export const nameOfConnection = ({ name, host }: Pick<ConnectionView, 'name' | 'host'>): string =>
  name || host;

/** All connections of a picture, in the user's order. */
export const allConnections = ({
  connection,
  others = [],
}: Pick<View, 'connection' | 'others'>): ConnectionView[] =>
  [...(connection ? [connection] : []), ...others].toSorted((a, b) => a.place - b.place);
