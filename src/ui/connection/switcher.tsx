import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ConnectionView } from '../../core/view/view';
import { Menu, MenuItem } from '../dialogs/menu';
import { useMenuButton } from '../dialogs/use-menu-button';
import { usePage } from '../page-context';
import { Status } from '../parts/status';
import { useTranslation } from '../use-translation';
import { ConnectionSign } from './sign';
import { allConnections, nameOfConnection } from '../../core/view/connections';
import { sayConnection } from './state-words';

/** Which of several CLIProxyAPIs the page looks at, and how it stands; a click shows the others. `now`: in milliseconds. */
export function Switcher({
  connection,
  others,
  now,
}: {
  connection: ConnectionView;
  others: ConnectionView[];
  now: number;
}): ReactNode {
  const { t, i18n } = useTranslation();
  const { page, lookAt } = usePage();
  const { open, close, anchor, props } = useMenuButton();
  const { tone, text } = sayConnection(t, i18n.language, connection, now);
  const name = nameOfConnection(connection);
  const label = t('connections.switch', { name, state: text });
  return (
    <>
      <button
        {...props}
        type="button"
        className="relative flex min-h-[26px] max-w-[190px] items-center gap-1.5 rounded-full border border-line bg-surface px-1.5 font-medium hover:bg-hover"
        aria-label={label}
        data-tip={open ? undefined : label}
      >
        <ConnectionSign connection={connection} />
        <span className="cut text-xs">{name}</span>
        <Status tone={tone}>{null}</Status>
        <ChevronDown size={14} className="flex-none text-ink-3" aria-hidden />
      </button>
      {open && (
        <Menu anchor={anchor} label={t('connections.title')} onClose={close}>
          {(choose) => (
            <>
              {allConnections({ connection, others }).map((each) => {
                const state = sayConnection(t, i18n.language, each, now);
                const isChosen = each.id === connection.id;
                return (
                  <MenuItem key={each.id} onChoose={() => choose(() => lookAt(each.id))}>
                    <ConnectionSign connection={each} />
                    <span className="min-w-0 flex-1">
                      <span className="cut block">{nameOfConnection(each)}</span>
                      <Status tone={state.tone}>{state.short}</Status>
                    </span>
                    {isChosen && (
                      <Check
                        size={16}
                        className="flex-none text-accent"
                        aria-label={t('connections.looking')}
                      />
                    )}
                  </MenuItem>
                );
              })}
              <div className="my-1 border-t border-line" />
              <MenuItem onChoose={() => choose(() => page.openOptions('#/cliproxyapi'))}>
                {t('connections.settings')}
              </MenuItem>
            </>
          )}
        </Menu>
      )}
    </>
  );
}
