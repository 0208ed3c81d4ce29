import { ok, type Result } from '../../core/result';
import type { Settings } from '../../core/view/settings';
import type { Ports } from '../ports';

export async function saveSettings(
  ports: Pick<Ports, 'saved' | 'pages'>,
  settings: Settings,
): Promise<Result<true>> {
  const saved = await ports.saved.change((document) => {
    document.settings = settings;
  });
  if (!saved.ok) return saved;
  await ports.pages.notify();
  return ok(true);
}
