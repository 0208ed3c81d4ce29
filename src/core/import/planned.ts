import type { FileNotice } from '../connection/file-notice';
import type { Failure } from '../failures/failure';
import type { ProviderRef } from '../cliproxyapi/find-provider';
import type { ImportPlan, PlanNotice } from './plan-types';
import type { Change } from './change';

/** A plan as pages see it: no key text. */
export interface PlanView {
  kind: ImportPlan['kind'];
  providerName: string;
  changes: Change[];
  notices: (PlanNotice | FileNotice)[];
  /** How many of the chosen models the provider will hold. */
  models: number;
  /** What clients will ask for, of the first models: more than a card names as missing (core/cliproxyapi/proved-card). */
  names: { alias: string; asked: string }[];
  onlyAdds: boolean;
  /** Identifies exactly this plan: an import writes only a plan with this hash. */
  hash: string;
}

/** What planning came to: a plan, a choice that only the user can make, or why there is none. */
export type Planned =
  | { kind: 'plan'; plan: PlanView }
  | { kind: 'choose'; candidates: ProviderRef[] }
  | { kind: 'failed'; failure: Failure };
