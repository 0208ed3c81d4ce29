import type { FileNotice, ShownPlace } from '../../connection/file-notice';
import { mayConvert, type Layout } from '../../connection/layout';
import type { ListName } from '../lists/list-traits';
import { familyOf } from './family';
import type { GroupPlace, GroupsRead } from './groups';

/** What a look at the groups found that a plan tells. */
export interface FileFindings extends Pick<GroupsRead, 'notText'> {
  /** Fields that CLIProxyAPI 8.0 does not know. */
  unknown: GroupPlace[];
  /** There is more than is loaded. */
  ahead?: boolean;
}

export const shownPlace = ({ family, group, field }: GroupPlace): ShownPlace => ({
  family,
  place: `${group + 1}: ${field}`,
});

/** What there is to know before these lists are written. */
export const fileNotices = (
  { layout, findings }: { layout?: Layout | null; findings?: FileFindings },
  lists: readonly ListName[],
): FileNotice[] => (lists.length === 0 ? [] : [...conversion(layout), ...groupNotices(findings, lists)]);

/** What there is to know of a conversion of the file, if a write may convert one of this layout. */
export function conversion(layout: Layout | null | undefined): FileNotice[] {
  if (!mayConvert(layout)) return [];
  return [{ kind: layout === 'mixed' ? 'converts' : layout === 'hidden' ? 'unseen' : 'may-convert' }];
}

/** What stands in the groups in the way of writing these lists: the first of each kind. */
export function groupNotices(findings: FileFindings | undefined, lists: readonly ListName[]): FileNotice[] {
  const families = new Set<string>(lists.map(familyOf));
  const [odd] = findings?.notText.filter(({ family }) => families.has(family)) ?? [];
  const [unknown] = findings?.unknown ?? [];
  return [
    ...(findings?.ahead ? [{ kind: 'ahead' } as const] : []),
    ...(unknown ? [{ kind: 'unknown-field', ...shownPlace(unknown) } as const] : []),
    ...(odd ? [{ kind: 'not-text', ...shownPlace(odd) } as const] : []),
  ];
}
