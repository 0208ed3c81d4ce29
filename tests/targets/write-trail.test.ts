import { expect, test } from 'vitest';
import type { NoReply } from '../../src/ports/http';
import { noRelayReply } from '../../src/relays/relay-reply';
import { mayHaveArrived } from '../../src/targets/new-api/write-trail';

const host = 'relay.example';
const NO_REPLIES: Record<Exclude<NoReply['code'], 'redirected' | 'cancelled'>, NoReply> = {
  unreachable: { code: 'unreachable', host },
  'cut-short': { code: 'cut-short', host },
  timeout: { code: 'timeout', host, seconds: 10 },
  'too-large': { code: 'too-large', host },
};

test.each(Object.values(NO_REPLIES))('a write without a whole answer ($code) may have been made', (reply) => {
  expect(mayHaveArrived(noRelayReply(reply))).toBe(true);
});
