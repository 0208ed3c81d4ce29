import { onTestFinished } from 'vitest';
import type { RelayFamily } from '../../src/core/accounts/relay-family';
import type { Http, HttpRequest } from '../../src/ports/http';
import type { Credentials, Relay } from '../../src/relays/relay';
import { RELAYS } from '../../src/relays/table';
import {
  DEFAULT_ACCESS_TOKEN,
  fakeKey,
  startNewApi,
  type FakeNewApi,
  type NewApiOptions,
} from '../fakes/new-api.ts';

interface Site {
  fake: FakeNewApi;
  credentials: Credentials;
}

export async function site(options: NewApiOptions = {}): Promise<Site> {
  const fake = await startNewApi(options);
  onTestFinished(() => fake.stop());
  return { fake, credentials: { siteUrl: fake.origin, accessToken: DEFAULT_ACCESS_TOKEN, userId: '2' } };
}

export const manyKeys = (count: number): NewApiOptions['keys'] =>
  Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    name: `key ${index + 1}`,
    key: fakeKey('k', index + 1),
  }));

/** Answers every request with what is given for its path: for what no sound server says. */
export const canned = (answers: Record<string, unknown>): Http => ({
  async send({ url }: HttpRequest) {
    const path = new URL(url).pathname;
    return {
      ok: true,
      value: {
        status: 200,
        text: JSON.stringify(answers[path] ?? { success: false, message: 'none' }),
        header: () => null,
      },
    };
  },
});

/** The families that read a New API of today; its stand-in passes the recorded exchanges (tests/replay). */
export const FAMILIES: [RelayFamily, Relay][] = [
  ['new-api', RELAYS['new-api']],
  ['compatible', RELAYS.compatible],
];
