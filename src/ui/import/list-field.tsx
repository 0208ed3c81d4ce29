import { useId, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { LIST_NAMES, type ListName } from '../../core/cliproxyapi/lists/list-traits';
import { listTraits } from '../../core/cliproxyapi/lists/table';
import { listNameOf, type ImportDraft } from '../../core/import/draft';
import type { OpenedImport } from '../../core/import/opened';
import { useView } from '../use-view';

/** Chooses the list of CLIProxyAPI that takes the key, with the reason for the proposed one. */
export function FamilyField({
  opened,
  draft,
  edit,
}: {
  opened: OpenedImport;
  draft: ImportDraft;
  edit(draft: ImportDraft): void;
}): ReactNode {
  const { t } = useTranslation();
  const { keys } = useView();
  const address = keys.find(({ id }) => id === opened.keyId)?.address ?? '';
  const choose = (list: ListName): void => {
    const baseUrl = listTraits(list).baseUrl(address);
    edit({
      ...draft,
      list,
      target: { kind: 'auto' },
      ...(!draft.baseUrlTyped && baseUrl.ok && { baseUrl: baseUrl.value }),
    });
  };
  const proposed = listNameOf(draft) === listNameOf(opened.draft);
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium">
        {t('family.label')}
      </label>
      <FamilySelect id={id} value={listNameOf(draft)} onChange={choose} />
      <p id={`${id}-why`} className="mt-1 text-xs text-ink-3">
        {proposed ? t(`family.why.${opened.reason}`) : t('family.chosen')}
      </p>
    </div>
  );
}

export function FamilySelect({
  id,
  value,
  label,
  onChange,
}: {
  /** If given, the reason below describes the field. */
  id?: string;
  value: ListName;
  label?: string;
  onChange(list: ListName): void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <span className="field">
      <select
        id={id}
        value={value}
        aria-label={label}
        aria-describedby={id && `${id}-why`}
        onChange={(event) => onChange(event.target.value as ListName)}
      >
        {LIST_NAMES.map((list) => (
          <option key={list} value={list}>
            {t(`speaks.${list}`)}
          </option>
        ))}
      </select>
    </span>
  );
}
