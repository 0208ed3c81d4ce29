import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { LIST_NAMES, type ListName } from '../../core/cliproxyapi/lists/list-traits';
import { listTraits } from '../../core/cliproxyapi/lists/table';
import { usePage } from '../page-context';
import { SelectField } from '../parts/field';
import { useKeyAddress } from '../models/use-model-choice';
import { useOpenImport } from './use-import';

/** Chooses the list of CLIProxyAPI that takes the key, with the reason for the proposed one. */
export function FamilyField(): ReactNode {
  const { t } = useTranslation();
  const { imports } = usePage();
  const { opened, draft } = useOpenImport();
  const address = useKeyAddress(opened.keyId);
  const choose = (list: ListName): void => {
    const baseUrl = listTraits(list).baseUrl(address);
    imports.edit({
      ...draft,
      list,
      target: { kind: 'auto' },
      ...(!draft.baseUrlTyped && baseUrl.ok && { baseUrl: baseUrl.value }),
    });
  };
  const proposed = draft.list === opened.draft.list;
  return (
    <SelectField
      label={t('family.label')}
      help={proposed ? t(`family.why.${opened.reason}`) : t('family.chosen')}
      value={draft.list}
      onChange={choose}
      choices={listChoices(t)}
    />
  );
}

/** Every list, with the API that it speaks. */
export const listChoices = (t: TFunction): [ListName, string][] =>
  LIST_NAMES.map((list) => [list, t(`speaks.${list}`)]);
