import type { ReactNode } from 'react';
import { isTriedByBrowserOnly } from '../../core/cliproxyapi/lists/chat-headers';
import type { BatchView } from '../../core/batch/batch';
import { usePage } from '../page-context';
import { CheckBox } from '../parts/inputs';
import { useTranslation } from '../use-translation';
import { useView } from '../use-view';
import type { BatchControl } from './use-batch';

/**
 * Real requests, and how many. Where only the browser may make them it is asked for the hosts with the tick, but not in
 * the popup, which that question would close.
 */
export function BatchTryChat({ view, batch }: { view: BatchView; batch: BatchControl }): ReactNode {
  const { t } = useTranslation();
  const { page } = usePage();
  const { keys } = useView();
  const { options, edit } = batch;
  const tick = (tryChat: boolean): void => {
    edit({ ...options, tryChat });
    const ids = new Set(
      view.providers.flatMap(({ list, keys: own }) =>
        isTriedByBrowserOnly(list) ? own.map(({ keyId }) => keyId) : [],
      ),
    );
    const asked = keys.filter(({ id, granted }) => ids.has(id) && !granted).map(({ pattern }) => pattern);
    if (tryChat && asked.length > 0 && !page.isPopup) void page.requestHosts([...new Set(asked)]);
  };
  return (
    <CheckBox
      help={t('batch.tryChatHelp', { count: 2 * view.keys })}
      checked={options.tryChat}
      onChange={tick}
    >
      {t('batch.tryChat')}
    </CheckBox>
  );
}
