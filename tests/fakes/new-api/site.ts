import { CHANNEL_TYPE_MODELS } from './channels/type-models';
import { json, success } from './reply';
import type { RelayState } from './state';
import { STATUS_DATA } from './site/status-data';
import type { Reply } from './types';

export const getStatus = (state: RelayState): Reply =>
  success({
    ...STATUS_DATA,
    self_use_mode_enabled: state.setUp,
    setup: state.setUp,
    start_time: state.startTime,
    system_name: state.systemName,
    version: state.version,
  });

export const getSetup = (state: RelayState): Reply =>
  json(200, {
    data: { status: state.setUp, root_init: false, database_type: state.setUp ? '' : 'sqlite' },
    success: true,
  });

/** Easily taken for the user's models, which it is not. */
export const getChannelTypeModels = (): Reply => json(200, { data: CHANNEL_TYPE_MODELS, success: true });
