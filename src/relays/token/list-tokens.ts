import type { Result } from '../../core/failures/result';
import type { Http } from '../../ports/http';
import type { Site } from '../ask';
import type { Page } from '../collect-pages';
import { askShape } from '../site/envelope';
import { collectCounted, FIRST_PAGE, pageSchemaOf, type PageNumbers } from '../site/counted-pages';
import { tokenSchema, type Token } from './token';

/** The query parameter that numbers pages; servers ignore the one that they do not know. */
export type PageParam = keyof PageNumbers;

/** One Hub refuses larger pages, New API cuts them to this, One API gives 10 whatever is asked. */
const PAGE_SIZE = 100;

const pageSchema = pageSchemaOf(tokenSchema);

/** Lists all keys, newest first, including those of other users if the server shows them. */
export const listTokens = (
  http: Http,
  site: Site,
  params: readonly PageParam[],
): Promise<Result<{ items: Token[]; more: boolean }>> =>
  collectCounted(site, (numbers) => readTokens(http, site, params, numbers));

/** The newest keys. */
export const firstTokens = (
  http: Http,
  site: Site,
  params: readonly PageParam[],
): Promise<Result<Page<Token>>> => readTokens(http, site, params, FIRST_PAGE);

function readTokens(
  http: Http,
  site: Site,
  params: readonly PageParam[],
  numbers: PageNumbers,
): Promise<Result<Page<Token>>> {
  const query = [...params.map((name) => `${name}=${numbers[name]}`), `size=${PAGE_SIZE}`].join('&');
  return askShape(http, site, { path: `/api/token/?${query}` }, pageSchema);
}
