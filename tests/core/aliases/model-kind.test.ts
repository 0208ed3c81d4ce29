import { describe, expect, test } from 'vitest';
import { modelFamily, modelKind, type ModelKind } from '../../../src/core/aliases/model-kind';

/** Names as relays list them. One that is misjudged is left out of an import, or imported for nothing. */
const NAMES: Record<Exclude<ModelKind, 'odd'>, string> = {
  chat: `
    gpt-4o gpt-4o-mini gpt-4o-2024-11-20 chatgpt-4o-latest gpt-4.1 gpt-4.1-nano gpt-4-turbo
    gpt-4-vision-preview gpt-3.5-turbo-0125 gpt-4o-search-preview gpt-5 gpt-5-codex
    gpt-5.1-chat-latest gpt-oss-120b o1 o1-pro o3-mini o4-mini-deep-research codex-mini-latest
    computer-use-preview claude-3-5-haiku-20241022 claude-3-7-sonnet-20250219-thinking
    claude-sonnet-4-5 claude-opus-4-1 anthropic/claude-3.5-sonnet:beta gemini-2.5-pro
    gemini-2.5-flash-lite gemini-2.0-flash-thinking-exp models/gemini-1.5-pro gemma-3-27b-it
    grok-2-vision grok-4-fast-reasoning grok-code-fast-1 deepseek-chat deepseek-r1 deepseek-reasoner
    deepseek-ai/DeepSeek-V3.1 deepseek-r1-distill-llama-70b deepseek-vl2 qwen-vl-max qwen-max-latest
    qwen3-coder-plus Qwen/Qwen2.5-VL-72B-Instruct Qwen/QwQ-32B qvq-72b-preview qwen-omni-turbo
    qwen-long glm-4.6 glm-4v-plus THUDM/GLM-4-9B-0414 glm-z1-airx kimi-k2-0905-preview
    moonshot-v1-128k-vision-preview MiniMax-Text-01 MiniMax-M2 abab6.5s-chat llama-3.3-70b-versatile
    meta-llama/Llama-4-Maverick-17B-128E-Instruct mistral-large-latest mixtral-8x22b-instruct
    codestral-2501 pixtral-12b magistral-medium-2506 command-r-plus command-a-03-2025 nova-lite
    amazon.nova-pro-v1:0 doubao-seed-1-6-thinking-250715 doubao-1.5-vision-pro-32k
    hunyuan-turbos-latest hunyuan-large-vision ernie-4.5-turbo-vl spark-max-32k yi-lightning
    yi-vision internvl3-78b step-2-16k sonar-pro phi-4-multimodal-instruct Baichuan4-Turbo solar-pro
    jamba-1.5-large longcat-flash-chat ling-1t glm-4-flashx seed-oss-36b-instruct
    tngtech/deepseek-r1t2-chimera:free gpt-4-all o3-pro llava-v1.6-34b wizardlm-2-8x22b
    mimo-v2-flash gpt-4o-mini-2024-07-18 hermes-4-405b nemotron-nano-9b-v2
  `,
  embedding: `
    text-embedding-3-large text-embedding-3-small text-embedding-ada-002 text-embedding-v4 bge-m3
    BAAI/bge-m3 BAAI/bge-large-zh-v1.5 gte-Qwen2 Alibaba-NLP/gte-Qwen2-7B-instruct gte-large
    m3e-base e5-mistral-7b-instruct intfloat/multilingual-e5-large-instruct jina-embeddings-v3
    mistral-embed voyage-3-large nomic-embed-text netease-youdao/bce-embedding-base_v1
    gemini-embedding-001 Qwen/Qwen3-Embedding-8B doubao-embedding-text-240715 embedding-2
    amazon.titan-embed-text-v2:0 cohere-embed-v4.0 codestral-embed-2505
  `,
  image: `
    dall-e-3 dall-e-2 gpt-image-1 gpt-image-1-mini gemini-2.5-flash-image
    gemini-2.5-flash-image-preview gemini-2.0-flash-preview-image-generation
    gemini-3-pro-image-preview nano-banana flux-1.1-pro flux-kontext-max
    black-forest-labs/FLUX.1-schnell stable-diffusion-3-5-large
    stabilityai/stable-diffusion-xl-base-1.0 sd3.5-large imagen-4 imagen-4.0-generate-001 midjourney
    mj_imagine ideogram-v3 recraft-v3 Kwai-Kolors/Kolors cogview-4 qwen-image qwen-image-edit
    wanx2.1-t2i-turbo doubao-seedream-4-0-250828 grok-2-image doubao-seededit-3-0-i2i-250628
    amazon.nova-canvas-v1:0
  `,
  video: `
    sora-2 sora-2-pro veo-3 veo-3.0-generate-001 veo3-fast kling-v1 kling-v2-1-master runway-gen-4
    wan2.2-t2v-plus wan2.2-i2v-flash Wan-AI/Wan2.1-T2V-14B MiniMax-Hailuo-02 viduq1 pika-2.2
    luma-ray-2 doubao-seedance-1-0-pro-250528 cogvideox-3 hunyuan-video amazon.nova-reel-v1:1
    video-01
  `,
  audio: `
    whisper-1 whisper-large-v3-turbo tts-1 tts-1-hd gpt-4o-mini-tts gpt-4o-transcribe
    gpt-4o-audio-preview gpt-4o-mini-audio-preview gpt-audio gpt-4o-realtime-preview gpt-realtime
    gemini-2.5-flash-preview-tts gemini-2.5-flash-native-audio-preview-09-2025 qwen3-tts-flash
    qwen3-asr-flash speech-02-hd suno_music FunAudioLLM/CosyVoice2-0.5B FunAudioLLM/SenseVoiceSmall
    fishaudio/fish-speech-1.5 glm-4-voice lyria-002 chirp-v4 amazon.nova-sonic-v1:0
  `,
  rerank: `
    jina-reranker jina-reranker-v2-base-multilingual BAAI/bge-reranker-v2-m3
    rerank-multilingual-v3.0 gte-rerank-v2 Qwen/Qwen3-Reranker-8B
    netease-youdao/bce-reranker-base_v1 rerank-v3.5
  `,
  moderation: `
    omni-moderation-latest text-moderation-stable mistral-moderation-latest llama-guard
    meta-llama/Llama-Guard-4-12B llama-prompt-guard-2-86m shieldgemma-9b Qwen/Qwen3Guard-Gen-8B
  `,
};

