import type { ModelRules } from './model-rules';
import type { SyncSettings } from './run';

/** The rules that a channel has of its own; undefined: those of the site hold. */
export const ownRulesOf = (
  { own = [] }: Pick<SyncSettings, 'own'>,
  channelId: number,
): ModelRules | undefined => own.find((one) => one.channelId === channelId)?.rules;

/** How one channel is synced: as all, by rules of its own, or not at all. Rules of its own outlast its being skipped. */
export type ChannelSync = { kind: 'site' | 'skip' } | { kind: 'own'; rules: ModelRules };

export function channelSyncOf(settings: Pick<SyncSettings, 'skip' | 'own'>, channelId: number): ChannelSync {
  const rules = ownRulesOf(settings, channelId);
  if (settings.skip.includes(channelId)) return { kind: 'skip' };
  return rules ? { kind: 'own', rules } : { kind: 'site' };
}

/** The settings with one channel synced in another way. */
export function withChannelSync<S extends Pick<SyncSettings, 'skip' | 'own'>>(
  settings: S,
  channelId: number,
  sync: ChannelSync,
): S {
  const skip = settings.skip.filter((id) => id !== channelId);
  if (sync.kind === 'skip') return { ...settings, skip: [...skip, channelId] };
  const others = (settings.own ?? []).filter((one) => one.channelId !== channelId);
  const own = sync.kind === 'own' ? [...others, { channelId, rules: sync.rules }] : others;
  return { ...settings, skip, own };
}

/** The settings without channels that are gone: another one may get the number. */
export const withoutChannels = (
  settings: SyncSettings,
  gone: (channelId: number) => boolean,
): SyncSettings => ({
  ...settings,
  skip: settings.skip.filter((id) => !gone(id)),
  ...(settings.own && { own: settings.own.filter(({ channelId }) => !gone(channelId)) }),
});
