import type { KeyDraft } from '../../src/relays/relay';
import type { RelayFamily } from '../../src/core/accounts/relay-family';
import { contractSuite, type Contract } from './contract-suite.ts';
import { exchange, recordings, type Exchange } from './recordings.ts';
import { PLAIN, SERVERS, type Server } from './servers.ts';

const WRONG = { accessToken: 'wrong-token-000000000000000000', userId: '1' };
const DRAFT: KeyDraft = { name: 'limited', group: '', quota: 250_000, expiredTime: -1, models: null };

/** The same answer, for the key of another id. */
function retold(step: Exchange, id: number): Exchange {
  const copy = structuredClone(step);
  copy.request.path = `/api/token/${id}`;
  (copy.response.body as { data: { id: number } }).data.id = id;
  return copy;
}

function tokenContract(family: RelayFamily, kind: Server): Contract {
  const { server, query, masked = false, limited } = kind;
  const list = recordings(server, ['keys-list']);
  const edit = recordings(server, ['keys-create-edit-delete']);
  const auth = recordings(server, ['status', 'auth']);
  const single = list.find(({ request, note }) => /^\/api\/token\/\d+$/.test(request.path) && !note)!;
  const made = edit.find(
    ({ request }) => (request.body as { name?: string } | undefined)?.name === 'limited',
  )!;
  const listing = exchange(edit, 'GET', /^\/api\/token\/\?/);
  const empty = exchange(list, 'GET', /^\/api\/token\/\?/, 'no keys yet');
  const before = family === 'new-api' ? [] : [retold(single, limited)];
  const put = (note: string): Exchange[] => [
    ...before,
    exchange(edit, 'PUT', '/api/token/?status_only=true', note),
  ];
  const reveals = masked ? recordings(server, ['keys-reveal']) : list;
  const read = (steps: Exchange[]): Exchange[] => [
    ...recordings(server, ['status', 'self-and-quota']),
    ...steps,
  ];
  const gone = exchange(list, 'GET', '/api/token/9999', 'no such key');
  return {
    family,
    server,
    query,
    whole: !masked,
    reading: {
      steps: read(list.filter(({ note }) => note !== 'no keys yet')),
      account: PLAIN,
      systemName: kind.systemName,
      balance: 5_000_000,
      count: kind.count,
    },
    reveal: {
      steps: [...reveals, ...list],
      account: PLAIN,
      id: masked ? 1 : Number(single.request.path.split('/').at(-1)),
      text: masked ? 'sk-LaboneFakeKeyFakeKeyFakeKeyFakeKeyFakeKeyFak0001' : kind.first,
      missing: family === 'new-api' ? exchange(reveals, 'POST', '/api/token/9999/key') : gone,
    },
    wrongToken: { steps: auth, account: WRONG },
    banned: { steps: auth, account: PLAIN },
    create: {
      script: [empty, made, listing],
      draft: DRAFT,
      id: limited,
    },
    switching: { off: put('switch off'), on: put('switch on'), id: limited },
    remove: {
      done: edit.find(({ request, note }) => request.method === 'DELETE' && !note)!,
      again: exchange(edit, 'DELETE', /token/, 'again'),
      id: limited,
    },
  };
}

for (const [family, kind] of Object.entries(SERVERS)) {
  contractSuite(tokenContract(family as RelayFamily, kind));
  contractSuite(tokenContract('compatible', kind));
}

const sub2api = recordings('sub2api', ['public', 'auth', 'keys']);
const ALICE = { accessToken: 'lab.jwt.plain', userId: '' };
const key = exchange(sub2api, 'GET', '/api/v1/keys/1');
const off = exchange(sub2api, 'PUT', '/api/v1/keys/1');
const switched = (status: string): Exchange => {
  const copy = structuredClone(off);
  (copy.response.body as { data: { status: string } }).data.status = status;
  return copy;
};
contractSuite({
  family: 'sub2api',
  server: 'sub2api',
  query: (params) => params,
  whole: true,
  reading: {
    steps: sub2api.filter(({ note }) => note !== 'no keys yet'),
    account: ALICE,
    systemName: 'Sub2API',
    balance: 10,
    count: 23,
  },
  reveal: {
    steps: sub2api,
    account: ALICE,
    id: 1,
    text: 'sk-Labkey01FakeKeyFakeKeyFakeKeyFakeKeyFakeKeyFakeKeyFakeKeyFak0001',
    missing: exchange(sub2api, 'GET', '/api/v1/keys/9999'),
  },
  wrongToken: { steps: sub2api, account: { accessToken: 'nonsense', userId: '' } },
  create: {
    script: [exchange(sub2api, 'POST', '/api/v1/keys')],
    draft: { ...DRAFT, name: 'fresh', group: '2', quota: null },
    id: 24,
  },
  switching: { off: [key, switched('inactive')], on: [key, switched('active')], id: 1 },
  remove: {
    done: exchange(sub2api, 'DELETE', '/api/v1/keys/1'),
    again: exchange(sub2api, 'DELETE', '/api/v1/keys/1', 'again'),
    id: 1,
  },
});
