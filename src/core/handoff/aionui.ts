import { base64, siteRoot, type Handoff } from './handoff';

/** Adds a provider of New API's kind to AionUI: the origin, in standard base64, percent-encoded (from the programs’ sources). */
export function aionUiLink({ name, address, key }: Handoff): string {
  const data = { platform: 'new-api', name, baseUrl: siteRoot(address), apiKey: key };
  return `aionui://provider/add?v=1&data=${encodeURIComponent(base64(JSON.stringify(data)))}`;
}
