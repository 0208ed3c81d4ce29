import { Check, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { placeTargets, splitRow, type Target } from '../../core/handoff/targets';
import type { KeyView } from '../../core/view/view';
import { usePage } from '../page-context';
import { useStartImport } from '../import/start-import';
import { targetAction } from '../handoff/target-name';
import { copyKey, useSend } from '../handoff/use-send';
import { useForAMoment } from '../use-for-a-moment';
import { useViewPart } from '../use-view';
import { IconButton } from '../parts/button';
import { TargetIcon } from '../handoff/target-icon';
import { HOTKEYS, hotkeyOf } from '../hotkeys';
import { MoreButton } from './more-button';
import { SendButton } from '../handoff/send-button';
import type { KeyState } from './state';

/** The row of a key: Undo, the targets the user gave an icon, the others in a menu, the import in words, and More. */
export function KeyActions({
  keyView,
  ferry,
  onRemove,
}: {
  keyView: KeyView;
  ferry: KeyState['ferry'];
  onRemove?: (() => void) | undefined;
}): ReactNode {
  const { icons } = useViewPart('settings');
  const { row, more } = splitRow(placeTargets(icons));
  return (
    // While its key is worked on the row is hidden, and not gone: a dialog that was opened from it says how it ended.
    <div className="flex flex-none items-center gap-0.5" hidden={keyView.running !== null}>
      <UndoButton keyView={keyView} />
      {row.map((target) =>
        target.kind === 'copy' ? (
          <CopyTarget key={target.id} keyView={keyView} target={target} />
        ) : (
          <SendTarget key={target.id} keyView={keyView} target={target} />
        ),
      )}
      {more.length > 0 && <SendButton keyView={keyView} targets={more} />}
      <FerryButton keyId={keyView.id} ferry={ferry} />
      <MoreButton keyView={keyView} onRemove={keyView.accountId === null ? onRemove : undefined} />
    </div>
  );
}

/** Takes the last import back, as long as it is remembered. */
function UndoButton({ keyView: { id, card, name } }: { keyView: KeyView }): ReactNode {
  const { t } = useTranslation();
  const { imports } = usePage();
  if (card?.kind !== 'proved' || !card.importId) return null;
  return (
    <IconButton
      label={t('card.undo')}
      hotkey={HOTKEYS.undo}
      onClick={() => void imports.undo(card.importId, name, undefined, id)}
    >
      <Undo2 size={16} aria-hidden />
    </IconButton>
  );
}

interface TargetProps {
  keyView: KeyView;
  target: Target;
}

function CopyTarget({ keyView, target }: TargetProps): ReactNode {
  const { t } = useTranslation();
  const context = usePage();
  const [copied, show] = useForAMoment<Awaited<ReturnType<typeof copyKey>>>();
  const copy = async (): Promise<void> => show(await copyKey(context, keyView));
  return (
    <IconButton
      label={t(copied ?? 'card.copy')}
      hotkey={HOTKEYS.copy}
      data-target={target.id}
      onClick={() => void copy()}
    >
      {copied ? <Check size={16} aria-hidden /> : <TargetIcon target={target} />}
    </IconButton>
  );
}

function SendTarget({ keyView, target }: TargetProps): ReactNode {
  const { t } = useTranslation();
  const send = useSend();
  const hotkey = hotkeyOf(target.id);
  return (
    <IconButton
      label={targetAction(t, target)}
      {...(hotkey && { hotkey })}
      data-target={target.id}
      onClick={() => void send(keyView, target.id)}
    >
      <TargetIcon target={target} />
    </IconButton>
  );
}

function FerryButton({ keyId, ferry }: { keyId: string; ferry: KeyState['ferry'] }): ReactNode {
  const { t } = useTranslation();
  const start = useStartImport();
  const look = ferry === 'filled' ? '' : ferry;
  const name = { filled: 'import', tonal: 'again', todo: 'retry' } as const;
  return (
    <IconButton
      label={t(`card.${name[ferry]}`)}
      hotkey={HOTKEYS.import}
      className={`ferry ${look}`}
      onClick={() => void start(keyId)}
    >
      {t(`card.word.${name[ferry]}`)}
    </IconButton>
  );
}
