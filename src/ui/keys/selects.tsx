import type { TFunction } from 'i18next';
import { memo, type ReactNode } from 'react';
import type { Failure } from '../../core/failures/failure';
import type { NotServedReason } from '../../core/cliproxyapi/verdict';
import { nameOfConnection } from '../../core/view/connections';
import { ListSelect } from '../parts/list-controls';
import { GroupSelect, SortSelect, withChosen } from '../parts/list-selects';
import { sayFailure, sayReason } from '../say';
import { useTranslation } from '../use-translation';
import { useConnections } from '../use-view';
import { SORTS, type Choices, type KeyChoice } from './filter';
import type { Narrow } from './use-key-list';

interface SelectsProps {
  choices: Choices;
  choice: KeyChoice;
  narrow: Narrow;
  /** With the order; a table has it in its head. */
  sorts: boolean;
  className?: string;
}

/** Relay, group, state at the relay, reason and list, as far as there is a choice; and the order. Not drawn while one types. */
export const KeySelects = memo(function KeySelects(props: SelectsProps): ReactNode {
  const { t } = useTranslation();
  const { choices, choice, narrow, sorts, className = 'w-32' } = props;
  return (
    <>
      {(choices.relays.length > 1 || choice.relay !== null) && (
        <OneOf
          label={t('keysPage.relay')}
          any={t('keysPage.allRelays')}
          value={choice.relay}
          values={choices.relays}
          nameOf={(relay) => relay}
          onChoose={(relay) => narrow({ relay })}
          className={className}
        />
      )}
      <GroupSelect
        groups={choices.groups}
        value={choice.group}
        onChange={(group) => narrow({ group })}
        className={className}
      />
      {(choices.statuses.length > 1 || choice.status !== null) && (
        <OneOf
          label={t('keysPage.atRelay')}
          any={t('keysPage.anyStatus')}
          value={choice.status}
          values={choices.statuses}
          nameOf={(status) => t(`keysPage.status.${status}`)}
          onChoose={(status) => narrow({ status })}
          className={className}
        />
      )}
      <InProxy {...props} className={className} />
      {choices.proxies.length > 0 && <Lacking {...props} className={className} />}
      {sorts && (
        <SortSelect
          filter={choice}
          onSort={narrow}
          choices={SORTS.map((sort) => [sort, t(`keysPage.sort.${sort}`)])}
          turnable={choice.sort !== 'listed'}
        />
      )}
    </>
  );
});

/** Which CLIProxyAPI does not have them. */
function Lacking({ choice, narrow, className }: SelectsProps): ReactNode {
  const { t } = useTranslation();
  const all = useConnections();
  const names = new Map(all.map((connection) => [connection.id, nameOfConnection(connection)]));
  return (
    <OneOf
      label={t('connections.filter')}
      any={t('connections.anywhere')}
      value={choice.lacking}
      values={all.map(({ id }) => id)}
      nameOf={(id) => t('connections.lacking', { name: names.get(id) ?? '' })}
      onChoose={(lacking) => narrow({ lacking })}
      className={className}
    />
  );
}

/** Why keys are to be reviewed, and which list of CLIProxyAPI they are in. */
function InProxy({ choices, choice, narrow, className }: SelectsProps): ReactNode {
  const { t, i18n } = useTranslation();
  const sayReasonOf = (id: string): string =>
    sayWhy(t, i18n.language, choices.reasons.find((reason) => reason.id === id) ?? { id });
  return (
    <>
      {(choices.reasons.length > 0 || choice.reason !== null) && (
        <OneOf
          label={t('keysPage.reason')}
          any={t('keysPage.anyReason')}
          value={choice.reason}
          values={choices.reasons.map(({ id }) => id)}
          nameOf={sayReasonOf}
          onChoose={(reason) => narrow({ reason })}
          className={className}
        />
      )}
      {(choices.lists.length > 0 || choice.list !== null) && (
        <OneOf
          label={t('keysPage.list')}
          any={t('keysPage.anyList')}
          value={choice.list}
          values={choices.lists}
          nameOf={(list) => t(`speaks.${list}`)}
          onChoose={(list) => narrow({ list })}
          className={className}
        />
      )}
    </>
  );
}

/** The last key with the chosen value may just have got another, or be gone: the choice is named all the same. */
function OneOf<T extends string>({
  label,
  any,
  value,
  values,
  nameOf,
  onChoose,
  className,
}: {
  label: string;
  any: string;
  value: T | null;
  values: readonly T[];
  nameOf(value: T): string;
  onChoose(value: T | null): void;
  className: string | undefined;
}): ReactNode {
  const all = withChosen(values, value);
  return (
    <ListSelect<T | ''>
      label={label}
      value={value ?? ''}
      onChange={(chosen) => onChoose(chosen === '' ? null : chosen)}
      choices={[['', any], ...all.map((each) => [each, nameOf(each)] as const)]}
      {...(className !== undefined && { className })}
    />
  );
}

/** What stands in place of hosts and names where keys with the same reason have different ones. */
const BLANK = {
  host: '…',
  name: '…',
  text: '…',
  version: '…',
  status: '…',
  seconds: '…',
  list: '…',
  field: '…',
};

type Reason = Choices['reasons'][number];

/** The reason in words: as the cards say it, where all keys with it say the same. */
function sayWhy(
  t: TFunction,
  language: string,
  { id, key, alike = false }: Pick<Reason, 'id'> & Partial<Reason>,
): string {
  const [kind, what = ''] = id.split(' ');
  const card = key?.card;
  if (kind === 'failed') {
    const failure = {
      code: what,
      ...(card?.kind === 'failed' && card.failure),
      ...(!alike && BLANK),
    } as Failure;
    return sayFailure(t, failure, language).what;
  }
  if (kind === 'missing') {
    const by = card?.kind === 'proved' ? card.missing[0]?.by : undefined;
    return sayReason(t, what as NotServedReason, alike ? by : BLANK.name);
  }
  if (id === 'listed' || id === 'unsure') return t(`keysPage.unproved.${id}`);
  const texts = { 'not-written': 'notWritten', 'needs-look': 'needsLook', unread: 'unread' } as const;
  return t(`card.state.${kind === 'key-only' ? 'keyOnly' : texts[what as keyof typeof texts]}`);
}
