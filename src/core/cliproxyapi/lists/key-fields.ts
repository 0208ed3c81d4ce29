/** What PATCH takes in the lists whose entries are keys; `priority` is answered 200 and ignored in most (CLIProxyAPI 7.2). */
export const KEY_FIELDS: ReadonlySet<string> = new Set([
  'api-key',
  'weight',
  'prefix',
  'base-url',
  'proxy-url',
  'models',
  'headers',
  'excluded-models',
]);
