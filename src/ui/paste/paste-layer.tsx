import { useRef, useState, type FormEvent, type ReactNode, type RefObject } from 'react';
import { useTranslation } from '../use-translation';
import { hostOf } from '../../core/base-url';
import { baseUrlOf } from '../../core/paste/address';
import { usePage } from '../page-context';
import { FormFoot } from '../dialogs/form-foot';
import { UrlField } from '../dialogs/url-field';
import { FailureNote } from '../parts/failure-text';
import { TextLines } from '../parts/inputs';
import { PastedRow } from './pasted-row';
import { DialogShell } from '../dialogs/dialog-shell';
import { useRequest } from '../use-request';
import { usePasted, type Pasted } from './use-pasted';
import { VirtualList } from '../dialogs/virtual-list';

/** Reads keys from any pasted text, shows each as it was understood, and keeps them on submit. */
export function PasteLayer({ onClose }: { onClose(): void }): ReactNode {
  const { t } = useTranslation();
  const area = useRef<HTMLTextAreaElement>(null);
  return (
    <DialogShell size="medium" title={t('paste.title')} onClose={onClose} initialFocus={area}>
      <PasteForm area={area} onDone={onClose} />
    </DialogShell>
  );
}

function PasteForm({
  area,
  onDone,
}: {
  area: RefObject<HTMLTextAreaElement | null>;
  onDone(): void;
}): ReactNode {
  const { t } = useTranslation();
  const { ask, toast } = usePage();
  const [text, setText] = useState('');
  const [address, setAddress] = useState('');
  const { run, busy, failure: refused } = useRequest();
  const pasted = usePasted(text, address);
  const failure = refused ?? pasted.failure;
  const count = pasted.fresh.length;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (count === 0 || busy) return;
    const reply = await run(() => ask('keys.add', { keys: pasted.fresh, dry: false }));
    if (!reply.ok) return;
    const added = reply.value.filter(({ kind }) => kind === 'added').length;
    if (added > 0) toast.plain(t('paste.added', { count: added }));
    if (added === count) return onDone();
    // What was just kept is known from now on; the rows say what became of the others.
    const named = pasted.fresh.map(({ relayName, baseUrl }) => relayName || hostOf(baseUrl));
    pasted.tell(
      pasted.fresh,
      reply.value.map((verdict, index) =>
        verdict.kind === 'added' ? { kind: 'known', name: named[index] ?? '' } : verdict,
      ),
    );
  };

  return (
    <form className="flex min-h-0 flex-1 flex-col" onSubmit={(event) => void submit(event)}>
      <div className="flex flex-none flex-col gap-3 px-4 pb-3 pt-1">
        <PasteArea area={area} value={text} onChange={setText} />
        {pasted.homeless > 0 && (
          <CommonAddress value={address} onChange={setAddress} count={pasted.homeless} />
        )}
        {failure && <FailureNote failure={failure} />}
      </div>
      {text.trim() && <Understood pasted={pasted} />}
      <p className="flex-none px-4 pt-2 text-xs text-ink-2">{t('paste.kept')}</p>
      <FormFoot
        className="flex-none border-line px-4 pb-3 pt-2"
        submit={t('paste.submit', { count })}
        busy={busy}
        disabled={count === 0}
      />
    </form>
  );
}

function PasteArea({
  area,
  value,
  onChange,
}: {
  area: RefObject<HTMLTextAreaElement | null>;
  value: string;
  onChange(value: string): void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <TextLines
      ref={area}
      label={t('paste.label')}
      help={value ? undefined : t('paste.help')}
      // With a text in it, the box is as tall as that, and the room below belongs to what was understood.
      rows={6}
      className={`mono resize-none ${value ? 'field-sizing-content max-h-[120px] min-h-[60px]' : ''}`}
      autoComplete="off"
      placeholder={'https://relay.example\nsk-…'}
      value={value}
      onChange={onChange}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.currentTarget.form?.requestSubmit();
      }}
    />
  );
}

function CommonAddress({
  value,
  onChange,
  count,
}: {
  value: string;
  onChange(value: string): void;
  count: number;
}): ReactNode {
  const { t } = useTranslation();
  const url = baseUrlOf(value.trim());
  const typed = value.trim();
  return (
    <UrlField
      label={t('paste.address')}
      placeholder="https://relay.example"
      help={url ? t('addKey.willBe', { url }) : t('paste.addressHelp', { count })}
      wrong={typed && !url ? t('failure.bad-url.what', { text: typed.slice(0, 80) }) : undefined}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

function Understood({ pasted }: { pasted: Pasted }): ReactNode {
  const { t } = useTranslation();
  const { rows, fresh, checking } = pasted;
  const keys = rows.filter(({ item }) => item.kind === 'key' || item.kind === 'no-address').length;
  return (
    <>
      <p className="flex-none border-y border-line bg-sunken px-4 py-1.5 text-xs text-ink-2" role="status">
        {rows.length === 0
          ? t('paste.nothing')
          : checking
            ? t('paste.checkingAll')
            : t('paste.summary', { keys: t('common.keys', { count: keys }), fresh: fresh.length })}
      </p>
      <VirtualList items={rows} rowKey={(row) => row.id} height={52} label={t('paste.understood')} tabStop>
        {(row) => <PastedRow row={row} onToggle={() => pasted.toggle(row)} />}
      </VirtualList>
    </>
  );
}
