import { quickRules } from '../../core/aliases/alias-models';
import { baseUrlFromAddress } from '../../core/base-url';
import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import { listTraits } from '../../core/cliproxyapi/lists/table';
import { proposedModels } from '../../core/aliases/proposed-models';
import type { OpenedImport } from '../../core/import/opened';
import type { Planned } from '../../core/import/planned';
import { ok, type Result } from '../../core/failures/result';
import type { ImportDraft } from '../../core/import/draft';
import type { NameRules } from '../../core/aliases/apply-rule-set';
import { rulesFor } from '../../core/aliases/rules-for';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { findKey, listFor, usableBy, type KeyFacts } from '../accounts/find-key';
import { listModels } from '../cliproxyapi/list-models';
import type { LookAtGroups } from '../connection/look-at-groups';
import { openManagement, type Management } from '../connection/open-management';
import { readPlannable } from '../connection/read-writable';
import { planDraft } from './plan-view';
import { revealKey } from '../accounts/reveal-key';
import type { OpenPlans } from '../open-plans';
import type { Ports } from '../ports';
import { failed } from '../running';

/** The lists that open imports plan on, by key. */
export type Bases = OpenPlans<ProxyConfig>;

/**
 * Opens an import: reveals the key if it must, asks the relay for its models and the proxy for its list, side by side,
 * and plans with the models that are proposed.
 */
export async function openImport(
  ports: Ports,
  bases: Bases,
  keyId: string,
  look: LookAtGroups,
): Promise<Result<OpenedImport>> {
  const key = await findKey(ports, keyId);
  if (!key.ok) return key;
  const management = await openManagement(ports);
  if (!management.ok) return management;
  const baseUrl = baseUrlFromAddress(key.value.address);
  if (!baseUrl.ok) return baseUrl;
  const text = await revealKey(ports, key.value);
  if (!text.ok) return text;
  const reading = readPlannable(management.value, look);
  const managementClient = async (): Promise<Result<Management>> => {
    const read = await reading;
    return read.ok ? management : read;
  };
  const [config, listed] = await Promise.all([
    reading,
    listModels(ports, managementClient, baseUrl.value, text.value),
  ]);
  if (!config.ok) return config;
  bases.set(keyId, config.value);
  const models = usableBy(key.value, listed);
  const rules = await rulesAt(ports, key.value.address);
  const names = models.ok ? models.value.names : [];
  const { list, reason } = listFor(config.value, key.value, text.value, names);
  const draft = newDraft(key.value, list, names, rules);
  // A key that its relay refuses is added only after the user changed something about it.
  const isRefused = !listed.ok && listed.failure.code === 'relay-key-refused';
  const planned = isRefused
    ? failed(listed.failure)
    : await planDraft(ports, config.value, draft, key.value, text.value);
  return ok({
    keyId,
    keyName: key.value.name,
    relayName: key.value.relayName,
    mask: key.value.mask,
    proxyHost: management.value.name,
    draft,
    reason,
    models: models.ok ? { kind: 'listed', ...models.value } : { kind: 'refused', failure: models.failure },
    planned,
  });
}

async function rulesAt(ports: Ports, address: string): Promise<NameRules> {
  const saved = await ports.saved.read();
  return saved.ok ? rulesFor(saved.value.settings, address) : quickRules([]);
}

function newDraft(key: KeyFacts, list: ListName, names: string[], rules: NameRules): ImportDraft {
  const baseUrl = listTraits(list).baseUrl(key.address);
  return {
    list,
    models: proposedModels(names, rules).models,
    baseUrl: baseUrl.ok ? baseUrl.value : key.address,
    baseUrlTyped: false,
    providerName: key.relayName,
    target: { kind: 'auto' },
    options: {},
    enable: false,
    correctBaseUrl: false,
    nameModels: false,
    tryChat: false,
  };
}

/**
 * Plans what the dialog holds now, on the list that it was opened with; where it was opened at another CLIProxyAPI, this one is
 * read first.
 */
export async function planDialog(
  ports: Ports,
  bases: Bases,
  keyId: string,
  draft: ImportDraft,
  look: LookAtGroups,
): Promise<Planned> {
  const key = await findKey(ports, keyId);
  if (!key.ok) return failed(key.failure);
  const text = await revealKey(ports, key.value);
  if (!text.ok) return failed(text.failure);
  let config = bases.get(keyId);
  if (!config) {
    const management = await openManagement(ports);
    if (!management.ok) return failed(management.failure);
    const read = await readPlannable(management.value, look);
    if (!read.ok) return failed(read.failure);
    config = read.value;
    bases.set(keyId, config);
  }
  return planDraft(ports, config, draft, key.value, text.value);
}
