import { bareKey } from '../core/key-text';
import { OPTIONAL_PREFIX } from '../core/accounts/relay-family';
import type { Result } from '../core/failures/result';
import type { Ports } from './ports';

/**
 * Forgets what History holds of removed keys, on the device and for the session; with null all that it holds. An undo that
 * needs one of them takes it from CLIProxyAPI's list, or is refused.
 */
export async function forgetSecrets(
  ports: Pick<Ports, 'journal' | 'session'>,
  keys: readonly string[] | null,
): Promise<Result<true>> {
  const gone = keys?.map((key) => bareKey(key, OPTIONAL_PREFIX));
  const forget = ({ secrets }: { secrets: Record<string, string> }): true => {
    for (const [print, secret] of Object.entries(secrets))
      if (!gone || gone.some((key) => secret.includes(key))) delete secrets[print];
    return true;
  };
  const session = await ports.session.change(forget);
  return session.ok ? ports.journal.change(forget) : session;
}
