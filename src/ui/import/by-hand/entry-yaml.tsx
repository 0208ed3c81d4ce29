import { useEffect, useState, type ReactNode } from 'react';
import type { ImportDraft } from '../../../core/import/draft';
import { usePage } from '../../page-context';
import { Button } from '../../parts/button';
import { FailureNote } from '../../parts/failure-text';
import { SelectField } from '../../parts/field';
import { useRequest } from '../../use-request';
import { useTranslation } from '../../use-translation';

type Layout = 'old' | 'new';

/** What could not be written, as lines of config.yaml for the user's own hand. The key is masked until it is asked for. */
export function EntryYaml({ keyId, draft }: { keyId: string; draft: ImportDraft }): ReactNode {
  const { t } = useTranslation();
  const { ask, page, toast } = usePage();
  const { busy, failure, run } = useRequest();
  const [layout, setLayout] = useState<Layout>('old');
  const [masked, setMasked] = useState(true);
  const [text, setText] = useState('');
  useEffect(() => {
    let isCurrent = true;
    void ask('import.yaml', { keyId, draft, layout, masked }).then(
      (reply) => isCurrent && setText(reply.ok ? reply.value : ''),
    );
    return () => void (isCurrent = false);
  }, [ask, keyId, draft, layout, masked]);
  const copy = async (): Promise<void> => {
    const lines = await run(() => ask('import.yaml', { keyId, draft, layout, masked: false }));
    if (lines.ok)
      toast.plain(t((await page.copySecret(lines.value)) ? 'handoff.copiedForAMinute' : 'common.copied'));
  };
  return (
    <section className="flex flex-col gap-2" aria-label={t('result.yaml.text')}>
      <p>{t('result.yaml.lead')}</p>
      <SelectField<Layout>
        label={t('result.yaml.layout')}
        value={layout}
        onChange={setLayout}
        choices={[
          ['old', t('result.yaml.old')],
          ['new', t('result.yaml.new')],
        ]}
      />
      <pre className="mono max-h-64 overflow-auto rounded-sm border border-line bg-sunken p-2.5 break-all whitespace-pre-wrap">
        {text}
      </pre>
      {failure && <FailureNote failure={failure} />}
      <div className="flex flex-wrap items-center gap-2">
        <Button small busy={busy} onClick={() => void copy()}>
          {t('handoff.copy')}
        </Button>
        <Button small look="quiet" aria-pressed={!masked} onClick={() => setMasked(!masked)}>
          {t(masked ? 'handoff.showKey' : 'handoff.hideKey')}
        </Button>
      </div>
      <p className="text-xs text-ink-3">{t('result.yaml.help')}</p>
    </section>
  );
}
