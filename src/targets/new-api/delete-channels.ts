import type { Result } from '../../core/result';
import type { Http } from '../../ports/http';
import type { Site } from '../../relays/ask';
import { askData } from '../../relays/site/envelope';

/** Success also for a channel that is gone (seen on running servers). */
export const deleteChannel = (http: Http, site: Site, id: number): Promise<Result<unknown>> =>
  askData(http, site, { method: 'DELETE', path: `/api/channel/${id}` });

/** Many at once, where there is a call for it. Which of them are gone, only the list says. */
export const deleteMany = (http: Http, site: Site, ids: readonly number[]): Promise<Result<unknown>> =>
  askData(http, site, { method: 'POST', path: '/api/channel/batch', body: { ids } });
