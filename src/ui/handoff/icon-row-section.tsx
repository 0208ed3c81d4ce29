import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { placeTargets, ROW_MOST, splitRow, type PlacedTarget } from '../../core/handoff/targets';
import { usePage } from '../page-context';
import { IconButton } from '../parts/button';
import { TargetIcon } from './target-icon';
import { targetName } from './target-name';
import { useView } from '../use-view';

/** Which targets stand on a key's card, and in which order. */
export function IconRowSection(): ReactNode {
  const { t } = useTranslation();
  const { view } = usePage();
  const placed = placeTargets(useView().settings.icons);
  const { row } = splitRow(placed);
  const save = (next: readonly PlacedTarget[]): void =>
    void view.changeSettings({ icons: next.map(({ target, shown }) => ({ id: target.id, shown })) });
  const move = (at: number, by: 1 | -1): void => {
    const next = [...placed];
    next.splice(at + by, 0, ...next.splice(at, 1));
    save(next);
  };
  const show = (at: number, shown: boolean): void =>
    save(placed.map((one, index) => (index === at ? { ...one, shown } : one)));
  return (
    <section className="panel mt-4 max-w-xl p-5" aria-labelledby="icon-row">
      <h2 id="icon-row" className="text-md">
        {t('iconRow.title')}
      </h2>
      <p className="mb-2 text-ink-2">{t('iconRow.lead', { count: ROW_MOST })}</p>
      <ul>
        {placed.map(({ target, shown }, at) => {
          const name = targetName(t, target);
          return (
            <li key={target.id} className="flex min-h-8 items-center gap-2">
              <label className="flex min-w-0 flex-1 cursor-pointer items-center gap-2.5">
                <input
                  type="checkbox"
                  checked={shown}
                  aria-label={t('iconRow.show', { name })}
                  onChange={(event) => show(at, event.target.checked)}
                />
                <span className="flex-none text-ink-2">
                  <TargetIcon named target={target} />
                </span>
                <span className="cut">{name}</span>
              </label>
              {shown && !row.includes(target) && (
                <span className="text-xs text-ink-3">{t('iconRow.noRoom')}</span>
              )}
              <IconButton
                className="disabled:opacity-45"
                label={t('iconRow.up', { name })}
                disabled={at === 0}
                onClick={() => move(at, -1)}
              >
                <ArrowUp size={16} aria-hidden />
              </IconButton>
              <IconButton
                className="disabled:opacity-45"
                label={t('iconRow.down', { name })}
                disabled={at === placed.length - 1}
                onClick={() => move(at, 1)}
              >
                <ArrowDown size={16} aria-hidden />
              </IconButton>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
