import { Square, SquareCheck, SquareMinus } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from '../use-translation';
import { groupBy } from '../../core/group-by';
import { modelFamily, modelKind } from '../../core/aliases/model-kind';
import type { Choice } from './use-model-choice';

/** One box for all models found, and a chip for each vendor and for each kind that cannot chat. */
export function ChooseMany({ choice, found }: { choice: Choice; found: readonly string[] }): ReactNode {
  const { t } = useTranslation();
  const { chosen, names } = choice;
  const on = found.filter((name) => chosen.has(name)).length;
  const all = found.length > 0 && on === found.length;
  return (
    <div className="border-b border-line pb-2">
      <div className="flex min-h-7 items-center gap-2">
        <label className="flex flex-1 cursor-pointer items-center gap-2">
          <input
            ref={(box) => {
              if (box) box.indeterminate = on > 0 && !all;
            }}
            type="checkbox"
            checked={all}
            onChange={() => chooseAlso(choice, found, !all)}
          />
          {found.length < names.length ? t('dialog.allFound', { count: found.length }) : t('dialog.all')}
        </label>
        <span className="text-xs tabular-nums text-ink-2">
          {t('dialog.selectedOf', { chosen: chosen.size, count: names.length })}
        </span>
      </div>
      <Groups choice={choice} />
    </div>
  );
}

/** A single group would say no more than the box of all. */
function Groups({ choice }: { choice: Choice }): ReactNode {
  const { t } = useTranslation();
  const { names, chosen } = choice;
  const groups = useMemo(() => groupsOf(t, names), [t, names]);
  if (groups.length < 2) return null;
  return (
    <div
      className="flex max-h-28 flex-wrap gap-1 overflow-y-auto pt-1"
      role="group"
      aria-label={t('dialog.families')}
    >
      {groups.map(([group, members]) => {
        const on = members.filter((name) => chosen.has(name)).length;
        const all = on === members.length;
        // A box tells them from chips that filter.
        const Box = all ? SquareCheck : on > 0 ? SquareMinus : Square;
        return (
          <button
            key={group}
            type="button"
            className="chip"
            aria-pressed={all}
            onClick={() => chooseAlso(choice, members, !all)}
          >
            <Box size={14} aria-hidden />
            {group} <span className="tabular-nums">{members.length}</span>
          </button>
        );
      })}
    </div>
  );
}

/** Vendors of chat models, the largest first, then the others, then what cannot chat, by kind. */
function groupsOf(t: TFunction, names: readonly string[]): [string, string[]][] {
  const kinds = groupBy(names, modelKind);
  const chat = kinds.get('chat') ?? [];
  kinds.delete('chat');
  const families = groupBy(chat, (name) => modelFamily(name) ?? '');
  const others = families.get('') ?? [];
  families.delete('');
  const bySize = [...families].sort((a, b) => b[1].length - a[1].length);
  return [
    ...bySize,
    ...(others.length > 0
      ? [[t(bySize.length > 0 ? 'dialog.others' : 'dialog.kind.chat'), others] as [string, string[]]]
      : []),
    ...[...kinds].map(([kind, members]) => [t(`dialog.kind.${kind}`), members] as [string, string[]]),
  ];
}

function chooseAlso(choice: Choice, names: readonly string[], on: boolean): void {
  const next = new Set(choice.chosen);
  for (const name of names) {
    if (on) next.add(name);
    else next.delete(name);
  }
  choice.choose(next);
}