const words = (text: string): string[] => text.trim().split(/\s+/);

describe.each(Object.entries(NAMES) as [ModelKind, string][])('a model for %s', (kind, names) => {
  test.each(words(names))('is %s', (name) => {
    expect(modelKind(name)).toBe(kind);
    expect(modelKind(name.toUpperCase())).toBe(kind);
  });
});

test.each(['gpt\t4o', 'gpt-4o\u0007', 'text-embedding\n3'])('%j has signs that nobody can ask for', (name) =>
  expect(modelKind(name)).toBe('odd'),
);

test.each([
  ['openai/gpt-4o', 'GPT'],
  ['o3-mini', 'GPT'],
  ['codex-mini-latest', 'GPT'],
  ['anthropic/claude-opus-4', 'Claude'],
  ['gemini-2.5-pro', 'Gemini'],
  ['deepseek-r1-distill-qwen-32b', 'DeepSeek'],
  ['Qwen/QwQ-32B', 'Qwen'],
  ['glm-4.6', 'GLM'],
  ['kimi-k2', 'Kimi'],
  ['MiniMax-M2', 'MiniMax'],
  ['grok-4', 'Grok'],
  ['meta-llama/Llama-4', 'Llama'],
  ['codestral-2501', 'Mistral'],
  ['doubao-seed-1-6', 'Doubao'],
  ['hunyuan-lite', 'Hunyuan'],
  ['ernie-4.5', 'ERNIE'],
  ['step-2-16k', 'Step'],
  ['command-r-plus', undefined],
  ['yi-lightning', undefined],
])('%s is of the family %s', (name, family) => expect(modelFamily(name)).toBe(family));
