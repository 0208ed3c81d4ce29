import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

/** React's `lazy` for a component that is exported by its name; `M` is the module. */
export function lazyNamed<M, N extends keyof M & string>(
  load: () => Promise<M>,
  name: N,
): LazyExoticComponent<ComponentType<PropsOf<M[N]>>> {
  return lazy(async () => ({ default: (await load())[name] as ComponentType<PropsOf<M[N]>> }));
}

/** The same for what stands on a page from the beginning, and must not hold up its first frame: it is loaded behind that. */
export const lazyBehindPaint: typeof lazyNamed = (load, name) => lazyNamed(() => painted().then(load), name);

const painted = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

type PropsOf<C> = C extends (props: infer P) => unknown ? (unknown extends P ? object : P) : never;
