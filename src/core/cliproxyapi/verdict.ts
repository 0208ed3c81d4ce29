import { excludedBy } from './excluded-models';
import type { ListName } from './lists/list-traits';
import { listTraits } from './lists/table';
import { askedInstead, shadowedBy, isHeaderName, isReserved } from './name-resolution';
import { baseUrlOf, clientNameOf, isPaused, modelsOf, upstreamOf, type Provider } from './provider';
import { servedNames } from './served-names';

/** Why a model that was written is not called served. */
export type NotServedReason =
  | 'not-listed'
  | 'disabled'
  | 'hidden'
  | 'brackets'
  | 'reserved'
  | 'no-version'
  | 'url-form'
  | 'excluded'
  | 'bad-header'
  | 'example-keys'
  | 'unknown';

export interface ModelVerdict {
  name: string;
  alias: string;
  served: boolean;
  reason?: NotServedReason;
  /** For `hidden`: the model that gets the requests. */
  by?: string;
}

/** What was found about an import, and on what it rests. */
export interface Proof {
  /** `registry`: CLIProxyAPI's registry for this very credential; `listed`: only its public model list. */
  basis: 'registry' | 'listed' | 'none';
  models: ModelVerdict[];
}

/** The proof of what was not asked, or not to the end: neither served nor refused. */
export const unasked = (expected: readonly { name: string; alias: string }[]): Proof => ({
  basis: 'none',
  models: expected.map(({ name, alias }) => ({ name, alias, served: false, reason: 'unknown' })),
});

/**
 * Judges each expected model. The registry lists models that no chat can reach (seen on running servers): those are told
 * from the entry itself and are never called served.
 */
export function judge(
  list: ListName,
  provider: Provider,
  expected: readonly { name: string; alias: string }[],
  registered: ReadonlySet<string>,
  forcePrefix: boolean,
  known: { exampleKeys: boolean; answersAsIs: boolean },
): ModelVerdict[] {
  const whole = known.exampleKeys ? 'example-keys' : brokenProvider(list, provider, known.answersAsIs);
  const models = modelsOf(provider);
  const places = new Map<string, number>();
  for (const [at, model] of models.entries()) {
    const id = `${upstreamOf(model)}\0${clientNameOf(model)}`;
    if (!places.has(id)) places.set(id, at);
  }
  return expected.map(({ name, alias }) => {
    if (whole) return { name, alias, served: false, reason: whole };
    const listed = servedNames(alias, provider.prefix, forcePrefix).filter((id) => registered.has(id));
    const missing = excludedBy(provider, alias) ? 'excluded' : 'not-listed';
    if (listed.length === 0) return { name, alias, served: false, reason: missing };
    if (listed.every(isReserved)) return { name, alias, served: false, reason: 'reserved' };
    const at = places.get(`${name}\0${alias}`);
    const asked = askedInstead(name);
    if (asked !== undefined) return { name, alias, served: false, reason: 'brackets', by: asked };
    const other = at === undefined ? undefined : shadowedBy(models, at, provider.prefix);
    if (other) return { name, alias, served: false, reason: 'hidden', by: upstreamOf(other) };
    return { name, alias, served: true };
  });
}

/** A reason for which nothing of this provider can be reached, told from the entry alone. */
function brokenProvider(
  list: ListName,
  provider: Provider,
  answersAsIs: boolean,
): NotServedReason | undefined {
  if (isPaused(provider)) return 'disabled';
  if (Object.keys(provider.headers ?? {}).some((name) => !isHeaderName(name))) return 'bad-header';
  const { correctedBaseUrl, keyPerEntry } = listTraits(list);
  if (correctedBaseUrl(baseUrlOf(provider)) === undefined || answersAsIs) return undefined;
  return keyPerEntry ? 'url-form' : 'no-version';
}

export const servedCount = (verdicts: readonly ModelVerdict[]): number =>
  verdicts.filter((verdict) => verdict.served).length;
