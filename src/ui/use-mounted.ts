import { useEffect, useRef, type RefObject } from 'react';

/** Whether a component is still mounted: a write goes on when its dialog is closed, and then ends with a toast. */
export function useMounted(): RefObject<boolean> {
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => void (mounted.current = false);
  }, []);
  return mounted;
}
