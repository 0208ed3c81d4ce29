import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Failure } from '../../src/core/failures/failure';
import { ROOT } from '../build-extension.ts';

/** The sentences that the extension itself has for a failure: what happened, and what to do. */
export function sayFailure(failure: Failure): string {
  const texts = JSON.parse(readFileSync(join(ROOT, 'locales/en.json'), 'utf8')) as {
    failure: Record<string, { what: string; next: string } | undefined>;
  };
  const { code, ...params } = failure;
  const sentences = texts.failure[code];
  if (!sentences) return `It failed with "${code}".`;
  const filled = `${sentences.what} ${sentences.next}`;
  return filled.replace(/\{\{(\w+)[^}]*\}\}/g, (_, name: string) => shown(name, params));
}

function shown(name: string, params: object): string {
  const value: unknown = Object.entries(params).find(([key]) => key === name)?.[1];
  if (name === 'until' && typeof value === 'number') return new Date(value).toLocaleTimeString();
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
