/** What CLIProxyAPI 7.2 takes as `proxy-url`: an address with a scheme that proxies have, `direct` or `none`. */
export const isProxyUrl = (text: string): boolean =>
  /^(?:(?:https?|socks5h?):\/\/\S+|direct|none)$/i.test(text.trim());
