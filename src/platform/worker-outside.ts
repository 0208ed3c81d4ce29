import { browser } from 'wxt/browser';
import { PULSE } from './pulse-name';
import type { Alarms, Clock, Hash, Hosts, Ids, KeepAlive, Locks, Pages } from '../ports/outside';

export const clock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (ms <= 0 || signal?.aborted) return resolve();
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener(
        'abort',
        () => {
          clearTimeout(timer);
          resolve();
        },
        { once: true },
      );
    }),
};

export const hosts: Hosts = {
  granted: async (pattern) => {
    try {
      return await browser.permissions.contains({ origins: [pattern] });
    } catch {
      return false; // no valid pattern
    }
  },
  list: async () => (await browser.permissions.getAll()).origins ?? [],
  revoke: async (pattern) => {
    try {
      return await browser.permissions.remove({ origins: [pattern] });
    } catch {
      return false; // required hosts cannot be given back here
    }
  },
};

export const locks: Locks = {
  async hold(name, signal, work) {
    let begun = false;
    try {
      return await navigator.locks.request(name, { signal }, async () => {
        begun = true;
        return { value: await work() };
      });
    } catch (error) {
      if (begun || !signal.aborted) throw error;
      return undefined;
    }
  },
};

export const hash: Hash = {
  async sha256(text) {
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  },
};

export const ids: Ids = { next: () => crypto.randomUUID() };

export const alarms: Alarms = {
  async every(name, minutes) {
    if (minutes === null) return void (await browser.alarms.clear(name));
    const now = await browser.alarms.get(name);
    // Creating it again would postpone it each time.
    if (now?.periodInMinutes !== minutes) await browser.alarms.create(name, { periodInMinutes: minutes });
  },
};

const ALARM = 'unfinished';

let unfinished = 0;

export const pages: Pages = {
  async notify() {
    // Each call to the browser also renews the thirty seconds of the worker.
    await browser.storage.session.set({ [PULSE]: `${Date.now()}-${Math.random()}` });
  },
};

export const keepAlive: KeepAlive = {
  async set(on) {
    unfinished = Math.max(0, unfinished + (on ? 1 : -1));
    if (on && unfinished === 1) await browser.alarms.create(ALARM, { periodInMinutes: 0.5 });
    if (unfinished === 0) await browser.alarms.clear(ALARM);
  },
};
