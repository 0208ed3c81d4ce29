import { siteRoot, type Handoff } from './handoff';

/** Opens the user's NextChat with the key behind `#`: not sent to its server, but kept in the browser's history. */
export function nextChatLink({ address, key }: Handoff, site: string): string {
  const settings = JSON.stringify({ key, url: siteRoot(address) });
  return `${site}/#/?settings=${encodeURIComponent(settings)}`;
}
