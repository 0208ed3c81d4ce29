import type { Result } from '../../core/failures/result';
import type { Http } from '../../ports/http';
import type { Site } from '../../relays/ask';
import { askData } from '../../relays/site/envelope';

/** Deletes a channel. Servers answer success for a channel that is gone, too (fixtures <server>/channels-edit-delete). */
export const deleteChannel = (http: Http, site: Site, id: number): Promise<Result<unknown>> =>
  askData(http, site, { method: 'DELETE', path: `/api/channel/${id}` });

/** Deletes many channels at once, where there is a call for it. Only the list shows which of them are gone. */
export const deleteMany = (http: Http, site: Site, ids: readonly number[]): Promise<Result<unknown>> =>
  askData(http, site, { method: 'POST', path: '/api/channel/batch', body: { ids } });
