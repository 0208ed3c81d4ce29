import { expect, test } from 'vitest';
import { apiFormatOf, speaksList, type ApiFormatInput } from '../../../src/core/accounts/api-format';

const key = (more: Partial<ApiFormatInput>): ApiFormatInput => ({
  relay: 'new-api',
  group: '',
  models: null,
  ...more,
});

test.each<[string, Partial<ApiFormatInput>, string, string]>([
  ['no limits', {}, 'openai-compatibility', 'any-models'],
  ['limits that allow nothing', { models: [] }, 'openai-compatibility', 'any-models'],
  [
    'models of several makers',
    { models: ['gpt-4o', 'claude-3-5-haiku'] },
    'openai-compatibility',
    'any-models',
  ],
  ['Claude alone', { models: ['claude-3-5-haiku', 'anthropic/claude-4'] }, 'claude-api-key', 'only-claude'],
  ['Gemini alone', { models: ['gemini-2.5-pro'] }, 'gemini-api-key', 'only-gemini'],
  ['Codex alone', { models: ['gpt-5-codex', 'codex-mini-latest'] }, 'codex-api-key', 'only-codex'],
  ['GPT alone', { models: ['gpt-4o'] }, 'openai-compatibility', 'any-models'],
  ['a group for Claude', { group: 'Claude专用' }, 'claude-api-key', 'group-name'],
  ['a group for Claude Code', { group: 'vip-cc' }, 'claude-api-key', 'group-name'],
  ['a group for Codex', { group: 'codex' }, 'codex-api-key', 'group-name'],
  ['a group for Gemini', { group: 'gemini-cheap' }, 'gemini-api-key', 'group-name'],
  ['a group whose name only holds the letters', { group: 'success' }, 'openai-compatibility', 'any-models'],
  ['models before the group', { group: 'claude', models: ['gpt-4o'] }, 'openai-compatibility', 'any-models'],
  ['an older relay', { relay: 'one-api', models: ['claude-3'] }, 'openai-compatibility', 'any-models'],
  ['Sub2API, anthropic', { relay: 'sub2api', platform: 'anthropic' }, 'claude-api-key', 'platform'],
  ['Sub2API, openai', { relay: 'sub2api', platform: 'openai' }, 'codex-api-key', 'platform'],
  ['Sub2API, gemini', { relay: 'sub2api', platform: 'gemini' }, 'gemini-api-key', 'platform'],
  ['Sub2API, a new platform', { relay: 'sub2api', platform: 'x' }, 'openai-compatibility', 'platform'],
  [
    'Sub2API without a group, GPT alone',
    { relay: 'sub2api', models: ['gpt-5.2', 'gpt-5.2-codex'] },
    'codex-api-key',
    'platform',
  ],
  [
    'Sub2API without a group, Gemini alone',
    { relay: 'sub2api', models: ['gemini-3-pro'] },
    'gemini-api-key',
    'only-gemini',
  ],
  ['Sub2API whose models are not known', { relay: 'sub2api', models: [] }, 'claude-api-key', 'no-group'],
  ['Sub2API without a group', { relay: 'sub2api' }, 'claude-api-key', 'no-group'],
])('%s', (_name, more, list, reason) => {
  expect(apiFormatOf(key(more))).toEqual({ list, reason });
});

test.each<[string, Partial<ApiFormatInput>, Parameters<typeof speaksList>[1], string]>([
  ['any relay, chat completions', { relay: 'one-api' }, 'openai-compatibility', 'yes'],
  ['one that is not known, chat completions', { relay: null }, 'openai-compatibility', 'yes'],
  ['one that is not known, Claude', { relay: null }, 'claude-api-key', 'unknown'],
  ['New API, Claude', { models: ['claude-4'] }, 'claude-api-key', 'yes'],
  ['New API, Vertex', { models: ['gemini-2.5-pro'] }, 'vertex-api-key', 'unknown'],
  ['New API before its versions were told, Codex', { relay: 'new-api-old' }, 'codex-api-key', 'unknown'],
  ['One Hub, Codex', { relay: 'one-hub' }, 'codex-api-key', 'yes'],
  ['One Hub, Claude: below a path of its own', { relay: 'one-hub' }, 'claude-api-key', 'unknown'],
  ['One API, Claude', { relay: 'one-api' }, 'claude-api-key', 'no'],
  ['One API, Gemini', { relay: 'one-api' }, 'gemini-api-key', 'no'],
  ['One API, Interactions', { relay: 'one-api' }, 'interactions-api-key', 'no'],
  ['New API, Interactions', { models: ['gemini-2.5-pro'] }, 'interactions-api-key', 'unknown'],
  ['Sub2API, chat completions', { relay: 'sub2api', platform: 'openai' }, 'openai-compatibility', 'no'],
  ['Sub2API, its platform', { relay: 'sub2api', platform: 'anthropic' }, 'claude-api-key', 'yes'],
  ['Sub2API, another than its platform', { relay: 'sub2api', platform: 'anthropic' }, 'gemini-api-key', 'no'],
  ['Sub2API, by its models', { relay: 'sub2api', models: ['gemini-2.5-pro'] }, 'gemini-api-key', 'yes'],
  ['Sub2API, against its models', { relay: 'sub2api', models: ['gemini-2.5-pro'] }, 'codex-api-key', 'no'],
  ['Sub2API, nothing known of the key', { relay: 'sub2api', models: [] }, 'claude-api-key', 'unknown'],
  ['Sub2API, several vendors', { relay: 'sub2api', platform: 'antigravity' }, 'gemini-api-key', 'unknown'],
  ['Sub2API, xAI', { relay: 'sub2api', platform: 'openai' }, 'xai-api-key', 'unknown'],
])('whether it is spoken: %s', (_name, more, list, spoken) => {
  expect(speaksList(key(more), list)).toBe(spoken);
});
