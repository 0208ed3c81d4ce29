import { HIDDEN } from '../hidden-signs';

/**
 * What a model is for, by its name alone: relays' lists carry no reliable field for it. `odd`: the name holds hidden
 * characters, so that nobody could ask for it.
 */
export type ModelKind = 'chat' | 'odd' | 'embedding' | 'image' | 'video' | 'audio' | 'rerank' | 'moderation';

/** Tried in order; the first match decides. Anything else can chat. */
const KINDS: readonly [ModelKind, RegExp][] = [
  ['odd', HIDDEN],
  ['rerank', /rerank/],
  ['embedding', /embed|(?:^|[/_-])(?:bge|gte|e5|m3e|voyage|bce)-|multilingual-e5/],
  ['moderation', /moderation|(?:llama|prompt|qwen\d?).*guard|^guard|shieldgemma/],
  [
    'video',
    /(?:^|[/_.-])(?:sora|veo|kling|runway|wan\d|hailuo|vidu|pika|luma|seedance|hunyuanvideo|cogvideox?)|(?:t2v|i2v|text2video|-video(?:-|$))|nova-reel|^video-\d/,
  ],
  [
    'image',
    /dall-?e|gpt-image|stable-?diffusion|(?:^|[/_-])(?:sd[x3]?l?|sdxl|flux|midjourney|mj|imagen|ideogram|recraft|seedream|kolors|cogview|playground-v|hidream|nano-banana)(?:[-_.\d]|$)|qwen-image|wanx|swap_?face|-image(?:-|$)|image-(?:preview|generation)|t2i|i2i|seededit|nova-canvas/,
  ],
  [
    'audio',
    /whisper|(?:^|[/_-])tts(?:[-_.\d]|$)|-tts|speech|transcribe|(?:^|[/_-])(?:asr|suno|cosyvoice|sensevoice|fish-audio|chirp|udio)|voice(?:-|$)|^lyria|-realtime|-audio(?:-|$)|nova-sonic/,
  ],
];

export function modelKind(name: string): ModelKind {
  const lower = name.toLowerCase();
  return KINDS.find(([, pattern]) => pattern.test(lower))?.[0] ?? 'chat';
}

/** Vendors by words in their model names; used to choose "by family". */
const FAMILIES: readonly [string, RegExp][] = [
  ['Claude', /claude|anthropic/],
  ['Gemini', /gemini|gemma|palm-/],
  ['DeepSeek', /deepseek/],
  ['Qwen', /qwen|qwq|qvq|tongyi/],
  ['GLM', /(?:^|[/_-])(?:glm|chatglm|zhipu)/],
  ['Kimi', /kimi|moonshot/],
  ['MiniMax', /minimax|abab/],
  ['Grok', /grok/],
  ['Llama', /llama/],
  ['Mistral', /mistral|mixtral|codestral|ministral|magistral|devstral|pixtral/],
  ['Doubao', /doubao|skylark/],
  ['Hunyuan', /hunyuan/],
  ['ERNIE', /ernie/],
  ['Spark', /spark/],
  ['Step', /(?:^|[/_-])step-/],
  ['GPT', /gpt|(?:^|\/)o[1-9](?:-|$)|chatgpt|codex|davinci|babbage/],
];

/** `GPT`, `Claude` … or undefined. */
export function modelFamily(name: string): string | undefined {
  const lower = name.toLowerCase();
  return FAMILIES.find(([, pattern]) => pattern.test(lower))?.[0];
}
