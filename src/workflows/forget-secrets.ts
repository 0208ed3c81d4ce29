import { bareKey } from '../core/key-text';
import { OPTIONAL_PREFIX } from '../core/accounts/relay-family';
import type { Result } from '../core/failures/result';
import type { Ports } from './ports';

type Needs = Pick<Ports, 'journal' | 'session'>;

/**
 * Forgets what History holds of removed keys, on the device and for the session. An undo that needs one of them takes it
 * from CLIProxyAPI's list, or is refused.
 */
export function forgetSecrets(ports: Needs, keys: readonly string[]): Promise<Result<true>> {
  const gone = keys.map((key) => bareKey(key, OPTIONAL_PREFIX));
  return forgetWhere(ports, (_, secret) => gone.some((key) => secret.includes(key)));
}

/** The same for the secrets with these fingerprints. */
export const forgetPrints = (ports: Needs, isGone: (print: string) => boolean): Promise<Result<true>> =>
  forgetWhere(ports, isGone);

async function forgetWhere(
  ports: Needs,
  isGone: (print: string, secret: string) => boolean,
): Promise<Result<true>> {
  const forget = ({ secrets }: { secrets: Record<string, string> }): true => {
    for (const [print, secret] of Object.entries(secrets)) if (isGone(print, secret)) delete secrets[print];
    return true;
  };
  const session = await ports.session.change(forget);
  return session.ok ? ports.journal.change(forget) : session;
}
