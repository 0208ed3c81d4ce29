import { siteRoot, type Handoff } from './handoff';

/** Adds the relay to OpenCat: the form that New API offers to its users (from the programs’ sources). */
export function openCatLink({ address, key }: Handoff): string {
  return `opencat://team/join?domain=${encodeURIComponent(siteRoot(address))}&token=${encodeURIComponent(key)}`;
}
