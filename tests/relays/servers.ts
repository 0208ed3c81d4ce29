/** The user whose account was recorded on every server. */
export const PLAIN = { accessToken: 'LabPatPlainFakeKeyFakeKeyFak0002', userId: '2' };

type Query = (params: URLSearchParams, path: string) => URLSearchParams;
const SIZED = /\/api\/token\/$/;
/** New API takes page 0 for page 1 and no `page`; its ancestors no `page`, One API no `size`, One Hub no `p`. */
const newApiQuery: Query = (params, path) => {
  params.delete('page');
  if (SIZED.test(path) && params.get('p') === '0') params.set('p', '1');
  return params;
};
const oldQuery: Query = (params) => (params.delete('page'), params);
const oneApiQuery: Query = (params) => (params.delete('page'), params.delete('size'), params);
const oneHubQuery: Query = (params) => (params.delete('p'), params);

/** What is known of a recorded server. */
export interface Server {
  server: string;
  query: Query;
  systemName: string;
  count: number;
  /** Of the key "limited". */
  limited: number;
  first: string;
  masked?: boolean;
}
export const SERVERS: Record<string, Server> = {
  'new-api': {
    server: 'new-api',
    query: newApiQuery,
    systemName: 'New API',
    count: 13,
    limited: 2,
    first: '',
    masked: true,
  },
  'new-api-old': {
    server: 'new-api-old',
    query: oldQuery,
    systemName: 'New API',
    count: 13,
    limited: 2,
    first: 'sk-Labkey01FakeKeyFakeKeyFakeKeyFakeKeyFakeKeyF0001',
  },
  veloera: {
    server: 'veloera',
    query: oldQuery,
    systemName: 'Veloera',
    count: 13,
    limited: 2,
    first: 'sk-Labkey01FakeKeyFakeKeyFakeKeyFakeKeyFakeKeyF0001',
  },
  'one-api': {
    server: 'one-api',
    query: oneApiQuery,
    systemName: 'One API',
    count: 14,
    limited: 3,
    first: 'sk-Labkey04FakeKeyFakeKeyFakeKeyFakeKeyFakeKeyF0005',
  },
  'one-hub': {
    server: 'one-hub',
    query: oneHubQuery,
    systemName: 'One Hub',
    count: 13,
    limited: 2,
    first: 'sk-Labkey01FakeKey_akeKeyFakeKeyFakeKeyFakeKeyFakeKeyFakeK0001',
  },
};
