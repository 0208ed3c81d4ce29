import type { TFunction } from 'i18next';
import { isProvedByRequest, type ProvedCard } from '../../core/cliproxyapi/proved-card';
import type { Running } from '../../core/cliproxyapi/card';
import { isUnproved, isUnusable } from '../../core/cliproxyapi/unusable';

/** How an import ended: what was done with the key, and what is known of its models now. */
export function sayResult(
  t: TFunction,
  card: ProvedCard,
  name: string,
): { title: string; text: string; tone: 'ok' | 'warn' | 'danger' } {
  const { served, total: count, basis, keyOnly, unsure, importId, missing } = card;
  const title = t(importId === '' ? 'result.checked' : 'result.imported', { name });
  const said = (degree: 'served' | 'byRequest' | 'partly' | 'keyOnly' | 'listed' | 'unsure'): string =>
    t(`result.${degree}`, { served, count });
  if (served === 0) {
    const reason = missing[0]?.reason ?? 'unknown';
    const degree = isUnproved(reason) ? 'unproved' : isUnusable(reason) ? 'unusable' : 'unserved';
    return { title, text: t(`result.${degree}`), tone: degree === 'unserved' ? 'danger' : 'warn' };
  }
  if (served < count) return { title, text: said('partly'), tone: 'warn' };
  if (basis !== 'registry') return { title, text: said('listed'), tone: 'warn' };
  if (keyOnly) return { title, text: said('keyOnly'), tone: 'warn' };
  if (unsure) return { title, text: said('unsure'), tone: 'warn' };
  return { title, text: said(isProvedByRequest(card) ? 'byRequest' : 'served'), tone: 'ok' };
}

/** It is written, and only asked about. */
export const isChecking = (running: Running | null): boolean =>
  running?.stage === 'asking' || running?.stage === 'trying';

/** How far an import is that was sent; null: it waits. */
export function sayStage(t: TFunction, running: Running | null): string {
  const { stage = 'waiting', served: done = 0, total: count = 0 } = running ?? {};
  return (stage === 'asking' || stage === 'trying') && count > 0
    ? t(`result.counted.${stage}`, { done, count })
    : t(`result.stage.${stage}`);
}
