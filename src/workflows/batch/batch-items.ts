import { quickRules } from '../../core/aliases/alias-models';
import type { NameRules } from '../../core/aliases/apply-rule-set';
import { proposedModels } from '../../core/aliases/proposed-models';
import { rulesFor } from '../../core/aliases/rules-for';
import { listTraits } from '../../core/cliproxyapi/lists/table';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import type { BatchOptions } from '../../core/batch/batch';
import type { ImportRequest } from '../../core/import/plan';
import type { BatchItem } from '../../core/batch/plan-batch';
import { isThere, listFor, spokenBy, type KeyFacts } from '../accounts/find-key';
import type { Batch, OpenedKey } from './batch-run';

/** What is asked of the planner for each key of the batch that the user left in. */
export function itemsOf(batch: Batch, config: ProxyConfig, options: BatchOptions): BatchItem[] {
  const without = new Set(options.without);
  return batch.keys
    .filter(({ facts }) => !without.has(facts.id))
    .map((key) => itemOf(key, nameRulesOf(batch, key, options), config, options));
}

/** The rules chosen for the whole batch, else those of the key's own relay. */
const nameRulesOf = ({ settings }: Batch, { facts }: OpenedKey, { ruleSet }: BatchOptions): NameRules =>
  settings ? rulesFor(settings, facts.address, ruleSet) : quickRules([]);

function itemOf(key: OpenedKey, rules: NameRules, config: ProxyConfig, options: BatchOptions): BatchItem {
  const { facts, text, names } = key;
  const row = options.rows[facts.id];
  const list = row?.list ?? listFor(config, facts, text, names).list;
  const baseUrl = listTraits(list).baseUrl(facts.address);
  if (!baseUrl.ok) throw new Error('a key whose models were listed has an address');
  const { models, beyond } = proposedModels(names, rules);
  // A key stays with the provider that has it already: another one would be the same a second time.
  const own = options.perKey && !isThere(facts, text, config.lists[list] ?? [], baseUrl.value);
  const providerName = nameFor(facts, own);
  const before = slug(providerName);
  const { priority, prefix, proxyUrl } = { ...options, ...row };
  const request: ImportRequest = {
    key: text,
    optionalPrefix: facts.optionalPrefix,
    baseUrl: baseUrl.value,
    providerName,
    speaks: spokenBy(facts, list, names),
    models: options.apart ? models.map((model) => ({ ...model, alias: `${before}/${model.alias}` })) : models,
    target: { kind: own ? 'create' : 'auto' },
    options: {
      ...(priority?.trim() && { priority: Number(priority) }),
      ...(prefix?.trim() && { prefix: prefix.replaceAll('{relay}', slug(facts.relayName)) }),
      ...(proxyUrl?.trim() && { proxyUrl }),
    },
    enable: false,
    correctBaseUrl: false,
    nameModels: false,
  };
  return { keyId: facts.id, list, request, beyond };
}

/** Keys that were entered by hand share the relay's name and differ by their last characters. */
function nameFor({ name, relayName, mask }: KeyFacts, own: boolean): string {
  return own ? `${relayName} ${name === relayName ? mask.slice(-4) : name}` : relayName;
}

/** A name as part of an alias, before a slash. */
const slug = (name: string): string => name.trim().replace(/[\s/]+/g, '-');
