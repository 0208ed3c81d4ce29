import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { SITE_LINKS } from '../../core/handoff/links';
import { targetOf, type TargetOf } from '../../core/handoff/targets';
import { webSite } from '../../core/handoff/web-site';
import type { KeyView } from '../../core/view/view';
import { usePage } from '../page-context';
import { Field } from '../parts/field';
import { Note } from '../parts/note';
import { useView } from '../use-view';
import { HandOverForm } from './hand-over-form';
import { useHandOver } from './use-hand-over';

/** A web program is the user's own choice of a site, and the key stands in its address: both are on screen first. */
export function SiteForm({ keyView, id }: { keyView: KeyView; id: TargetOf<'site'> }): ReactNode {
  const { t } = useTranslation();
  const { page, handoff, view } = usePage();
  const { settings } = useView();
  const [typed, setTyped] = useState(settings.sites[id] ?? '');
  const [left, setLeft] = useState(false);
  const over = useHandOver(keyView);
  const { name } = targetOf(id);
  const site = webSite(typed);
  const submit = async (): Promise<void> => {
    setLeft(true);
    if (!site) return;
    await over.hand(async (given) => {
      await view.changeSettings({ sites: { ...settings.sites, [id]: site } });
      handoff.close();
      await page.openLink(SITE_LINKS[id](given, site));
    });
  };
  return (
    <HandOverForm over={over} submit={t('handoff.open', { name })} onSubmit={() => void submit()}>
      <Field
        label={t('handoff.site', { name })}
        help={t('handoff.siteHelp')}
        wrong={left && !site ? t('handoff.siteWrong') : undefined}
        mono
        inputMode="url"
        spellCheck={false}
        data-first
        placeholder="https://chat.example"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => setLeft(typed !== '')}
      />
      <Note tone="warn">{t(`handoff.siteNote.${id}`)}</Note>
    </HandOverForm>
  );
}
