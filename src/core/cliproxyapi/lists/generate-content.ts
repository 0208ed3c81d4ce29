import type { ChatRequest } from './list-traits';

/** Google's chat; the address names the model. */
export const generateContent = (model: string, key: string): ChatRequest => ({
  url: `${model}:generateContent`,
  headers: { 'x-goog-api-key': key },
  body: {
    contents: [{ role: 'user', parts: [{ text: 'Hi' }] }],
    generationConfig: { maxOutputTokens: 1 },
  },
  answer: 'candidates',
});
