import { recordedProof } from '../../core/cliproxyapi/proved-card';
import { selectList } from '../../core/cliproxyapi/provider-list';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { listNameOf } from '../../core/import/draft';
import type { ImportOutcome } from '../../core/import/opened';
import { planImport } from '../../core/import/plan';
import { joining } from '../../core/import/planned-again';
import { provedBy } from '../../core/import/proved-by';
import { fail, ok, type Result } from '../../core/result';
import type { Applied, ApplyFailure, ChangeJob } from '../change-job';
import { applyChange, applyOnceMore, lostSince } from '../cliproxyapi/apply-change';
import { failed } from '../cliproxyapi/change-proxy';
import { restAfterWrite } from '../cliproxyapi/cooldown';
import type { Management } from '../cliproxyapi/open-management';
import { proveKey, unprovedCard, type KeyProof } from '../cliproxyapi/prove-key';
import { updateRecord } from '../journal/journal';
import type { Ports } from '../ports';
import type { AgreedPlan } from './agreed-plan';
import type { ImportRun } from './import-run';
import { withoutCandidates } from './plan-view';

/** Writes, proves, and writes once more if a reload took the write back between the two. */
export async function writeAndProve(
  ports: Ports,
  management: Management,
  run: ImportRun,
  agreed: AgreedPlan,
  job: ChangeJob,
): Promise<Result<ImportOutcome, ApplyFailure>> {
  const applied = await applyChange(ports, management, job);
  if (!applied.ok) return applied;
  const first = await proveImport(ports, management, run, agreed, job, applied.value);
  if (first.kind !== 'lost') return ok(first);
  const again = await applyOnceMore(ports, management, job, first.config);
  if (!again.ok) return again;
  const second = await proveImport(ports, management, run, agreed, job, again.value);
  if (second.kind !== 'lost') return ok(second);
  await job.setPhase('not-written');
  return fail({ failure: { code: 'not-saved' }, written: 'no' });
}

/** The list that no longer holds what was written. */
interface Lost {
  kind: 'lost';
  config: ProxyConfig;
}

async function proveImport(
  ports: Ports,
  management: Management,
  run: ImportRun,
  agreed: AgreedPlan,
  job: ChangeJob,
  { config, wroteAt }: Applied,
): Promise<ImportOutcome | Lost> {
  const list = selectList(config, listNameOf(run.draft));
  if (!list.ok) return failed(list.failure);
  const plan = planImport(list.value, joining(agreed.request, agreed.plan()));
  if (!plan.ok) return failed(withoutCandidates(plan.failure));
  const { index, keyIndex, after } = plan.value;
  let last = config;
  const request: KeyProof = {
    config,
    place: { ...list.value, index, keyIndex },
    ...provedBy(plan.value, after),
    importId: wroteAt === null ? '' : run.importId,
    tryChat: run.draft.tryChat,
    signal: run.signal,
    progress: (served) => run.show('asking', served),
    async stays(when) {
      const lost = await lostSince(ports, management, job, when === 'now' ? 0 : wroteAt);
      if (!lost.ok) return lost;
      last = lost.value ?? last;
      return ok(lost.value === undefined);
    },
  };
  await run.show('asking');
  const proved = await proveKey(ports, management, request);
  if (!proved.ok && proved.failure.code === 'not-saved') return { kind: 'lost', config: last };
  if (!proved.ok && proved.failure.code === 'collapsed') {
    await job.setPhase('needs-look');
    return failed(proved.failure);
  }
  // Whatever kept the proxy from being asked, the write was made: the card says so, and the user can ask again.
  const card = proved.ok ? proved.value : await unprovedCard(ports, management, request);
  if (wroteAt !== null) {
    const { served, total } = recordedProof([card]);
    await restAfterWrite(ports, Boolean(served));
    const tookMs = ports.clock.now() - run.started;
    await updateRecord(ports, run.importId, { phase: 'done', served, total, tookMs });
  }
  return { kind: 'proved', card };
}
