import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import {
  CC_SWITCH_APPS,
  CC_SWITCH_NAMES,
  ccSwitchEndpoint,
  ccSwitchLink,
  type CcSwitchApp,
} from '../../core/handoff/cc-switch';
import { proposeApp } from '../../core/handoff/propose-app';
import { targetOf } from '../../core/handoff/targets';
import type { KeyView } from '../../core/view/view';
import { usePage } from '../page-context';
import { CheckBox } from '../parts/inputs';
import { Field } from '../parts/field';
import { Note } from '../parts/note';
import { ModelField } from '../models/model-field';
import { useChatModels } from '../models/use-chat-models';
import { HandOverForm } from './hand-over-form';
import { useHandOver } from './use-hand-over';

/** Which app, which model, by which name; the app that fits the key is proposed. */
export function CcSwitchForm({ keyView }: { keyView: KeyView }): ReactNode {
  const { t } = useTranslation();
  const { page, handoff, toast } = usePage();
  const relay = useChatModels(keyView);
  const models = relay.names;
  const { speaks } = keyView;
  const proposed = proposeApp({ speaks, name: keyView.name }, models);
  const [picked, setPicked] = useState<CcSwitchApp | null>(null);
  const [model, setModel] = useState('');
  const [name, setName] = useState(providerName(keyView));
  const [enabled, setEnabled] = useState(false);
  const over = useHandOver(keyView);
  const app = picked ?? proposed.app;
  const appName = CC_SWITCH_NAMES[app];
  const target = targetOf('cc-switch').name;
  const submit = (): Promise<void> =>
    over.hand(async (given) => {
      const named = { ...given, name: name.trim() || given.name };
      await page.openLink(ccSwitchLink(named, { app, model, enabled }));
      handoff.close();
      toast.plain(t('handoff.opened', { name: target }));
    });
  return (
    <HandOverForm
      over={over}
      models={relay}
      submit={t('handoff.open', { name: target })}
      onSubmit={() => void submit()}
    >
      <fieldset>
        <legend className="mb-1 font-medium">{t('ccSwitch.app')}</legend>
        <div className="grid grid-cols-3 gap-x-3 max-[360px]:grid-cols-2">
          {CC_SWITCH_APPS.map((one) => (
            <label key={one} className="flex min-h-7 cursor-pointer items-center gap-2">
              <input type="radio" name="app" checked={app === one} onChange={() => setPicked(one)} />
              {CC_SWITCH_NAMES[one]}
            </label>
          ))}
        </div>
        <div className="mt-1 text-xs text-ink-3 [overflow-wrap:anywhere]">
          {app === proposed.app && (
            <p>{t(`ccSwitch.why.${proposed.why}`, { api: t(`speaks.${speaks}`), app: appName })}</p>
          )}
          <p>{t('ccSwitch.endpoint', { app: appName, endpoint: ccSwitchEndpoint(app, keyView.address) })}</p>
        </div>
      </fieldset>
      <ModelField
        label={t('ccSwitch.model')}
        help={t(models && models.length > 0 ? 'ccSwitch.modelHelp' : 'ccSwitch.modelTyped', {
          count: models?.length ?? 0,
          app: appName,
        })}
        models={models}
        value={model}
        onChange={setModel}
      />
      <Field label={t('ccSwitch.name')} value={name} onChange={(event) => setName(event.target.value)} />
      <CheckBox checked={enabled} onChange={setEnabled}>
        {t('ccSwitch.enable', { app: appName })}
      </CheckBox>
      <Note>{t('ccSwitch.note')}</Note>
    </HandOverForm>
  );
}

/** CC Switch makes a provider of each key, so that the key's name belongs to it. */
const providerName = ({ name, relayName }: KeyView): string =>
  name === relayName ? relayName : `${relayName} · ${name}`;
