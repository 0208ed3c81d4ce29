import type { Failure } from '../../core/failures/failure';
import { jsonOrUndefined } from '../../core/json';
import { safeText } from '../../core/mask';
import type { HttpReply } from '../../ports/http';

/** Five refusals from one address, then thirty minutes of ban (CLIProxyAPI 7.2). */
export const TRIES_BEFORE_BAN = 5;

interface Circumstances {
  host: string;
  now: number;
  /** Refusals sent before this one, as far as we know. */
  refusals: number;
  secrets: readonly string[];
}

/**
 * What a management reply that is not 2xx means (CLIProxyAPI 7.2). The body is `{"error": "…"}`; a 404
 * without it and without CLIProxyAPI's headers means that management is off, with the headers that the server lacks
 * the feature.
 */
export function classifyReply(reply: HttpReply, about: Circumstances): Failure | undefined {
  if (reply.status >= 200 && reply.status < 300) return undefined;
  const error = errorText(reply.text);
  const text = safeText(error ?? '', about.secrets);
  switch (reply.status) {
    case 401: {
      const triesLeft = Math.max(0, TRIES_BEFORE_BAN - about.refusals - 1);
      if (error === 'invalid management key') return { code: 'key-refused', triesLeft };
      if (error === 'missing management key') return { code: 'key-not-received', triesLeft };
      return { code: 'forbidden', status: 401, text: text || safeText(reply.text, about.secrets) };
    }
    case 403:
      return classifyForbidden(error, text, about.now);
    case 404:
      if (error === 'item not found') return { code: 'item-gone' };
      if (reply.header('x-cpa-version') || reply.text.startsWith('404 page not found'))
        return { code: 'feature-missing', text: '404' };
      return { code: 'management-off', host: about.host };
    default:
      if (/failed to save config/.test(error ?? '')) return { code: 'save-failed', text };
      if (error === 'config_not_json_compatible') return { code: 'file-not-shown' };
      return (
        classifyInvalid(reply) ??
        (reply.status >= 500
          ? { code: 'server-error', host: about.host, status: reply.status }
          : { code: 'rejected', status: reply.status, text })
      );
  }
}

/** 8.x on a node that its configuration does not have. */
export const isAbsent = (reply: HttpReply): boolean =>
  reply.status === 404 && reply.header('x-cpa-version') !== null && errorText(reply.text) === 'not_found';

/** What the server calls the entries of a family, where it names the type of one (CLIProxyAPI 8.0). */
const FAMILY_OF_TYPE: readonly (readonly [RegExp, string])[] = [
  [/^OpenAICompat/, 'openai-compatibility'],
  [/^Codex/, 'codex, xai, meta'],
  [/^Claude|^Cloak/, 'claude'],
  [/^Vertex/, 'vertex'],
  [/^Gemini/, 'gemini, interactions'],
];

/**
 * What 8.x has against the configuration as a whole, which may be an entry that nobody sent (8.0, scenarios
 * `v8-unknown-item-fields-block-writes`, `v8-null-keys-block-writes`). Only names and places are taken from its words,
 * which may quote a key. A 500 is about a file that the server cannot even show; where its words name no place, it is broken.
 */
function classifyInvalid({ status, text }: HttpReply): Failure | undefined {
  const { error, message } = (jsonOrUndefined(text) ?? {}) as { error?: unknown; message?: unknown };
  if (error !== 'invalid_config' || typeof message !== 'string') return undefined;
  const ofKey = /field ([\w.-]{1,60}) not found in type \w+\.(\w+)/.exec(message);
  const ofGroup = /^api-keys\.([\w-]{1,40}): unsupported group field ([\w.-]{1,60})/.exec(message);
  if (ofGroup) return { code: 'file-field', field: safeText(ofGroup[2]!, []), family: ofGroup[1]! };
  if (ofKey) {
    const [, family = 'api-keys'] = FAMILY_OF_TYPE.find(([pattern]) => pattern.test(ofKey[2]!)) ?? [];
    return { code: 'file-field', field: safeText(ofKey[1]!, []), family };
  }
  const [place] = /^api-keys(?:\.[\w-]{1,40}(?:\[\d+\])?)+/.exec(message) ?? [];
  if (status >= 500 && !place) return undefined;
  const [, section] = /^(?:unknown|legacy) .*?(?:section|provider|field) ([\w-]{1,40})/.exec(message) ?? [];
  return { code: 'file-refused', place: safeText(place ?? section ?? 'api-keys', []) };
}

function classifyForbidden(error: string | undefined, text: string, now: number): Failure {
  const wait = /Try again in ((?:\d+h)?(?:\d+m)?(?:\d+s)?)/.exec(error ?? '')?.[1];
  if (error?.startsWith('IP banned')) return { code: 'banned', until: now + goDuration(wait || '30m') };
  if (error === 'remote management disabled') return { code: 'remote-disabled' };
  if (error === 'remote management key not set') return { code: 'key-not-set' };
  return { code: 'forbidden', status: 403, text };
}

/** A Go duration of hours, minutes and seconds in milliseconds: `29m58s`. */
function goDuration(text: string): number {
  const [, h = '0', m = '0', s = '0'] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text) ?? [];
  return ((Number(h) * 60 + Number(m)) * 60 + Number(s)) * 1000;
}

function errorText(body: string): string | undefined {
  const error = (jsonOrUndefined(body) as { error?: unknown } | null | undefined)?.error;
  return typeof error === 'string' ? error : undefined;
}
