import { Suspense, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { Settings } from '../../core/view/settings';
import { lazyNamed } from '../lazy-named';
import { usePage } from '../page-context';
import { useView } from '../use-view';
import { IconRowSection } from '../handoff/icon-row-section';
import { PageHead } from '../parts/page-head';

const LockSection = lazyNamed(() => import('../backup/lock-section'), 'LockSection');
const BackupSection = lazyNamed(() => import('../backup/section'), 'BackupSection');

export function GeneralPage(): ReactNode {
  const { t } = useTranslation();
  const { view } = usePage();
  const { settings } = useView();
  const save = (change: Partial<Settings>): void => void view.changeSettings(change);
  return (
    <>
      <PageHead title={t('nav.general')} lead={t('general.lead')} />
      <div className="panel flex max-w-xl flex-col gap-5 p-5">
        <Choices
          legend={t('general.language')}
          value={settings.language}
          options={[
            ['system', t('general.system')],
            ['en', 'English'],
            ['zh-CN', '简体中文'],
          ]}
          onChange={(language) => save({ language })}
        />
        <Choices
          legend={t('general.theme')}
          value={settings.theme}
          options={[
            ['system', t('general.system')],
            ['light', t('general.light')],
            ['dark', t('general.dark')],
          ]}
          onChange={(theme) => save({ theme })}
        />
        <fieldset>
          <legend className="mb-1 font-medium">{t('general.imports')}</legend>
          <label className="flex min-h-7 cursor-pointer items-center gap-2">
            <input
              type="checkbox"
              checked={settings.skipWhenOnlyAdds}
              onChange={(event) => save({ skipWhenOnlyAdds: event.target.checked })}
            />
            {t('general.skip')}
          </label>
        </fieldset>
      </div>
      <IconRowSection />
      <Suspense>
        <LockSection />
        <BackupSection />
      </Suspense>
    </>
  );
}

function Choices<V extends string>({
  legend,
  value,
  options,
  onChange,
}: {
  legend: string;
  value: V;
  options: readonly (readonly [V, string])[];
  onChange(value: V): void;
}): ReactNode {
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{legend}</legend>
      <div className="flex flex-wrap gap-x-5">
        {options.map(([option, name]) => (
          <label key={option} className="flex min-h-7 cursor-pointer items-center gap-2">
            <input type="radio" name={legend} checked={value === option} onChange={() => onChange(option)} />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
