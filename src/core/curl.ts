/** The shells that a command can be written for: what is quoted in one is not in another. */
export const SHELLS = ['posix', 'powershell', 'cmd'] as const;
export type Shell = (typeof SHELLS)[number];

interface CurlRequest {
  url: string;
  headers: readonly string[];
  /** Sent as the body, which makes it a POST. */
  json?: unknown;
}

/**
 * A command that sends a request with curl. Names and keys come from relays: in none of the shells does a sign of theirs
 * mean more than itself.
 */
export function curlCommand(shell: Shell, { url, headers, json }: CurlRequest): string {
  const body = json === undefined ? undefined : JSON.stringify(json);
  return COMMANDS[shell](url, headers, body);
}

const COMMANDS: Record<Shell, (url: string, headers: readonly string[], body?: string) => string> = {
  posix(url, headers, body) {
    const given = headers.map((header) => `-H ${shellQuoted(header)}`);
    const sent = body === undefined ? [] : [`-d ${shellQuoted(body)}`];
    return [`curl ${shellQuoted(url)}`, ...given, ...sent].join(' \\\n  ');
  },
  // `curl` alone is another program there. How quotes within an argument are passed on differs between PowerShell 5.1 and
  // 7.3, and what is piped to a program does not.
  powershell(url, headers, body) {
    const given = headers.map((header) => ` -H ${powerShellQuoted(header)}`).join('');
    const command = `curl.exe ${powerShellQuoted(url)}${given}`;
    return body === undefined ? command : `${powerShellQuoted(inAscii(body))} | ${command} -d '@-'`;
  },
  cmd(url, headers, body) {
    const given = headers.map((header) => ` -H ${cmdQuoted(header)}`).join('');
    return `curl ${cmdQuoted(url)}${given}${body === undefined ? '' : ` -d ${cmdQuoted(inAscii(body))}`}`;
  },
};

/** One word of a POSIX shell: in single quotes nothing is more than a letter. */
export const shellQuoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** PowerShell takes the typographic quotes for single ones, too. */
const powerShellQuoted = (text: string): string => `'${text.replaceAll(/['‘’‚‛]/g, '$&$&')}'`;

/**
 * One word for cmd.exe and the program's own reading of its line. Where a sign would mean something, cmd never sees an open
 * quote and each sign is escaped; the program then finds the quotes and escapes of its own.
 */
function cmdQuoted(text: string): string {
  if (/^[\w .:/@+=~-]*$/.test(text)) return `"${text}"`;
  const word = text.replaceAll(/(\\*)"/g, String.raw`$1$1\"`).replace(/\\+$/, '$&$&');
  return `"${word}"`.replaceAll(/[^\w .:/@+=~,\\-]/g, '^$&');
}

/** JSON without signs that a console would change by its code page. */
const inAscii = (json: string): string =>
  json.replaceAll(/[^\u0020-~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
