import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

/** React's `lazy` for a component that is exported by its name; `M` is the module. */
export function lazyNamed<M, N extends keyof M & string>(
  load: () => Promise<M>,
  name: N,
): LazyExoticComponent<ComponentType<PropsOf<M[N]>>> {
  return lazy(async () => ({ default: (await load())[name] as ComponentType<PropsOf<M[N]>> }));
}

type PropsOf<C> = C extends (props: infer P) => unknown ? (unknown extends P ? object : P) : never;
