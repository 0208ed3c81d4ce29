import { usePage } from '../page-context';
import { useViewPart } from '../use-view';

/** Beside the targets of which the user was told once. */
const LATER = 'cliproxyapi-later';

/** Whether the user goes on without CLIProxyAPI for now, and how to say so. */
export function useSkipped(): [boolean, (skip: boolean) => void] {
  const { view } = usePage();
  const { told } = useViewPart('settings');
  const others = told.filter((id) => id !== LATER);
  return [
    others.length < told.length,
    (skip) => void view.changeSettings({ told: skip ? [...others, LATER] : others }),
  ];
}
