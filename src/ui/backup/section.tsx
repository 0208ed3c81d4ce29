import { Download } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { Failure } from '../../core/failures/failure';
import type { Result } from '../../core/failures/result';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { FileButton } from '../parts/inputs';
import { FailureNote } from '../parts/failure-text';
import { PassphraseForm } from './passphrase-form';
import { BackupContents } from './contents';
import { useBackupFile } from './use-backup-file';

/** What KeyFerry keeps, to a file and back. */
export function BackupSection(): ReactNode {
  const { t } = useTranslation();
  const [sealing, setSealing] = useState(false);
  const save = useSave();
  const file = useBackupFile();
  const { opened } = file;
  return (
    <section className="panel mt-4 max-w-xl p-5" aria-labelledby="backup">
      <h2 id="backup" className="mb-1 text-md">
        {t('backup.title')}
      </h2>
      <p className="text-ink-2">{t('backup.lead')}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button onClick={() => void save.now()}>
          <Download size={14} aria-hidden />
          {t('backup.exportOpen')}
        </Button>
        <Button aria-expanded={sealing} onClick={() => setSealing(true)}>
          <Download size={14} aria-hidden />
          {t('backup.exportSealed')}
        </Button>
        <FileButton label={t('backup.file')} onFile={(chosen) => void file.read(chosen)}>
          {t('backup.import')}
        </FileButton>
      </div>
      <p className="mt-2 text-xs text-ink-3">{t('backup.importHelp')}</p>
      {save.failure && <FailureNote className="mt-3" failure={save.failure} />}
      {sealing && (
        <PassphraseForm
          asks="new"
          action={t('backup.exportSealed')}
          note={t('backup.sealedNote')}
          submit={async ({ passphrase }) => {
            const saved = await save.now(passphrase);
            if (saved.ok) setSealing(false);
            return saved;
          }}
          onCancel={() => setSealing(false)}
        />
      )}
      {opened?.kind === 'failed' && <FailureNote className="mt-3" failure={opened.failure} />}
      {opened?.kind === 'sealed' && (
        <div key={opened.name} className="mt-4 max-w-sm border-t border-line pt-4">
          <p className="[overflow-wrap:anywhere]">{t('backup.sealedFile', { file: opened.name })}</p>
          <PassphraseForm
            asks="sealed"
            action={t('backup.open')}
            submit={({ current }) => opened.open(current)}
            onCancel={file.close}
          />
        </div>
      )}
      {opened?.kind === 'open' && <BackupContents file={opened} onClose={file.close} />}
    </section>
  );
}

/** Has the worker write the file, and saves it. */
function useSave(): { failure: Failure | null; now(passphrase?: string): Promise<Result<unknown>> } {
  const { t } = useTranslation();
  const { ask, page, toast } = usePage();
  const [failure, setFailure] = useState<Failure | null>(null);
  return {
    failure,
    async now(passphrase) {
      const text = await ask('backup.export', passphrase === undefined ? {} : { passphrase });
      setFailure(text.ok || passphrase !== undefined ? null : text.failure);
      if (!text.ok) return text;
      const date = new Date().toISOString().slice(0, 10);
      const file = `keyferry-backup-${date}.json`;
      page.saveFile(file, text.value);
      toast.plain(t('backup.saved', { file }));
      return text;
    },
  };
}
