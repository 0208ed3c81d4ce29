import { useEffect, useRef, type RefObject } from 'react';

/** Whether a component still stands: a write goes on when its dialog is closed, and then ends with a toast. */
export function useMounted(): RefObject<boolean> {
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => void (here.current = false);
  }, []);
  return here;
}
