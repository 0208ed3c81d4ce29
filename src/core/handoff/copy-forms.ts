import type { ApiFormat } from '../accounts/api-format';
import { curlCommand, shellQuoted, type Shell } from '../curl';
import { apiRoot, base64, siteRoot, type Handoff } from './handoff';

/** What a key can be copied as. */
export const COPY_FORMS = [
  'pair',
  'env',
  'curl',
  'curl-powershell',
  'curl-cmd',
  'python',
  'javascript',
  'cliproxyapi',
  'kelivo',
] as const;
export type CopyForm = (typeof COPY_FORMS)[number];

interface Form {
  text(handoff: Handoff, models: readonly string[]): string;
  /** It takes the models of the key. */
  models?: true;
}

const FORMS: Record<CopyForm, Form> = {
  pair: { text: ({ address, key }) => `${apiRoot(address)}\n${key}\n` },
  env: { text: envLines },
  curl: { text: curlFor('posix') },
  'curl-powershell': { text: curlFor('powershell') },
  'curl-cmd': { text: curlFor('cmd') },
  python: {
    text: ({ address, key }) =>
      `from openai import OpenAI\n\nclient = OpenAI(\n    base_url=${quoted(apiRoot(address))},\n    api_key=${quoted(key)},\n)\n`,
  },
  javascript: {
    text: ({ address, key }) =>
      `import OpenAI from 'openai';\n\nconst client = new OpenAI({\n  baseURL: ${quoted(apiRoot(address))},\n  apiKey: ${quoted(key)},\n});\n`,
  },
  cliproxyapi: { text: cliproxyapiYaml, models: true },
  kelivo: { text: kelivoCode },
};

export const formText = (form: CopyForm, handoff: Handoff, models: readonly string[]): string =>
  FORMS[form].text(handoff, models);

export const formTakesModels = (form: CopyForm): boolean => FORMS[form].models === true;

/**
 * The code that Kelivo takes from the clipboard (from the programs’ sources). Its base URLs hold `/v1`, also those of
 * Claude. Its Google type ignores the address and would send the key to Google, so Gemini goes by OpenAI's API here.
 */
function kelivoCode({ name, address, key, speaks }: Handoff): string {
  const type = speaks === 'claude-api-key' ? 'claude' : 'openai';
  return `ai-provider:v1:${base64(JSON.stringify({ type, name, apiKey: key, baseUrl: apiRoot(address) }))}`;
}

/** The names that the makers' own tools read; what is no address or plain key is quoted. */
function envLines({ address, key, speaks }: Handoff): string {
  const names: Partial<Record<ApiFormat, readonly [string, string, string]>> = {
    'claude-api-key': ['ANTHROPIC_BASE_URL', 'ANTHROPIC_AUTH_TOKEN', siteRoot(address)],
    'gemini-api-key': ['GOOGLE_GEMINI_BASE_URL', 'GEMINI_API_KEY', siteRoot(address)],
  };
  const [base, token, url] = names[speaks] ?? ['OPENAI_BASE_URL', 'OPENAI_API_KEY', apiRoot(address)];
  const value = (text: string): string => (/^[\w.:/@%+=-]*$/.test(text) ? text : shellQuoted(text));
  return `${base}=${value(url)}\n${token}=${value(key)}\n`;
}

/** One provider of `config.yaml`. Every text is a JSON string, which YAML reads as it is. */
function cliproxyapiYaml({ name, address, key }: Handoff, models: readonly string[]): string {
  const lines = [
    'openai-compatibility:',
    `  - name: ${quoted(name)}`,
    `    base-url: ${quoted(apiRoot(address))}`,
    '    api-key-entries:',
    `      - api-key: ${quoted(key)}`,
    // Without models CLIProxyAPI keeps the provider and serves nothing.
    '    models:',
    ...(models.length > 0 ? models : ['MODEL']).map((model) => `      - name: ${quoted(model)}`),
  ];
  return `${lines.join('\n')}\n`;
}

const quoted = (text: string): string => JSON.stringify(text);

/** Asks the relay for its models. */
function curlFor(shell: Shell): Form['text'] {
  return ({ address, key }) => {
    const headers = [`Authorization: Bearer ${key}`];
    return `${curlCommand(shell, { url: `${apiRoot(address)}/models`, headers })}\n`;
  };
}
