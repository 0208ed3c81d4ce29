import type { BatchView } from './batch';
import type { PlanNotice } from '../import/plan';

/** How many client names the batch shares with other providers, and with which. */
export function pooledOf(notices: readonly PlanNotice[]): BatchView['pooled'] {
  const members = notices.flatMap((notice) => (notice.kind === 'pool' ? notice.members : []));
  return {
    names: new Set(members.map(({ alias }) => alias.toLowerCase())).size,
    others: [...new Set(members.flatMap((member) => member.others))],
  };
}
