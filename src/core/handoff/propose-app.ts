import { apiFormatOf, type ApiFormat } from '../accounts/api-format';
import type { CcSwitchApp } from './cc-switch';

const APPS: Partial<Record<ApiFormat, CcSwitchApp>> = {
  'claude-api-key': 'claude',
  'codex-api-key': 'codex',
  'gemini-api-key': 'gemini',
};

export interface ProposedApp {
  app: CcSwitchApp;
  /** What it rests on: the key's own limits or group, its name, the models that its relay lists, or nothing of these. */
  why: 'speaks' | 'name' | 'models' | 'any';
}

/**
 * The app that a key fits. Where nothing says more than "OpenAI's chat API", which every relay speaks, it is OpenCode,
 * which speaks that too; `models` null: not known yet.
 */
export function proposeApp(
  key: { speaks: ApiFormat; name: string },
  models: readonly string[] | null,
): ProposedApp {
  const ways: [ProposedApp['why'], ApiFormat][] = [
    ['speaks', key.speaks],
    ['name', apiFormatOf({ relay: 'compatible', group: key.name, models: null }).list],
    ['models', apiFormatOf({ relay: 'compatible', group: '', models }).list],
  ];
  for (const [why, family] of ways) {
    const app = APPS[family];
    if (app) return { app, why };
  }
  return { app: 'opencode', why: 'any' };
}
