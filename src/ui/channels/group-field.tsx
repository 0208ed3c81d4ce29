import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { usePage } from '../page-context';

/** The groups that a channel serves, out of those that the site has. */
export function GroupField({
  newApiId,
  chosen,
  onChange,
}: {
  newApiId: string;
  chosen: readonly string[];
  onChange(groups: string[]): void;
}): ReactNode {
  const { t } = useTranslation();
  const { ask } = usePage();
  const [listed, setListed] = useState<string[]>([]);
  // A group that is taken out can be put back in, also where the site does not list it.
  const [own] = useState(chosen);
  useEffect(() => {
    let here = true;
    void ask('channels.groups', { newApiId }).then((groups) => here && groups.ok && setListed(groups.value));
    return () => void (here = false);
  }, [ask, newApiId]);
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{t('channels.field.group')}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {[...new Set([...own, ...listed])].map((group) => (
          <label key={group} className="flex min-h-6 cursor-pointer items-center gap-1.5">
            <input
              type="checkbox"
              checked={chosen.includes(group)}
              onChange={({ target }) =>
                onChange(target.checked ? [...chosen, group] : chosen.filter((one) => one !== group))
              }
            />
            {group}
          </label>
        ))}
      </div>
      {chosen.length === 0 && <p className="mt-1 text-xs text-danger">{t('channels.wrong.group')}</p>}
    </fieldset>
  );
}
