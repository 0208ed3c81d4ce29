import type { ReactNode } from 'react';
import type { Channel } from '../../core/channels/channel';
import { editedAddress, editedKey } from '../../core/channels/edit';
import { CHANNEL_FORMATS, type ChannelFormat, type ChannelsView } from '../../core/channels/view';
import { Disclosure } from '../dialogs/disclosure';
import { UrlField } from '../dialogs/url-field';
import { Field, SecretField, SelectField } from '../parts/field';
import { CheckBox, TextLines } from '../parts/inputs';
import { sayWhole } from '../say';
import { useTranslation } from '../use-translation';
import { typeIn, type ChannelPlace, type ChannelTyped, type wrongIn } from './draft';

export interface MoreProps {
  channel: Channel;
  typed: ChannelTyped;
  edit(change: Partial<ChannelTyped>): void;
  wrong: ReturnType<typeof wrongIn>;
  place: ChannelPlace;
  site: ChannelsView['site'];
}

/** Where a channel leads, with what, and how; only what its server has. */
export function MoreFields(props: MoreProps): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Disclosure title={t('channels.way')} about={t('channels.wayHelp')}>
        <div className="flex flex-col gap-3">
          <Way {...props} />
        </div>
      </Disclosure>
      <Disclosure title={t('channels.rest')} about={t('channels.restHelp')}>
        <div className="flex flex-col gap-3">
          <Rest {...props} />
        </div>
      </Disclosure>
    </>
  );
}

function Way({ channel, typed, edit, wrong, place }: MoreProps): ReactNode {
  const { t, i18n } = useTranslation();
  const type = typeIn(channel, typed, place);
  const address = editedAddress(typed.baseUrl, type, place);
  const key = editedKey(typed.key, type, place);
  return (
    <>
      <UrlField
        label={t('channels.field.baseUrl')}
        help={t(channel.addressHidden ? 'channels.help.addressHidden' : 'channels.help.baseUrl')}
        wrong={wrong.baseUrl && !address.ok ? sayWhole(t, address.failure, i18n.language) : undefined}
        value={typed.baseUrl}
        onChange={({ target }) => edit({ baseUrl: target.value })}
      />
      {channel.manyKeys ? (
        <p>{t('channels.help.manyKeys')}</p>
      ) : (
        <SecretField
          label={t('channels.field.key')}
          help={t('channels.help.key')}
          wrong={wrong.key && !key.ok ? sayWhole(t, key.failure, i18n.language) : undefined}
          value={typed.key}
          onChange={({ target }) => edit({ key: target.value })}
        />
      )}
      {typed.format === null ? (
        <p>{t('channels.help.otherType', { type: channel.type })}</p>
      ) : (
        <SelectField<ChannelFormat>
          label={t('channels.field.type')}
          help={t('channels.help.type')}
          value={typed.format}
          onChange={(format) => edit({ format })}
          choices={CHANNEL_FORMATS.map((format) => [format, t(`channels.format.${format}`)])}
        />
      )}
    </>
  );
}

function Rest({ channel, typed, edit, wrong, site }: MoreProps): ReactNode {
  const { t } = useTranslation();
  const line = (field: 'tag' | 'remark' | 'testModel', help?: string): ReactNode => (
    <Field
      label={t(`channels.field.${field}`)}
      help={help}
      value={typed[field]}
      onChange={({ target }) => edit({ [field]: target.value })}
    />
  );
  const json = (field: 'paramOverride' | 'statusMapping'): ReactNode =>
    channel[field] !== undefined && (
      <TextLines
        label={t(`channels.field.${field}`)}
        help={wrong[field] ? t('channels.wrong.json') : t(`channels.help.${field}`)}
        rows={2}
        value={typed[field]}
        onChange={(value) => edit({ [field]: value })}
      />
    );
  return (
    <>
      {site.tags && line('tag')}
      {channel.remark !== undefined && line('remark')}
      {channel.testModel !== undefined && line('testModel', t('channels.help.testModel'))}
      {channel.autoBan !== undefined && (
        <CheckBox checked={typed.autoBan} onChange={(autoBan) => edit({ autoBan })}>
          {t('channels.field.autoBan')}
        </CheckBox>
      )}
      {json('paramOverride')}
      {json('statusMapping')}
      {channel.headers !== undefined && (
        <>
          <SecretField
            label={t('channels.field.headers')}
            help={t(`channels.headers.${channel.headers}`)}
            wrong={wrong.headers ? t('channels.wrong.json') : undefined}
            disabled={typed.noHeaders}
            value={typed.headers}
            onChange={({ target }) => edit({ headers: target.value })}
          />
          {channel.headers === 'set' && (
            <CheckBox checked={typed.noHeaders} onChange={(noHeaders) => edit({ noHeaders })}>
              {t('channels.headers.takeOut')}
            </CheckBox>
          )}
        </>
      )}
    </>
  );
}
