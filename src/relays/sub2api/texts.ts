import { ok } from '../../core/failures/result';
import { gatherTexts } from '../gather-texts';
import type { Reveal } from '../relay';
import { siteOf } from '../site/sign-in';
import { listSub2ApiKeys, readSub2ApiKey, wholeText } from './keys';

/** The whole texts of keys by remote id, as Sub2API lists them (0.1.1, fixture sub2api/keys). */
export const sub2apiTexts: Reveal = (http, credentials, ids) => {
  const site = siteOf(credentials, []);
  return gatherTexts(ids, {
    one: async (id) => {
      const key = await readSub2ApiKey(http, site, id);
      return key.ok ? ok(wholeText(key.value.key)) : key;
    },
    all: async () => {
      const listed = await listSub2ApiKeys(http, site);
      return listed.ok ? ok(listed.value.items.map(({ id, key }) => [id, wholeText(key)] as const)) : listed;
    },
  });
};
