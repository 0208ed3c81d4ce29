import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { HOTKEYS } from '../hotkeys';
import { usePage } from '../page-context';
import { PageHead } from '../parts/page-head';

const PROMISES = ['promise1', 'promise2', 'promise3', 'promise4', 'promise5'] as const;
const KEYS = [
  ['/', 'kSearch'],
  ['↑ ↓', 'kMove'],
  ['Space', 'kSelect'],
  ['Shift+↑ ↓', 'kExtend'],
  ['Ctrl+A', 'kAll'],
  [HOTKEYS.import, 'kImport'],
  [`Shift+${HOTKEYS.import}`, 'kDialog'],
  [HOTKEYS.copy, 'kCopy'],
  [HOTKEYS['cherry-studio'], 'kCherry'],
  [HOTKEYS['cc-switch'], 'kCcSwitch'],
  [HOTKEYS['new-api'], 'kNewApi'],
  [HOTKEYS.undo, 'kUndo'],
  ['Enter', 'kEnter'],
  ['Esc', 'kEsc'],
] as const;

export function AboutPage(): ReactNode {
  const { t } = useTranslation();
  const { page } = usePage();
  return (
    <>
      <PageHead title={t('nav.about')} lead={t('about.lead')} />
      <div className="grid max-w-3xl gap-4 md:grid-cols-2">
        <section className="panel p-5">
          <h2 className="mb-2 text-md">{t('about.promises')}</h2>
          <ul className="flex flex-col gap-2">
            {PROMISES.map((promise) => (
              <li key={promise} className="flex gap-2">
                <Check size={16} className="mt-0.5 flex-none text-ok" aria-hidden />
                {t(`about.${promise}`)}
              </li>
            ))}
          </ul>
          <p className="mt-4 text-xs text-ink-3">{t('about.version', { version: page.version })}</p>
        </section>
        <section className="panel p-5">
          <h2 className="mb-2 text-md">{t('about.keyboard')}</h2>
          <dl className="grid grid-cols-[80px_minmax(0,1fr)] gap-y-1.5">
            {KEYS.map(([key, text]) => (
              <div key={key} className="contents">
                <dt>
                  <span className="kbd text-ink-2">{key}</span>
                </dt>
                <dd>{t(`about.${text}`)}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </>
  );
}
