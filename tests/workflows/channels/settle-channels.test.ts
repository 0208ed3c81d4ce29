import { describe, expect, test } from 'vitest';
import { fail } from '../../../src/core/failures/result';
import type { HttpRequest } from '../../../src/ports/http';
import { editChannels } from '../../../src/workflows/channels/edit-channels';
import { saveNewApi } from '../../../src/workflows/new-api/keep-new-apis';
import { listChannels } from '../../../src/workflows/channels/list-channels';
import { undoChannel } from '../../../src/workflows/channels/undo-channel';
import type { Ports } from '../../../src/workflows/ports';
import { planChannelDialog } from '../../../src/workflows/channel-import/open-channel-import';
import {
  applyImport,
  channelScene,
  deafTo,
  importIt,
  open,
  planned,
  type ChannelScene,
  readChannelHistory,
} from './scene';
import { must, never } from '../scene';

const isMade = ({ method, url }: HttpRequest): boolean => method === 'POST' && url.endsWith('/api/channel/');
const history = ({ ports }: ChannelScene) => readChannelHistory(ports).then(must);
const list = ({ ports, newApiId }: ChannelScene) => listChannels(ports, newApiId).then(must);
const undo = ({ ports }: ChannelScene, id: string, confirmedLoss?: string) =>
  undoChannel(ports, id, confirmedLoss, never());

/** An import after whose making nothing is answered any more. */
async function loseImport(made: ChannelScene): Promise<void> {
  const opened = await open(made);
  let lost = false;
  const send: Ports['http']['send'] = async (asked) => {
    lost ||= isMade(asked);
    const reply = await made.ports.http.send(asked);
    return lost ? fail({ code: 'timeout', host: 'x', seconds: 10 }) : reply;
  };
  const outcome = await applyImport(
    { ...made, ports: { ...made.ports, http: { send } } },
    opened.draft,
    planned(opened).hash,
  );
  expect(outcome).toMatchObject({ kind: 'failed' });
  expect(await history(made)).toMatchObject([{ phase: 'needs-look' }]);
}

describe('a channel whose making was not answered', () => {
  test('is not the one that somebody made for another address', async () => {
    const made = await channelScene();
    await loseImport(made);
    made.admin.channels[2]!.baseUrl = 'https://theirs.example';
    await list(made);
    const [record] = await history(made);
    expect(record).toMatchObject({ phase: 'needs-look', channelId: null, undoable: false });
    await undo(made, record!.id);
    expect(made.admin.channels.length).toBe(3);
  });

  test('that the server kept otherwise than it was sent wants a look, and is not said to be missing', async () => {
    const made = await channelScene();
    await loseImport(made);
    made.admin.channels[2]!.name = 'cut';
    await list(made);
    expect(await history(made)).toMatchObject([{ phase: 'needs-look' }]);
    made.admin.channels.splice(2, 1);
    await list(made);
    expect(await history(made)).toMatchObject([{ phase: 'not-written' }]);
  });

  test('is not said to be missing by a list that is not whole', async () => {
    const made = await channelScene();
    await loseImport(made);
    made.admin.channels.splice(2, 1);
    const send: Ports['http']['send'] = async (asked) => {
      const reply = await made.ports.http.send(asked);
      if (!reply.ok || !asked.url.includes('/api/channel/?')) return reply;
      return {
        ok: true,
        value: { ...reply.value, text: reply.value.text.replace('"total":2', '"total":9') },
      };
    };
    const short = await list({ ...made, ports: { ...made.ports, http: { send } } });
    expect([short.channels.length, short.more]).toEqual([2, true]);
    expect(await history(made)).toMatchObject([{ phase: 'needs-look' }]);
  });

  test('is not looked for at another site', async () => {
    const made = await channelScene();
    await loseImport(made);
    const { ports, newApiId: id, relay } = made;
    const [user] = relay.users;
    Object.assign(user!, { role: 100 });
    const accessToken = user!.accessToken;
    must(
      await saveNewApi(ports, { id, name: 'x', siteUrl: relay.origin, accessToken, userId: `${user!.id}` }),
    );
    await list(made);
    expect(await history(made)).toMatchObject([{ phase: 'needs-look' }]);
  });

  test('and that a list shows is said to be made, with an address without user and password', async () => {
    const made = await channelScene();
    await loseImport(made);
    made.admin.channels[2]!.baseUrl = made.relay.origin.replace('//', '//me:pass@');
    await list(made);
    expect(await history(made)).toMatchObject([{ phase: 'done', channelId: 3 }]);
    expect(made.device.local.get('journal')).not.toContain('pass');
  });
});

describe('undo', () => {
  test('whose answer got lost can be repeated', async () => {
    const made = await channelScene();
    const edits = [{ channelId: 1, fields: { priority: 7 }, seen: { priority: 0 } }];
    must(await editChannels(made.ports, made.newApiId, edits, never()));
    const [record] = await history(made);
    const deaf = deafTo(made.ports, ({ method }) => method === 'PUT');
    expect(await undo({ ...made, ports: deaf }, record!.id)).toMatchObject({ kind: 'failed' });
    expect(made.admin.channels[0]!.priority).toBe(0);
    expect(await undo(made, record!.id)).toEqual({ kind: 'undone' });
    expect(await history(made)).toMatchObject([{ phase: 'undone' }]);
  });

  test('of a join takes away that the channel is of the key, and it was never said to be made from it', async () => {
    const made = await channelScene();
    made.admin.channels[0]!.baseUrl = made.relay.origin;
    const opened = await open(made);
    const draft = { ...opened.draft, target: { kind: 'join' as const, channelId: 1 } };
    const again = must(await planChannelDialog(made.ports, new Map(), made.newApiId, made.keyId, draft));
    if (again.kind !== 'plan') throw new Error(again.kind);
    const outcome = await applyImport(made, draft, again.plan.hash);
    if (outcome.kind !== 'written') throw new Error(JSON.stringify(outcome));
    expect((await list(made)).keys).toEqual({});
    expect((await open(made)).planned).toMatchObject({ plan: { candidates: [{ grade: 'own' }] } });
    expect(await undo(made, outcome.importId)).toEqual({ kind: 'undone' });
    expect((await open(made)).planned).toMatchObject({ kind: 'choose', candidates: [{ grade: 'same-url' }] });
  });

  test('of models that were added to a channel of ours leaves it ours', async () => {
    const made = await channelScene();
    await importIt(made);
    made.relay.setModels(['gpt-4o', 'o3']);
    const { importId } = await importIt(made);
    expect(await undo(made, importId)).toEqual({ kind: 'undone' });
    expect((await list(made)).keys).toEqual({ 3: made.keyId });
  });
});
