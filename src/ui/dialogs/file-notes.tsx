import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { FileNotice } from '../../core/connection/file-notice';
import { Note } from '../parts/note';
import { useTranslation } from '../use-translation';

export const sayFileNotice = (t: TFunction, notice: FileNotice): string =>
  t(`planNotice.file.${notice.kind}`, notice);

/** What to know of config.yaml before a write. */
export function FileNotes({ notices }: { notices: readonly FileNotice[] | undefined }): ReactNode {
  const { t } = useTranslation();
  return notices?.map((notice) => (
    <Note key={notice.kind} tone="warn">
      {sayFileNotice(t, notice)}
    </Note>
  ));
}
