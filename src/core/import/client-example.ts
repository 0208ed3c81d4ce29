/** Stands for the client's own key, one of `api-keys` in CLIProxyAPI's configuration, which nobody here knows. */
export const CLIENT_KEY = 'YOUR-API-KEY';

/** Where clients of CLIProxyAPI send their requests. `root`: without a slash at its end. */
export const clientBaseUrl = (root: string): string => `${root}/v1`;

/**
 * A command for a POSIX shell that asks a model of CLIProxyAPI one question. Names come from relays: each text stands in
 * single quotes, where a shell takes nothing for more than a letter.
 */
export function chatCommand(root: string, model: string): string {
  const body = { model, messages: [{ role: 'user', content: 'Hello' }] };
  return [
    `curl ${quoted(`${clientBaseUrl(root)}/chat/completions`)}`,
    `-H ${quoted(`Authorization: Bearer ${CLIENT_KEY}`)}`,
    `-H ${quoted('Content-Type: application/json')}`,
    `-d ${quoted(JSON.stringify(body))}`,
  ].join(' \\\n  ');
}

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
