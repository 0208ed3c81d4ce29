import { useState } from 'react';

/** Milliseconds that are enough to see that something was done. */
const MOMENT_MS = 1500;

/** What is shown in place of something else, and goes by itself; and how to show it. */
export function useForAMoment<T>(): [T | undefined, (value: T) => void] {
  const [shown, setShown] = useState<T>();
  const show = (value: T): void => {
    setShown(value);
    setTimeout(() => setShown(undefined), MOMENT_MS);
  };
  return [shown, show];
}
