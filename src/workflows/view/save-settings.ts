import type { Result } from '../../core/failures/result';
import type { Settings } from '../../core/view/settings';
import { changeAndNotify } from '../change-and-notify';
import type { Ports } from '../ports';

export const saveSettings = (ports: Ports, settings: Settings): Promise<Result<true>> =>
  changeAndNotify(ports, ports.saved, (document) => {
    document.settings = settings;
  });
