import type { ComponentProps, ReactNode } from 'react';
import { nameOfConnection } from '../../core/view/connections';
import { Crossing } from '../parts/crossing';
import { useTranslation } from '../use-translation';
import { useView } from '../use-view';

/** The crossing to CLIProxyAPI, as it is called; `host`: that of a plan, in case the connection is gone meanwhile. */
export function ToCliproxyapi({
  host,
  ...crossing
}: Omit<ComponentProps<typeof Crossing>, 'to'> & { host?: string }): ReactNode {
  const { t } = useTranslation();
  const { connection } = useView();
  const at = connection ? nameOfConnection(connection) : host;
  return <Crossing {...crossing} to={at === undefined ? '' : t('sheet.target', { host: at })} />;
}
