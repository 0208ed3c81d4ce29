import {
  Check,
  CircleCheck,
  CircleQuestionMark,
  CircleX,
  Copy,
  Globe,
  KeyRound,
  LoaderCircle,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { hostOf } from '../../core/base-url';
import { maskKey, safeText } from '../../core/mask';
import type { PastedItem } from '../../core/paste/pasted';
import { MOST_ITEMS } from '../../core/paste/read-paste';
import { sayFailure } from '../say';
import type { PastedRow as Row } from './use-pasted';

/** One line or piece of what was pasted: where it stands, what it is, and what would become of it. */
export function PastedRow({ row, onToggle }: { row: Row; onToggle(): void }): ReactNode {
  const { t, i18n } = useTranslation();
  const { item } = row;
  const { title, detail, address } = contentOf(item);
  const [Icon, color, text] = lookOf(t, i18n.language, row);
  const last = item.kind === 'not-understood' ? item.lastLine : item.line;
  const lines = t(last > item.line ? 'paste.lines' : 'paste.line', { line: item.line, last });
  return (
    <div className="grid min-h-9 grid-cols-[20px_minmax(30%,1fr)_fit-content(60%)] items-start gap-x-2 border-b border-line px-4 py-1.5">
      {row.verdict?.kind === 'added' ? (
        <input
          type="checkbox"
          className="mt-0.5"
          aria-label={t('paste.take', { name: title ?? '', mask: detail ?? '' })}
          checked={!row.left}
          onChange={onToggle}
        />
      ) : (
        <span />
      )}
      {title ? (
        <span className="cut font-medium" title={title}>
          {title}
        </span>
      ) : (
        <span className="mono cut text-ink-3">{detail}</span>
      )}
      <span className={`mt-px inline-flex items-start gap-1.5 text-xs ${color}`}>
        <Icon
          size={14}
          strokeWidth={2}
          className={`mt-px flex-none ${Icon === LoaderCircle ? 'spin' : ''}`}
          aria-hidden
        />
        <span className="min-w-0 [overflow-wrap:anywhere]">{text}</span>
      </span>
      {(title || address) && (
        <span className="col-[2/-1] flex min-w-0 gap-2 text-xs text-ink-3">
          {title && detail && <span className="mono flex-none">{detail}</span>}
          {address && (
            <span className="mono cut" title={address}>
              {address}
            </span>
          )}
          <span className="ml-auto flex-none tabular-nums">{lines}</span>
        </span>
      )}
      {!(title || address) && <span className="col-span-full text-right text-xs text-ink-3">{lines}</span>}
    </div>
  );
}

/** No whole key is shown: the text itself still stands above. */
function contentOf(item: PastedItem): { title?: string; detail?: string; address?: string } {
  switch (item.kind) {
    case 'key':
      return { title: item.name || hostOf(item.baseUrl), detail: maskKey(item.key), address: item.baseUrl };
    case 'no-address':
      return { title: item.name, detail: maskKey(item.key) };
    case 'masked':
      return { title: item.name, detail: item.text.slice(0, 24), address: item.baseUrl ?? '' };
    case 'no-key':
      return { title: hostOf(item.baseUrl), address: item.baseUrl };
    case 'not-understood':
      return { detail: safeText(item.text) };
    case 'cut':
      return { detail: '…' };
  }
}

type Look = [Icon: LucideIcon, color: string, text: string];

function lookOf(t: TFunction, language: string, { item, verdict }: Row): Look {
  switch (item.kind) {
    case 'key':
      if (item.firstAt !== null) return [Copy, 'text-ink-3', t('paste.twice', { line: item.firstAt })];
      if (!verdict) return [LoaderCircle, 'text-ink-3', t('paste.checking')];
      if (verdict.kind === 'added') return [CircleCheck, 'text-accent', t('paste.new')];
      if (verdict.kind === 'known') return [Check, 'text-ink-2', t('paste.known', { name: verdict.name })];
      return [CircleX, 'text-danger', sayFailure(t, verdict.failure, language).what];
    case 'no-address':
      return [Globe, 'text-warn', t('paste.noAddress')];
    case 'masked':
      return [TriangleAlert, 'text-warn', t('paste.masked')];
    case 'no-key':
      return [KeyRound, 'text-ink-3', t('paste.noKey')];
    case 'not-understood':
      return [CircleQuestionMark, 'text-ink-3', t('paste.notUnderstood')];
    case 'cut': {
      const text = item.reason === 'size' ? t('paste.cutSize') : t('paste.cutCount', { count: MOST_ITEMS });
      return [TriangleAlert, 'text-warn', text];
    }
  }
}
