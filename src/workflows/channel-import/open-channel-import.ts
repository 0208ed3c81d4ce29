import { baseUrlFromAddress } from '../../core/base-url';
import type { ChannelDraft, OpenedChannelImport, PlannedChannel } from '../../core/channels/view';
import { channelBaseUrl, channelFormatOf, groupsAt } from '../../core/channels/desired-channel';
import { modelKind } from '../../core/aliases/model-kind';
import { aliasModels } from '../../core/aliases/alias-models';
import { withoutDropped } from '../../core/aliases/apply-rule-set';
import { rulesFor } from '../../core/aliases/rules-for';
import type { ListedModels } from '../../core/import/opened';
import { ok, type Result } from '../../core/failures/result';
import type { ChannelList } from '../../targets/new-api/list-channels';
import { readChannelGroups } from '../../targets/new-api/read-rights';
import { findKey, formatFacts, usableBy, type KeyFacts } from '../accounts/find-key';
import { readAll } from '../channels/list-channels';
import { listModels } from '../cliproxyapi/list-models';
import { openNewApi } from '../new-api/new-api-client';
import { planDraft, plannedChannel } from './plan-for-channel';
import { revealKey } from '../accounts/reveal-key';
import type { OpenPlans } from '../open-plans';
import type { Ports } from '../ports';

/**
 * Opens the import of a key as a channel: reveals the key if it must, asks its relay for the models and the New API for its
 * channels side by side, and plans with all models that can chat.
 */
export async function openChannelImport(
  ports: Ports,
  lists: OpenPlans<ChannelList>,
  newApiId: string,
  keyId: string,
): Promise<Result<OpenedChannelImport>> {
  const key = await findKey(ports, keyId);
  if (!key.ok) return key;
  const client = await openNewApi(ports, newApiId);
  if (!client.ok) return client;
  const list = await readAll(client.value);
  if (!list.ok) return list;
  const [models, groups] = await Promise.all([
    modelsOfKey(ports, key.value),
    client.value.call(readChannelGroups),
  ]);
  lists.set(newApiId, list.value);
  const known = groups.ok ? groups.value : [];
  const made = await newDraft(ports, key.value, models.ok ? models.value : { names: [] }, known);
  if (!made.ok) return made;
  const { draft } = made.value;
  const plan = await planDraft(ports, client.value, list.value.channels, keyId, draft);
  return ok({
    newApiId,
    keyId,
    keyName: key.value.name,
    relayName: key.value.relayName,
    mask: key.value.mask,
    host: client.value.host,
    draft,
    models: models.ok ? { kind: 'listed', ...models.value } : { kind: 'refused', failure: models.failure },
    groups: known,
    tags: client.value.dialect.tags,
    planned: await plannedChannel(ports, client.value, list.value.channels, plan),
  });
}

/** What the key's own relay lists for it. None of CLIProxyAPI's business, so that only the browser asks. */
export async function modelsOfKey(
  ports: Ports,
  key: KeyFacts,
  signal?: AbortSignal,
): Promise<Result<ListedModels>> {
  const baseUrl = baseUrlFromAddress(key.address);
  if (!baseUrl.ok) return baseUrl;
  const text = await revealKey(ports, key);
  if (!text.ok) return text;
  return usableBy(key, await listModels(ports, 'browser', baseUrl.value, text.value, signal));
}

export interface NewDraft {
  draft: ChannelDraft;
  /** Names with a comma: servers would make two of each, and one of them must not stop all others. */
  leftOut: number;
  /** Listed, but the relay does not let the key use them. */
  barred: readonly string[];
}

/** A channel for a key as it is proposed: all that can chat, under the names that the alias rules give. */
export async function newDraft(
  ports: Pick<Ports, 'saved'>,
  key: KeyFacts,
  { names, barred = [] }: Pick<ListedModels, 'names' | 'barred'>,
  groups: readonly string[],
): Promise<Result<NewDraft>> {
  const baseUrl = channelBaseUrl(key.address);
  if (!baseUrl.ok) return baseUrl;
  const saved = await ports.saved.read();
  if (!saved.ok) return saved;
  const chosen = names.filter((name) => modelKind(name) === 'chat');
  const rules = rulesFor(saved.value.settings, key.address);
  const named = aliasModels(withoutDropped(chosen, rules), rules, {}).map(({ name, alias }) => ({
    name,
    alias: alias || name,
  }));
  const models = named.filter(({ alias }) => !alias.includes(','));
  const { source } = key;
  const ofAccount = source.kind === 'account';
  const draft: ChannelDraft = {
    name: ofAccount ? `${key.relayName} ${key.name}` : key.name,
    spoken: channelFormatOf(formatFacts(key, names)),
    baseUrl: baseUrl.value,
    models,
    groups: groupsAt([], groups),
    priority: 0,
    weight: 0,
    tag: '',
    target: { kind: 'auto' },
  };
  return ok({ draft, leftOut: named.length - models.length, barred });
}

/** Plans what the dialog holds now, on the list that it was opened with. */
export async function planChannelDialog(
  ports: Ports,
  lists: OpenPlans<ChannelList>,
  newApiId: string,
  keyId: string,
  draft: ChannelDraft,
): Promise<Result<PlannedChannel>> {
  const client = await openNewApi(ports, newApiId);
  if (!client.ok) return client;
  const list = lists.get(newApiId);
  const read = list ? ok(list) : await readAll(client.value);
  if (!read.ok) return read;
  lists.set(newApiId, read.value);
  const plan = await planDraft(ports, client.value, read.value.channels, keyId, draft);
  return ok(await plannedChannel(ports, client.value, read.value.channels, plan));
}
