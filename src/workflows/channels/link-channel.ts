import { ok, type Result } from '../../core/result';
import type { ChannelLink } from '../../storage/channel-schema';
import type { Ports } from '../ports';

/**
 * Keeps that a channel is of a key, and whether it was made for it. One channel may serve several keys' models, and one key
 * several channels. Answers whether that is new.
 */
export async function linkChannel(
  ports: Pick<Ports, 'saved'>,
  { newApiId, channelId, keyId }: ChannelLink,
  made: boolean,
): Promise<Result<boolean>> {
  let isNew = false;
  const saved = await ports.saved.change((saved) => {
    const links = (saved.channelLinks ??= []);
    const same = links.find(
      (link) => link.newApiId === newApiId && link.channelId === channelId && link.keyId === keyId,
    );
    isNew = !same;
    if (!same) links.push({ newApiId, channelId, keyId, made });
    else if (made) same.made = true;
  });
  return saved.ok ? ok(isNew) : saved;
}
