import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { fail, ok, type Result } from '../../core/result';
import type { Applied, ApplyFailure, ChangeJob } from '../change-job';
import type { Ports } from '../ports';
import { applyChange, applyOnceMore } from './apply-change';
import type { Management } from './open-management';

/** What a proof found: the write is there, or a reload took it back and `config` no longer holds it. */
export type Proved<T> = { kind: 'stays'; value: T } | { kind: 'lost'; config: ProxyConfig };

/**
 * Writes, proves, and writes once more if a reload took the write back between the two (CLIProxyAPI 7.2). Taken back twice,
 * it fails with `not-saved`.
 */
export async function applyAndProve<T>(
  ports: Ports,
  management: Management,
  job: ChangeJob,
  prove: (applied: Applied) => Promise<Result<Proved<T>, ApplyFailure>>,
): Promise<Result<T, ApplyFailure>> {
  let applied = await applyChange(ports, management, job);
  for (const isLast of [false, true]) {
    const proved = applied.ok ? await prove(applied.value) : applied;
    if (!proved.ok) return proved;
    if (proved.value.kind === 'stays') return ok(proved.value.value);
    if (!isLast) applied = await applyOnceMore(ports, management, job, proved.value.config);
  }
  await job.setPhase('not-written');
  return fail({ failure: { code: 'not-saved' }, written: 'no' });
}
