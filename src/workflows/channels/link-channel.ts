import type { Result } from '../../core/failures/result';
import type { ChannelLink } from '../../storage/channel-schema';
import type { Ports } from '../ports';

/**
 * Saves that a channel belongs to a key. One channel may serve the models of several keys, and one key may have several
 * channels. Answers whether the link is new.
 */
export const linkChannel = (ports: Pick<Ports, 'saved'>, link: ChannelLink): Promise<Result<boolean>> =>
  ports.saved.change(({ channelLinks }) => {
    const same = channelLinks.find(
      ({ newApiId, channelId, keyId }) =>
        newApiId === link.newApiId && channelId === link.channelId && keyId === link.keyId,
    );
    if (same) same.made ||= link.made;
    else channelLinks.push(link);
    return !same;
  });
