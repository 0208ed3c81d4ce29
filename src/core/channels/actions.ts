/** What a write does to a channel, as the journal calls it. Apart from the rest: storage knows these before anything else. */
export const CHANNEL_ACTIONS = ['create', 'copy', 'update', 'edit', 'switch', 'sync', 'delete'] as const;
export type ChannelAction = (typeof CHANNEL_ACTIONS)[number];

/** Whether a write makes a channel that was not there. */
export const isMaking = (action: ChannelAction): boolean => action === 'create' || action === 'copy';
