import { isMasked } from './mask';

/**
 * `prefixed`: its prefix marks it as a key. `bare`: as long and mixed as a key. `labelled`: only its label makes it a
 * key. `masked`: a mask, placeholder or variable in place of a key.
 */
export type KeyShape = 'prefixed' | 'bare' | 'labelled' | 'masked';

/** Longer than the longest key that relays give out (MiniMax: JWTs of about 800 characters). */
const MAX_CHARS = 2048;

/** `sk-` of OpenAI, Anthropic, New API and most others; then Google, Groq, xAI, Hugging Face, NVIDIA, Perplexity … */
const OPENAI_LIKE = /^sk[-_][\w.\-+/=~]{8,}$/i;
const OTHER_PREFIX =
  /^(?:AIza|gsk_|xai-|hf_|nvapi-|pplx-|r8_|[acfprt]k-|cr_|csk-|tgp_v1_|jina_|tvly-)[\w.-]{16,}$/;
/** Secrets of other services (code hosts, chats, clouds), which no relay gives out. */
const FOREIGN = /^(?:gh[opsur]_|github_pat_|glpat-|xox[abprs]-|AKIA|npm_|ssh-)/;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const MASK_INSIDE = /^[\w-]{2,}(?:\*{3,}|•{2,}|…|\.{3,})[\w-]{2,}$/;

/**
 * The kind of key that a word may be; undefined: no key. Model names hold dashes and dates, so an unlabelled word with
 * dashes must be longer and more mixed than those.
 */
export function keyShape(word: string, labelled: boolean): KeyShape | undefined {
  if (word.length > MAX_CHARS || FOREIGN.test(word)) return undefined;
  if (isPlaceholder(word)) return labelled || /^sk[-_]/i.test(word) ? 'masked' : undefined;
  if (isMasked(word) || word.includes('...')) return maskShape(word, labelled);
  if (OPENAI_LIKE.test(word) || (OTHER_PREFIX.test(word) && /\d/.test(word))) return 'prefixed';
  if (isBare(word)) return 'bare';
  return labelled && mayBeLabelled(word) ? 'labelled' : undefined;
}

/** `sk-xxxx`, `your-api-key`, `$OPENAI_API_KEY`, `{key}`: placeholders in guides. */
export function isPlaceholder(word: string): boolean {
  if (/^[$%]|^\{|your[-_]?\w*[-_]?(?:key|token)|^sk-(?:your|key)\b/i.test(word)) return true;
  const body = word.replace(/^sk[-_]/i, '').replace(/[-_.]/g, '');
  return /^(?:x{4,}|0{8,})$/i.test(body);
}

function maskShape(word: string, labelled: boolean): 'masked' | undefined {
  if (labelled || /^sk[-_]/i.test(word)) return /[\w*•…]/.test(word) ? 'masked' : undefined;
  return MASK_INSIDE.test(word) && /\d/.test(word) ? 'masked' : undefined;
}

function isBare(word: string): boolean {
  if (UUID.test(word)) return true;
  const mixed = /\d/.test(word) && /[a-z]/i.test(word);
  if (mixed && /^\w{32,}(?:\.\w{12,})?$/.test(word)) return true;
  return mixed && word.length >= 40 && /^[\w-]+$/.test(word) && /[a-z]/.test(word) && /[A-Z]/.test(word);
}

/** Some sites let users choose keys freely: with a label, anything but a plain word, number or path is one. */
function mayBeLabelled(word: string): boolean {
  if (!/^[\x21-\x7e]{8,}$/.test(word) || /^[\d.,:/-]+$/.test(word) || word.includes('://')) return false;
  return word.length >= 16 || (/\d/.test(word) && /[a-z]/i.test(word));
}
