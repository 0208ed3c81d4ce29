import { refOf } from '../cliproxyapi/find-provider';
import type { ProviderList } from '../cliproxyapi/provider-list';
import { planImport, type ImportPlan, type ImportRequest } from './plan';

/** The same request, about the very provider that its plan made or joined. */
export const joining = (
  request: ImportRequest,
  { after, index }: Pick<ImportPlan, 'after' | 'index'>,
): ImportRequest => ({ ...request, target: { kind: 'join', ref: refOf(after, index) } });

/** Whether a list that was read back holds a plan: planning again finds nothing left to do. */
export function holdsPlan(list: ProviderList, request: ImportRequest, plan: ImportPlan): boolean {
  const again = planImport(list, joining(request, plan));
  return again.ok && again.value.kind === 'unchanged';
}
