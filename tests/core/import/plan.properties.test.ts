import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostOf, relayIdentity } from '../../../src/core/base-url';
import { listTraits } from '../../../src/core/cliproxyapi/lists/table';
import { refOf } from '../../../src/core/cliproxyapi/find-provider';
import { sameKey } from '../../../src/core/key-text';
import { planIdentity, planImport, type ImportPlan, type ImportRequest } from '../../../src/core/import/plan';
import {
  baseUrlOf,
  clientNameOf,
  excludedOf,
  keyEntries,
  modelsOf,
  nameOf,
  sameName,
  upstreamOf,
  type Provider,
} from '../../../src/core/cliproxyapi/provider';
import { shadowsIn } from '../../../src/core/cliproxyapi/name-resolution';
import type { ProviderList } from '../../../src/core/cliproxyapi/provider-list';
import { deepFreeze, planning } from '../arbitrary';

type Case = { list: ProviderList; request: ImportRequest };

/** Runs a check over every random plan that comes about. */
function forEveryPlan(check: (plan: ImportPlan, given: Case) => void): void {
  fc.assert(
    fc.property(planning, (given) => {
      deepFreeze(given);
      const plan = planImport(given.list, given.request);
      if (plan.ok) check(plan.value, given);
    }),
    { numRuns: 1500 },
  );
}

const oneKey = ({ list }: Pick<Case, 'list'>): boolean => listTraits(list.list).keyPerEntry;
const withList = (list: ProviderList, providers: readonly Provider[]): ProviderList => ({
  ...list,
  providers,
});
const joined = (request: ImportRequest, plan: ImportPlan): ImportRequest => ({
  ...request,
  target: { kind: 'join', ref: refOf(plan.after, plan.index) },
});

