import { Dialog } from '@base-ui/react/dialog';
import { useId, useRef, useState, type FormEvent, type ReactNode, type RefObject } from 'react';
import { useTranslation } from '../use-translation';
import { hostOf } from '../../core/base-url';
import type { Failure } from '../../core/failure';
import { baseUrlOf } from '../../core/paste/address';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Field } from '../parts/field';
import { PastedRow } from './pasted-row';
import { DialogShell } from '../dialogs/dialog-shell';
import { usePasted, type Pasted } from './use-pasted';
import { VirtualList } from '../dialogs/virtual-list';

/** Paste anything: shows what is understood of a text, and keeps its keys when the button is pressed. */
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
  const [refused, setRefused] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const pasted = usePasted(text, address);
  const failure = refused ?? pasted.failure;
  const count = pasted.fresh.length;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (count === 0 || busy) return;
    setBusy(true);
    const reply = await ask('keys.add', { keys: pasted.fresh, dry: false });
    setBusy(false);
    setRefused(reply.ok ? null : reply.failure);
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
      <div className="flex flex-none justify-end gap-2 border-t border-line px-4 py-3">
        <Dialog.Close className="btn">{t('common.cancel')}</Dialog.Close>
        <Button look="primary" type="submit" busy={busy} disabled={count === 0}>
          {t('paste.submit', { count })}
        </Button>
      </div>
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
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium">
        {t('paste.label')}
      </label>
      <span className="field items-stretch py-1">
        <textarea
          ref={area}
          id={id}
          // With a text in it, the room belongs to what was understood of it.
          rows={value ? 4 : 7}
          className="mono resize-none"
          aria-describedby={value ? undefined : `${id}-help`}
          autoComplete="off"
          spellCheck={false}
          placeholder={'https://relay.example\nsk-…'}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            event.currentTarget.form?.requestSubmit();
          }}
        />
      </span>
      {!value && (
        <p id={`${id}-help`} className="mt-1 text-xs text-ink-3">
          {t('paste.help')}
        </p>
      )}
    </div>
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
    <Field
      label={t('paste.address')}
      mono
      inputMode="url"
      spellCheck={false}
      autoComplete="off"
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
        {(row) => <PastedRow row={row} />}
      </VirtualList>
    </>
  );
}
