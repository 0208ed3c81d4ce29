import type { ReactNode, RefObject } from 'react';
import { useTranslation } from '../use-translation';
import type { Failure } from '../../core/failures/failure';
import type { ConnectionView } from '../../core/view/view';
import { mayReach, type Wanted } from '../may-reach';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { useView } from '../use-view';
import { startOf, useWanted } from './use-import';

interface Remedy {
  label: string;
  /**
   * Beside another try: in its place, where nothing is sent until it is done; before it, where the try would end the same
   * way without it; after it, where it may help.
   */
  place: 'instead' | 'before' | 'after';
  run(): unknown;
}

/** Where it failed, if at another CLIProxyAPI than the one that the page looks at, and what tries again there. */
interface Elsewhere {
  connection: ConnectionView;
  wanted(): Wanted;
  again(): unknown;
}

/** What one click can do about a failure, besides trying again. `keyId` undefined: it is about many keys. */
export function useRemedy(
  failure: Failure,
  keyId: string | undefined,
  elsewhere?: Elsewhere,
): Remedy | undefined {
  const { t } = useTranslation();
  const context = usePage();
  const { page, imports } = context;
  const view = useView();
  const connection = elsewhere?.connection ?? view.connection;
  const wanted = useWanted();
  if (failure.code === 'relay-permission' || failure.code === 'host-permission') {
    const { host } = failure;
    const asked = failure.code === 'host-permission' ? connection : view.keys.find(({ id }) => id === keyId);
    if (!asked) return undefined;
    const run = async (): Promise<void> => {
      const place = { host, pattern: asked.pattern, granted: false };
      const own: Wanted = wanted() ?? (keyId === undefined ? undefined : { kind: 'import', id: keyId });
      if (!(await mayReach(context, place, elsewhere ? elsewhere.wanted() : own))) return;
      if (elsewhere) elsewhere.again();
      else if (keyId !== undefined) await imports.open(keyId, startOf(imports.getState()) ?? {});
    };
    return { label: t('cpa.allow', { host }), place: 'before', run };
  }
  const leads = SETTLED_IN_SETTINGS[failure.code];
  return (
    leads && {
      label: t(`sheet.remedy.${leads}`),
      place: PLACES[leads],
      run: () => page.openOptions('#/cliproxyapi'),
    }
  );
}

/** The remedy of a failure as a button in its note. */
export function FailureActions({ failure, keyId }: { failure: Failure; keyId: string }): ReactNode {
  const remedy = useRemedy(failure, keyId);
  return (
    remedy && (
      <Button small onClick={() => void remedy.run()}>
        {remedy.label}
      </Button>
    )
  );
}

/** In the foot of what failed: the remedy and another try, first to the eye whichever can help. */
export function FailureFoot({
  failure,
  keyId,
  primary,
}: {
  failure: Failure;
  keyId: string;
  primary?: RefObject<HTMLButtonElement | null>;
}): ReactNode {
  const { t } = useTranslation();
  const { imports } = usePage();
  const remedy = useRemedy(failure, keyId);
  const again = {
    label: t('common.retry'),
    run: () => imports.open(keyId, startOf(imports.getState()) ?? {}),
  };
  // What is first to the eye stands last.
  const ways = remedy
    ? { instead: [remedy], before: [again, remedy], after: [remedy, again] }[remedy.place]
    : [again];
  return ways.map(({ label, run }, at) => (
    <Button
      key={label}
      {...(at === ways.length - 1 && { look: 'primary', ...(primary && { ref: primary }) })}
      onClick={() => void run()}
    >
      {label}
    </Button>
  ));
}

const PLACES = { key: 'instead', address: 'before', look: 'after' } as const;

/** What is settled on CLIProxyAPI's page: the key or the address must change there, or it may be looked at. */
const SETTLED_IN_SETTINGS: Partial<Record<Failure['code'], 'key' | 'address' | 'look'>> = {
  'not-configured': 'address',
  'key-missing': 'key',
  'key-refused': 'key',
  'key-not-received': 'key',
  banned: 'look',
  'remote-disabled': 'look',
  'key-not-set': 'key',
  forbidden: 'look',
  'management-off': 'look',
  unreachable: 'look',
  timeout: 'look',
  tls: 'address',
  'wants-https': 'address',
  redirected: 'address',
  'not-cliproxyapi': 'address',
  'reply-html': 'look',
  'reply-shape': 'look',
  'too-old': 'look',
};

/** What else is of the CLIProxyAPI and not of the key, its relay or what was typed. */
const OF_SERVER: ReadonlySet<Failure['code']> = new Set([
  'host-permission',
  'cut-short',
  'too-large',
  'reply-not-json',
  'feature-missing',
  'collapsed',
  'example-keys',
  'save-failed',
  'server-error',
  'rejected',
  'list-unclear',
  'list-too-new',
  'field-too-new',
  'file-not-text',
  'file-without-keys',
  'file-not-shown',
  'file-twin',
  'file-field',
  'file-refused',
  'file-differs',
  'file-layout',
]);

/** Whether it is so at this CLIProxyAPI, while another one may take the key. */
export const isOfServer = ({ code }: Failure): boolean => code in SETTLED_IN_SETTINGS || OF_SERVER.has(code);
