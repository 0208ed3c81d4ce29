import { hostOf } from '../../core/base-url';
import type { Failure } from '../../core/failures/failure';
import { fail, type Result } from '../../core/failures/result';
import { groupBy } from '../../core/group-by';
import { isKeyText } from '../../core/key-text';
import type { KeyFacts } from './find-key';
import { askRelay, isVain, revealKey, type RevealNeeds } from './reveal-key';

/**
 * The texts of several keys: those of one account with one call, which counts as one reveal for each hundred
 * (seen on running servers). A key that could not be had says why; the others go on.
 */
export async function revealKeys(
  ports: RevealNeeds,
  keys: readonly KeyFacts[],
): Promise<Map<string, Result<string>>> {
  const session = await ports.session.read();
  const known = session.ok ? session.value.revealed : {};
  const masked = keys.flatMap(({ id, source }) =>
    source.kind === 'account' && !known[id] && !isVain(ports, source.account, source.listed)
      ? [{ id, account: source.account, remoteId: source.listed.remoteId }]
      : [],
  );
  const failures = new Map<string, Failure>();
  for (const some of groupBy(masked, ({ account }) => account.id).values()) {
    const [first] = some;
    if (!first || some.length < 2) continue;
    const { account } = first;
    const ids = some.map(({ remoteId }) => remoteId);
    const revealed = await askRelay(ports, account, ids);
    // A server that knows no batch: its keys are revealed one by one.
    if (!revealed.ok && revealed.failure.code === 'relay-not-found') continue;
    const failure: Failure = revealed.ok
      ? { code: 'key-unrevealed', host: hostOf(account.siteUrl) }
      : revealed.failure;
    for (const { id } of some) failures.set(id, failure);
    if (!revealed.ok) continue;
    await ports.session.change((document) => {
      for (const { id, remoteId } of some) {
        const text = revealed.value.get(remoteId);
        if (text === undefined || !isKeyText(text)) continue;
        document.revealed[id] = text;
        failures.delete(id);
      }
    });
  }
  const texts = new Map<string, Result<string>>();
  for (const key of keys) {
    const failure = failures.get(key.id);
    texts.set(key.id, failure ? fail(failure) : await revealKey(ports, key));
  }
  return texts;
}