describe('whatever the list and the request', () => {
  test('every other provider is the very object that was read, in its order', () => {
    forEveryPlan((plan, { list }) => {
      const others = plan.providers.filter((_, index) => index !== plan.index);
      const before = list.providers.filter((_, index) => plan.kind === 'create' || index !== plan.index);
      expect(others).toHaveLength(before.length);
      others.forEach((provider, index) => expect(provider).toBe(before[index]));
    });
  });

  test('the input is not changed (it is frozen), and the same input gives the same plan', () => {
    forEveryPlan((plan, { list, request }) => {
      const again = planImport(list, request);
      expect(again.ok && planIdentity(again.value)).toBe(planIdentity(plan));
    });
  });

  test('unknown and untouched fields of the provider survive as the very values', () => {
    forEveryPlan((plan) => {
      if (plan.before === null) return;
      const untouched = Object.keys(plan.before).filter((field) => !plan.fields.includes(field));
      for (const field of untouched) expect(plan.after[field]).toEqual(plan.before[field]);
      const askable = [
        'api-key-entries',
        'models',
        'prefix',
        'priority',
        'headers',
        'disabled',
        'base-url',
        'proxy-url',
        'excluded-models',
      ];
      expect(askable).toEqual(expect.arrayContaining(plan.fields));
    });
  });

  test('every key stays in its place with weight, proxy and unknown fields; at most one is appended', () => {
    forEveryPlan((plan, { list, request }) => {
      if (plan.before === null || oneKey({ list })) return;
      const [before, after] = [keyEntries(plan.before), keyEntries(plan.after)];
      expect(after.length - before.length).toBe(plan.keyIndex < before.length ? 0 : 1);
      before.forEach((entry, index) => {
        const asked = index === plan.keyIndex && request.options.proxyUrl?.trim();
        expect(after[index]).toEqual(asked ? { ...entry, 'proxy-url': request.options.proxyUrl } : entry);
      });
      expect(sameKey(after[plan.keyIndex]!['api-key']!, request.key, request.optionalPrefix)).toBe(true);
    });
  });

  test('an entry that is a key stays that very key, with its weight and unknown fields, and no second one is made', () => {
    forEveryPlan((plan, { list, request }) => {
      if (!oneKey({ list })) return;
      const same = (entry: Provider): boolean =>
        relayIdentity(baseUrlOf(entry)) === relayIdentity(request.baseUrl) &&
        sameKey(entry['api-key'] ?? '', request.key, request.optionalPrefix);
      const count = (entries: readonly Provider[]): number => entries.filter(same).length;
      expect(plan.after['api-key-entries']).toBeUndefined();
      if (plan.before === null) return expect(count(list.providers)).toBe(0);
      const { 'api-key': key, weight } = plan.before;
      expect(plan.after).toMatchObject({ 'api-key': key, ...(weight !== undefined && { weight }) });
      expect(plan.after['proxy-url'] ?? '').toBe(
        request.options.proxyUrl?.trim() || (plan.before['proxy-url'] ?? ''),
      );
      expect(count(plan.providers)).toBe(count(list.providers));
    });
  });

  test('what CLIProxyAPI serves by itself through an entry stays served, unless the user said otherwise', () => {
    forEveryPlan((plan, { list, request }) => {
      if (plan.before === null || modelsOf(plan.before).length > 0) return;
      if (listTraits(list.list).withoutModels === 'nothing') return;
      expect(plan.notices.map(({ kind }) => kind)).toContain('catalogue');
      if (!request.nameModels) expect(plan.after.models).toBe(plan.before.models);
    });
  });

  test('patterns that exclude models stay; only the one that switches an entry off goes, when asked', () => {
    forEveryPlan((plan, { request }) => {
      if (plan.before === null) return;
      const [before, after] = [excludedOf(plan.before), excludedOf(plan.after)];
      const on = request.enable && plan.before.disabled !== true;
      expect(after).toEqual(on ? before.filter((pattern) => pattern !== '*') : before);
    });
  });

  test('headers of the provider are added to, never dropped', () => {
    forEveryPlan((plan, { request }) => {
      if (plan.before === null) return;
      expect(plan.after.headers ?? {}).toEqual({ ...plan.before.headers, ...request.options.headers });
    });
  });

  test('every model of the provider stays with its unknown fields; only an alias that was typed for it changes', () => {
    forEveryPlan((plan, { request }) => {
      if (plan.before === null) return;
      const before = modelsOf(plan.before);
      const after = modelsOf(plan.after);
      before.forEach((model, index) => {
        const { alias: _, ...rest } = after[index]!;
        expect(rest).toEqual((({ alias: _old, ...others }) => others)(model));
        if (after[index]!.alias === model.alias) return;
        const typed = request.models.find((chosen) => chosen.typed && chosen.name === upstreamOf(model));
        expect(after[index]!.alias).toBe(typed?.alias);
      });
    });
  });

  test('planning again on the result, for that very provider, says unchanged', () => {
    forEveryPlan((plan, { list, request }) => {
      const again = planImport(withList(list, plan.providers), joined(request, plan));
      expect(again).toMatchObject({ ok: true, value: { kind: 'unchanged', fields: [], index: plan.index } });
      expect(again.ok && again.value.providers).toBe(plan.providers);
      expect(again.ok && again.value.after).toBe(plan.after);
    });
  });

  test('unchanged means that nothing differs, and anything else that something does', () => {
    forEveryPlan((plan, { list }) => {
      const same = JSON.stringify(plan.providers) === JSON.stringify(list.providers);
      expect([plan.fields.length === 0, same]).toEqual(Array(2).fill(plan.kind === 'unchanged'));
    });
  });

  test('the base URL is never emptied, and changes only from one that leads nowhere, when asked', () => {
    forEveryPlan((plan, { list, request }) => {
      if (plan.before === null || baseUrlOf(plan.before) !== '') expect(baseUrlOf(plan.after)).not.toBe('');
      const kept = plan.before === null ? request.baseUrl : plan.before['base-url'];
      if (plan.after['base-url'] === kept || plan.before === null) return;
      expect(request.correctBaseUrl).toBe(true);
      const { correctedBaseUrl } = listTraits(list.list);
      expect(plan.after['base-url']).toBe(correctedBaseUrl(baseUrlOf(plan.before)));
      expect(correctedBaseUrl(plan.after['base-url']!)).toBeUndefined();
    });
  });

  test('no plan leaves a provider without models', () => {
    forEveryPlan((plan, { list }) => {
      if (listTraits(list.list).withoutModels === 'catalogue' && plan.before !== null) return;
      expect(modelsOf(plan.after).length).toBeGreaterThan(0);
    });
  });

  test('the key goes to the host that it belongs to, or the user named the other one and is told', () => {
    forEveryPlan((plan, { request }) => {
      if (hostOf(baseUrlOf(plan.after)) === hostOf(request.baseUrl)) return;
      expect(request.target.kind).toBe('join');
      expect(plan.notices.map((notice) => notice.kind)).toContain('other-host');
      expect(plan.onlyAdds).toBe(false);
    });
  });

  test('left to itself it joins the one provider of that relay, asks when there are several, and never joins by name', () => {
    fc.assert(
      fc.property(planning, ({ list, request: any }) => {
        const request: ImportRequest = { ...any, target: { kind: 'auto' } };
        const identity = relayIdentity(request.baseUrl);
        const holds = (provider: Provider): boolean =>
          keyEntries(provider).some((entry) =>
            sameKey(entry['api-key'] ?? '', request.key, request.optionalPrefix),
          );
        const alike = list.providers.filter(
          (provider) =>
            relayIdentity(baseUrlOf(provider)) === identity && (!oneKey({ list }) || holds(provider)),
        );
        const plan = planImport(list, request);
        const only =
          alike.length === 1 ? alike[0] : alike.filter(holds).length === 1 ? alike.find(holds) : undefined;
        const wanted = request.providerName.trim() || hostOf(request.baseUrl);
        const taken =
          !oneKey({ list }) && list.providers.some((provider) => sameName(nameOf(provider), wanted));
        const asks = !only && alike.length > 1;
        expect(plan.ok ? 'plans' : plan.failure.code).toMatch(
          asks ? /^several-matches$/ : /^(?:plans|no-models)$/,
        );
        if (!plan.ok) return;
        expect(plan.value.before).toBe(only ?? null);
        expect(plan.value.notices.some((notice) => notice.kind === 'name-taken')).toBe(!only && taken);
      }),
      { numRuns: 1500 },
    );
  });

  test('a new provider has a name of its own and holds the key and what was chosen, no more', () => {
    forEveryPlan((plan, { list, request }) => {
      if (plan.kind !== 'create') return;
      if (!oneKey({ list })) {
        expect(nameOf(plan.after)).not.toBe('');
        for (const provider of list.providers)
          expect(sameName(nameOf(provider), nameOf(plan.after))).toBe(false);
      }
      expect(keyEntries(plan.after)).toHaveLength(1);
      const names = request.models.map((model) => model.name);
      for (const model of modelsOf(plan.after)) expect(names).toContain(model.name);
    });
  });

  test('nothing is added under a name that another model of the provider has, unless it was typed to share an alias', () => {
    forEveryPlan((plan, { request }) => {
      const known = new Set(plan.before ? modelsOf(plan.before) : []);
      for (const model of modelsOf(plan.after)) {
        if (known.has(model) || !request.models.some((chosen) => chosen.name === model.name)) continue;
        const typed = request.models.some((chosen) => chosen.typed && chosen.name === model.name);
        for (const other of modelsOf(plan.after)) {
          const clash =
            upstreamOf(other) !== upstreamOf(model) &&
            clientNameOf(other).toLowerCase() === clientNameOf(model).toLowerCase();
          if (!clash) continue;
          const otherTyped = request.models.some((chosen) => chosen.typed && chosen.name === other.name);
          expect(typed || otherTyped).toBe(true);
          // A plain name is shared with nobody; one that was hidden before is no worse off.
          const at = plan.before ? modelsOf(plan.before).indexOf(other) : -1;
          const wasHidden = at >= 0 && shadowsIn(modelsOf(plan.before!))(at);
          expect(Boolean(other.alias?.trim() || wasHidden)).toBe(true);
          expect(plan.notices.map((notice) => notice.kind)).toContain('pool-inside');
        }
      }
    });
  });

  test('what only adds changes, removes and shares nothing', () => {
    forEveryPlan((plan, { list }) => {
      if (!plan.onlyAdds) return;
      expect(plan.changes.every((change) => change.sign !== '~')).toBe(true);
      const lines = JSON.stringify(plan.providers);
      expect(lines.length).toBeGreaterThan(JSON.stringify(list.providers).length);
      const joinable = ['api-key-entries', 'models'];
      expect(plan.kind === 'create' || plan.fields.every((field) => joinable.includes(field))).toBe(true);
    });
  });

  test('what is expected to be served is in the provider', () => {
    forEveryPlan((plan) => {
      // Of the family's catalogue only the proxy knows what is in it.
      if (modelsOf(plan.after).length === 0) return;
      const held = modelsOf(plan.after).map((model) => `${upstreamOf(model)}\0${clientNameOf(model)}`);
      for (const { name, alias } of plan.expected) expect(held).toContain(`${name}\0${alias}`);
    });
  });

  test('no key, header value or proxy password stands in the changes and notices', () => {
    forEveryPlan((plan, { request }) => {
      expect(JSON.stringify([plan.changes, plan.notices])).not.toContain(request.key.replace('sk-', ''));
    });
  });
});
