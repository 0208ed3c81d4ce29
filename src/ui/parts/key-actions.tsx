import { Check, Copy, Trash2, Undo2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeyView } from '../../core/view';
import { usePage } from '../page-context';
import { useStartImport } from '../start-import';
import { Button, IconButton } from './button';
import { FerryIcon } from './icons';

/** The icon row: a table of targets, so that a further target is a further row. */
const TARGETS = [CopyTarget, CliproxyapiTarget] as const;

export function KeyActions({
  keyView,
  ferry,
  onRemove,
}: {
  keyView: KeyView;
  ferry: 'filled' | 'tonal' | 'todo';
  onRemove?: (() => void) | undefined;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="flex flex-none items-center gap-0.5">
      <UndoButton keyView={keyView} />
      {onRemove && keyView.accountId === null && (
        <IconButton label={t('card.remove')} onClick={onRemove}>
          <Trash2 size={16} aria-hidden />
        </IconButton>
      )}
      {TARGETS.map((Target, index) => (
        <Target key={index} keyView={keyView} ferry={ferry} />
      ))}
    </div>
  );
}

/** Takes the last import back, as long as it is remembered. */
function UndoButton({ keyView: { card, name } }: { keyView: KeyView }): ReactNode {
  const { t } = useTranslation();
  const { imports } = usePage();
  if (card?.kind !== 'proved' || !card.importId) return null;
  return (
    <Button small className="mr-1" onClick={() => void imports.undo(card.importId, name)}>
      <Undo2 size={14} aria-hidden />
      {t('card.undo')}
    </Button>
  );
}

interface TargetProps {
  keyView: KeyView;
  ferry: 'filled' | 'tonal' | 'todo';
}

function CopyTarget({ keyView }: TargetProps): ReactNode {
  const { t } = useTranslation();
  const { ask, page, toast } = usePage();
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    const text = await ask('key.text', { keyId: keyView.id });
    if (!text.ok) return toast.failure(keyView.name, text.failure);
    await page.copyText(text.value);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <IconButton label={copied ? t('common.copied') : t('card.copy')} hotkey="C" onClick={() => void copy()}>
      {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
    </IconButton>
  );
}

function CliproxyapiTarget({ keyView, ferry }: TargetProps): ReactNode {
  const { t } = useTranslation();
  const start = useStartImport();
  const look = ferry === 'filled' ? '' : ferry;
  return (
    <IconButton
      label={t('card.import')}
      hotkey="I"
      className={`ferry ${look}`}
      onClick={() => void start(keyView.id)}
    >
      <FerryIcon />
    </IconButton>
  );
}
