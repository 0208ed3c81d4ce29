import type { Result } from '../../core/result';
import type { ChannelLink } from '../../storage/channel-schema';
import type { Ports } from '../ports';

/**
 * Saves that a channel belongs to a key, and whether it was made for the key. One channel may serve the models of several
 * keys, and one key may have several channels. Answers whether the link is new.
 */
export async function linkChannel(
  ports: Pick<Ports, 'saved'>,
  { newApiId, channelId, keyId }: Omit<ChannelLink, 'made'>,
  made: boolean,
): Promise<Result<boolean>> {
  return ports.saved.change(({ channelLinks }) => {
    const same = channelLinks.find(
      (link) => link.newApiId === newApiId && link.channelId === channelId && link.keyId === keyId,
    );
    if (same) same.made ||= made;
    else channelLinks.push({ newApiId, channelId, keyId, made });
    return !same;
  });
}
