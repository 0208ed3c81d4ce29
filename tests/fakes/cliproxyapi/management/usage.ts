import type { Credential, Registry, Usage } from '../serving/registry.ts';

const BUCKET_MS = 600_000;
const BUCKETS = 20;

interface UsageEntry {
  success: number;
  failed: number;
  recent_requests: { time: string; success: number; failed: number }[];
}

export function countRequest({ usage, now }: Credential, ok: boolean): void {
  if (ok) usage.success++;
  else usage.failed++;
  usage.recent.push({ at: now(), ok });
}

/** By provider, then by address and key. Equal pairs are added up; credentials without a key are not listed. */
export function usageByKey(registry: Registry): Record<string, Record<string, UsageEntry>> {
  const sums = new Map<string, Map<string, Usage>>();
  for (const { usageName, baseUrl, key, usage } of registry.withKeys()) {
    const provider = sums.get(usageName) ?? new Map<string, Usage>();
    sums.set(usageName, provider);
    const pair = `${baseUrl}|${key}`;
    const sum = provider.get(pair) ?? { success: 0, failed: 0, recent: [] };
    provider.set(pair, {
      success: sum.success + usage.success,
      failed: sum.failed + usage.failed,
      recent: [...sum.recent, ...usage.recent],
    });
  }
  const entries = [...sums].map(
    ([name, pairs]) =>
      [name, Object.fromEntries([...pairs].map((pair) => toEntry(pair, registry.now())))] as const,
  );
  return Object.fromEntries(entries);
}

function toEntry([pair, { success, failed, recent }]: [string, Usage], now: number): [string, UsageEntry] {
  return [pair, { success, failed, recent_requests: buckets(recent, now) }];
}

/** The last 200 minutes in steps of ten, oldest first. */
function buckets(recent: Usage['recent'], now: number): UsageEntry['recent_requests'] {
  const last = Math.floor(now / BUCKET_MS);
  return Array.from({ length: BUCKETS }, (_, i) => {
    const bucket = last - BUCKETS + 1 + i;
    const inside = recent.filter(({ at }) => Math.floor(at / BUCKET_MS) === bucket);
    const success = inside.filter(({ ok }) => ok).length;
    return { time: `${clock(bucket)}-${clock(bucket + 1)}`, success, failed: inside.length - success };
  });
}

function clock(bucket: number): string {
  const at = new Date(bucket * BUCKET_MS);
  return [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}
