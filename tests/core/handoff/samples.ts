import type { Handoff } from '../../../src/core/handoff/handoff';

export const KEY = 'sk-LabHandoff+Fake/Key=0001';

export const handoff = (more: Partial<Handoff> = {}): Handoff => ({
  name: 'Hoshi Relay',
  address: 'https://r1.example/v1',
  key: KEY,
  speaks: 'openai-compatibility',
  ...more,
});

/** Names that links are apt to break on. */
export const NAMES = [
  'Hoshi Relay',
  `It's "mine" (really)`,
  '星河中转（主力）',
  'a&b=c#d?e%20f+g/h\\i',
  'x’y “z” 😀',
  '<script>',
];

/** Base64 as strict programs read it: the standard alphabet, whole groups of four. */
export function fromBase64(text: string): string {
  if (!/^(?:[\w+/]{4})*(?:[\w+/]{2}==|[\w+/]{3}=)?$/.test(text) || /[_-]/.test(text))
    throw new Error('no standard base64');
  return Buffer.from(text, 'base64').toString('utf8');
}

/** The query as the browser's own URL reads it. */
export const queryOf = (link: string): URLSearchParams => new URL(link).searchParams;
