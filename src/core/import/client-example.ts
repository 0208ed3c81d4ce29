import { curlCommand, type Shell } from '../curl';

/** Stands for the client's own key, one of `api-keys` in CLIProxyAPI's configuration, which nobody here knows. */
export const CLIENT_KEY = 'YOUR-API-KEY';

/** Where clients of CLIProxyAPI send their requests. `root`: without a slash at its end. */
export const clientBaseUrl = (root: string): string => `${root}/v1`;

/** A command that asks a model of CLIProxyAPI one question. */
export function chatCommand(root: string, model: string, shell: Shell = 'posix'): string {
  return curlCommand(shell, {
    url: `${clientBaseUrl(root)}/chat/completions`,
    headers: [`Authorization: Bearer ${CLIENT_KEY}`, 'Content-Type: application/json'],
    json: { model, messages: [{ role: 'user', content: 'Hello' }] },
  });
}
