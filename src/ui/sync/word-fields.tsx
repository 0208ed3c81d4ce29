import type { ReactNode } from 'react';
import type { ModelRules } from '../../core/sync/model-rules';
import { Field } from '../parts/field';
import { useTranslation } from '../use-translation';

/** Rules as they are typed: words with commas between them. */
export interface TypedWords {
  include: string;
  exclude: string;
}

export const typedWords = ({ include, exclude }: ModelRules): TypedWords => ({
  include: include.join(', '),
  exclude: exclude.join(', '),
});

export const rulesOf = ({ include, exclude }: TypedWords): ModelRules => ({
  include: wordsOf(include),
  exclude: wordsOf(exclude),
});

const wordsOf = (text: string): string[] => [...new Set(text.split(/[,，、\s]+/).filter(Boolean))];

/** Words for models that may come in, and for those that may not. */
export function WordFields({
  typed,
  onChange,
}: {
  typed: TypedWords;
  onChange(change: Partial<TypedWords>): void;
}): ReactNode {
  const { t } = useTranslation();
  const words = (field: keyof TypedWords, placeholder: string): ReactNode => (
    <Field
      label={t(`sync.${field}`)}
      help={t(`sync.${field}Help`)}
      placeholder={placeholder}
      value={typed[field]}
      onChange={({ target }) => onChange({ [field]: target.value })}
    />
  );
  return (
    <>
      {words('include', 'gpt, claude*')}
      {words('exclude', 'embedding, *-image')}
    </>
  );
}
