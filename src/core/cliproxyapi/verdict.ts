import type { Failure, FailureCode } from '../failures/failure';
import { excludedBy } from './excluded-models';
import type { ListName } from './lists/list-traits';
import { listTraits } from './lists/table';
import { askedInstead, shadowsIn, isHeaderName, isReserved } from './name-resolution';
import { baseUrlOf, clientNameOf, isPaused, modelsOf, upstreamOf, type Provider } from './provider';
import { servedNames } from './served-names';
import type { Unproved, Unusable } from './unusable';

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
  | Unusable
  | Unproved;

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

/** The proof of what was not asked, or not to the end, and why: neither served nor refused. */
export const unasked = (expected: readonly { name: string; alias: string }[], failure?: Failure): Proof => {
  const reason = failure && REFUSALS.includes(failure.code) ? 'refused' : 'unknown';
  return {
    basis: 'none',
    models: expected.map(({ name, alias }) => ({ name, alias, served: false, reason })),
  };
};

/** What comes back while the management key is refused (CLIProxyAPI answers 401 and 403). */
const REFUSALS: readonly FailureCode[] = [
  'key-refused',
  'key-not-received',
  'banned',
  'remote-disabled',
  'key-not-set',
  'forbidden',
];

/**
 * Judges each expected model. CLIProxyAPI's registry also lists models that no chat can reach (seen at 7.2.140): the entry
 * itself shows which those are, and they are never called served.
 */
export function judge(
  list: ListName,
  provider: Provider,
  expected: readonly { name: string; alias: string }[],
  registered: ReadonlySet<string>,
  forcePrefix: boolean,
  known: {
    exampleKeys: boolean;
    answersAsIs: boolean;
    /** Why the relay will not take a request for a model. */
    refuses?: ((name: string) => Unusable | undefined) | undefined;
  },
): ModelVerdict[] {
  const whole = known.exampleKeys ? 'example-keys' : brokenProvider(list, provider, known.answersAsIs);
  const models = modelsOf(provider);
  const shadowedBy = shadowsIn(models, provider.prefix);
  const places = new Map<string, number>();
  for (const [at, model] of models.entries()) {
    const id = mappingId(upstreamOf(model), clientNameOf(model));
    if (!places.has(id)) places.set(id, at);
  }
  return expected.map(({ name, alias }) => {
    if (whole) return { name, alias, served: false, reason: whole };
    const listed = servedNames(alias, provider.prefix, forcePrefix).filter((id) => registered.has(id));
    if (listed.length === 0) {
      const reason = excludedBy(provider, alias) ? 'excluded' : 'not-listed';
      return { name, alias, served: false, reason };
    }
    if (listed.every(isReserved)) return { name, alias, served: false, reason: 'reserved' };
    const at = places.get(mappingId(name, alias));
    const asked = askedInstead(name);
    if (asked !== undefined) return { name, alias, served: false, reason: 'brackets', by: asked };
    const other = at === undefined ? undefined : shadowedBy(at);
    if (other) return { name, alias, served: false, reason: 'hidden', by: upstreamOf(other) };
    const reason = known.refuses?.(name);
    return reason ? { name, alias, served: false, reason } : { name, alias, served: true };
  });
}

/** A plain name is its own id: making 60,000 new texts would take as long as all the rest. */
const mappingId = (name: string, alias: string): string => (name === alias ? name : `${name}\0${alias}`);

/** Why nothing of this provider can be reached, as far as the entry itself shows it. */
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
