import { recordedProof } from '../../core/cliproxyapi/proved-card';
import { selectList } from '../../core/cliproxyapi/provider-list';
import type { ImportOutcome } from '../../core/import/opened';
import { planImport, type ImportPlan, type ImportRequest } from '../../core/import/plan';
import { joining } from '../../core/import/planned-again';
import { provedBy } from '../../core/import/proved-by';
import { ok } from '../../core/failures/result';
import { lostSince, type Proved } from '../cliproxyapi/apply-change';
import type { Applied, ChangeJob } from '../cliproxyapi/change-job';
import { restAfterWrite } from '../cliproxyapi/cooldown';
import { proveKey, unprovedCard, type KeyProof } from '../cliproxyapi/prove-key';
import { updateRecord } from '../history/journal';
import { failed } from '../running';
import { toldCard } from '../view/told-card';
import type { ImportRun } from './import-record';
import { withoutCandidates } from './plan-view';

const stays = (value: ImportOutcome): Proved<ImportOutcome> => ({ kind: 'stays', value });

/** Proves an applied import and closes its record. A proof that could not be made is an outcome: the write was made. */
export async function proveImport(
  job: ChangeJob,
  run: ImportRun,
  { request, agreed }: { request: ImportRequest; agreed: ImportPlan },
  { config, wroteAt }: Applied,
): Promise<Proved<ImportOutcome>> {
  const { ports, management } = job;
  const list = selectList(config, run.draft.list);
  if (!list.ok) return stays(failed(list.failure));
  const plan = planImport(list.value, joining(request, agreed));
  if (!plan.ok) return stays(failed(withoutCandidates(plan.failure)));
  const { index, keyIndex, after } = plan.value;
  let last = config;
  const proof: KeyProof = {
    config,
    place: { ...list.value, index, keyIndex },
    ...provedBy(plan.value, after),
    key: run.key,
    importId: wroteAt === null ? '' : run.importId,
    tryChat: run.draft.tryChat,
    signal: run.signal,
    progress: (served) => run.show('asking', served),
    async stays(when) {
      const lost = await lostSince(job, when === 'now' ? 0 : wroteAt);
      if (!lost.ok) return lost;
      last = lost.value ?? last;
      return ok(lost.value === undefined);
    },
  };
  await run.show('asking');
  const proved = await proveKey(ports, management, proof);
  if (!proved.ok && proved.failure.code === 'not-saved') return { kind: 'lost', config: last };
  if (!proved.ok && proved.failure.code === 'collapsed') {
    await job.setPhase('needs-look');
    return stays(failed(proved.failure));
  }
  // Whatever kept the proxy from being asked, the write was made: the card says so, and the user can ask again.
  const card = proved.ok ? proved.value : await unprovedCard(ports, management, proof, proved.failure);
  if (wroteAt !== null) {
    const { served, total } = recordedProof([toldCard(card, run.key, ports.clock.now())]);
    await restAfterWrite(ports, Boolean(served));
    const tookMs = ports.clock.now() - run.started;
    await updateRecord(ports, run.importId, { phase: 'done', served, total, tookMs });
  }
  return stays({ kind: 'proved', card });
}
