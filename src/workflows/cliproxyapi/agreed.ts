import type { EntryChange } from '../../core/cliproxyapi/entry-change';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { fail, ok, type Result } from '../../core/failures/result';
import type { Ports } from '../ports';
import type { ChangeJob } from './change-job';
import { isAgreed } from './plan-hash';

/** The decisions of a change whose plan the user saw: only that very plan passes. */
export interface Agreed<P> extends Pick<ChangeJob, 'decide' | 'isApplied'> {
  /** The plan that passed last. */
  plan(): P;
  /** The configuration that was planned on last, if any. */
  config(): ProxyConfig | undefined;
}

interface Planner<P> {
  /** Plans on the configuration of the moment. */
  plan(config: ProxyConfig): Result<P> | Promise<Result<P>>;
  /** What the user was shown, as one text; it may hold keys. */
  identityOf(plan: P): string;
  changeOf(plan: P): EntryChange | null;
  /** Whether a configuration that was read back holds the plan. */
  isHeld(plan: P, config: ProxyConfig): boolean;
}

/** `hash`: of the plan that the user saw. Any other plan fails with `list-changed`. */
export function agreed<P>(
  ports: Ports,
  hash: string,
  { plan, identityOf, changeOf, isHeld }: Planner<P>,
): Agreed<P> {
  let passed: { plan: P } | undefined;
  let seen: ProxyConfig | undefined;
  const last = (): P => {
    if (!passed) throw new Error('nothing was agreed to yet');
    return passed.plan;
  };
  return {
    async decide(config) {
      seen = config;
      const fresh = await plan(config);
      if (!fresh.ok) return fresh;
      if (!(await isAgreed(ports, hash, config, identityOf(fresh.value))))
        return fail({ code: 'list-changed' });
      passed = { plan: fresh.value };
      return ok(changeOf(fresh.value));
    },
    isApplied: async (config) => isHeld(last(), config),
    plan: last,
    config: () => seen,
  };
}
