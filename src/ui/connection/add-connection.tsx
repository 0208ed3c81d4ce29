import { useRef, type FormEvent, type ReactNode } from 'react';
import { freeColour } from '../../core/connection/colours';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { useTranslation } from '../use-translation';
import { useView } from '../use-view';
import { ConnectionFields } from './connection-fields';
import { NameFields } from './name-fields';
import { allConnections } from '../../core/view/connections';
import { useConnectionForm } from './use-connection-form';

/** One more CLIProxyAPI: once it is saved, the page looks at it and checks it. */
export function AddConnection({ onClose }: { onClose(): void }): ReactNode {
  const { t } = useTranslation();
  const { lookAt } = usePage();
  const view = useView();
  const added = useRef(false);
  const colour = freeColour(allConnections(view).map((each) => each.colour));
  const form = useConnectionForm({
    colour,
    onAdded(proxyId) {
      added.current = true;
      return lookAt(proxyId);
    },
  });
  const { draft, edit } = form;
  const submit = async (event: FormEvent): Promise<void> => {
    await form.submit(event);
    // What came of the check stands below then.
    if (added.current) onClose();
  };
  return (
    <section className="panel mb-4 p-5" aria-label={t('connections.add')}>
      <h2 className="mb-3 text-md">{t('connections.add')}</h2>
      <ConnectionFields
        form={{ ...form, submit }}
        banned={false}
        isNew
        above={
          <NameFields
            name={draft.name ?? ''}
            colour={draft.colour ?? colour}
            host={t('connections.nameExample')}
            onChange={edit}
          />
        }
        beside={
          <Button look="quiet" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        }
      >
        {form.failure && <FailureNote failure={form.failure} />}
      </ConnectionFields>
    </section>
  );
}
