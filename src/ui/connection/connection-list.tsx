import { ArrowDown, ArrowUp, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { usePage } from '../page-context';
import { Button, IconButton } from '../parts/button';
import { Status } from '../parts/status';
import { useTranslation } from '../use-translation';
import { useView } from '../use-view';
import { ConnectionSign } from './sign';
import { allConnections, nameOfConnection } from '../../core/view/connections';
import { sayConnection } from './state-words';

/** All connections in the user's order: which one the page is about, which one imports go to first, and how each stands. */
export function ConnectionList({ now, onAdd }: { now: number; onAdd(): void }): ReactNode {
  const { t, i18n } = useTranslation();
  const { order, lookAt } = usePage();
  const view = useView();
  const all = allConnections(view);
  const move = (from: number, by: -1 | 1): void => {
    const ids = all.map(({ id }) => id);
    const [id] = ids.splice(from, 1);
    if (id) ids.splice(from + by, 0, id);
    void order('connection.arrange', { ids });
  };
  return (
    <section className="panel mb-4" aria-label={t('connections.title')}>
      <ul>
        {all.map((connection, at) => {
          const { tone, short } = sayConnection(t, i18n.language, connection, now);
          const [name, isLooked] = [nameOfConnection(connection), connection.id === view.connection?.id];
          return (
            <li
              key={connection.id}
              className={`flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2 ${isLooked ? 'bg-accent-soft' : ''}`}
            >
              <ConnectionSign connection={connection} />
              <span className="min-w-0 flex-1 basis-40">
                <span className="flex items-baseline gap-2">
                  <b className="cut">{name}</b>
                  {at === 0 && (
                    <span className="flex-none text-xs text-ink-3" data-tip={t('connections.firstHelp')}>
                      {t('connections.first')}
                    </span>
                  )}
                </span>
                <span className="mono cut block text-xs text-ink-3">{connection.host}</span>
              </span>
              <Status tone={tone}>{short}</Status>
              <span className="flex flex-none items-center gap-0.5">
                <IconButton
                  label={t('connections.up', { name })}
                  disabled={at === 0}
                  onClick={() => move(at, -1)}
                >
                  <ArrowUp size={16} aria-hidden />
                </IconButton>
                <IconButton
                  label={t('connections.down', { name })}
                  disabled={at === all.length - 1}
                  onClick={() => move(at, 1)}
                >
                  <ArrowDown size={16} aria-hidden />
                </IconButton>
                <Button
                  small
                  aria-pressed={isLooked}
                  aria-label={t('connections.showOf', { name })}
                  onClick={() => void lookAt(connection.id)}
                >
                  {t(isLooked ? 'connections.shown' : 'connections.show')}
                </Button>
              </span>
            </li>
          );
        })}
      </ul>
      <div className="flex flex-wrap items-center gap-3 px-4 py-2">
        <p className="min-w-0 flex-1 basis-56 text-xs text-ink-3">{t('connections.help')}</p>
        <Button small onClick={onAdd}>
          <Plus size={14} aria-hidden />
          {t('connections.add')}
        </Button>
      </div>
    </section>
  );
}
