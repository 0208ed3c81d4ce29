import { expect, test } from 'vitest';
import type { Handoff } from '../../../src/core/handoff/handoff';
import { manyTexts } from '../../../src/core/handoff/many-texts';

const handoff = (name: string, more: Partial<Handoff> = {}): Handoff => ({
  name,
  address: 'https://r1.example',
  key: 'sk-LabFake1',
  speaks: 'openai-compatibility',
  ...more,
});

test('many keys in a .env have names of their own, and a comment that stays one line', () => {
  const text = manyTexts('env', [
    handoff('Hoshi'),
    handoff('Two\nOPENAI_API_KEY=evil', { key: 'sk-LabFake2' }),
    handoff('Claude', { speaks: 'claude-api-key' }),
  ]);
  expect(text.split('\n')).toEqual([
    '# Hoshi',
    'OPENAI_BASE_URL=https://r1.example/v1',
    'OPENAI_API_KEY=sk-LabFake1',
    '',
    '# Two OPENAI_API_KEY=evil',
    'OPENAI_BASE_URL_2=https://r1.example/v1',
    'OPENAI_API_KEY_2=sk-LabFake2',
    '',
    '# Claude',
    'ANTHROPIC_BASE_URL=https://r1.example',
    'ANTHROPIC_AUTH_TOKEN=sk-LabFake1',
    '',
  ]);
});

test('many keys as pairs stand one below the other', () => {
  expect(manyTexts('pair', [handoff('A'), handoff('B', { key: 'sk-LabFake2' })])).toBe(
    'https://r1.example/v1\nsk-LabFake1\n\nhttps://r1.example/v1\nsk-LabFake2\n',
  );
});
