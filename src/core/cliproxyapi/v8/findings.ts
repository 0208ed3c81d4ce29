import { safeText } from '../../mask';
import type { FileFindings } from './file-notices';
import { GROUP_FAMILIES, type GroupsRead } from './groups';
import { unknownFields } from './unknown-fields';

export const findingsIn = ({ families, notText }: GroupsRead): FileFindings => ({
  notText,
  unknown: GROUP_FAMILIES.flatMap((family) =>
    (families[family] ?? []).flatMap((one, group) =>
      // A name may be anything that somebody typed there.
      unknownFields(family, one).map((field) => ({ family, group, field: safeText(field) })),
    ),
  ),
});
