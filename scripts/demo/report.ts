import { maskKey } from '../../src/core/mask.ts';

export interface DemoReport {
  ok: boolean;
  relay: string;
  cliproxyapi: string;
  key: { name: string; mask: string };
  plan: { provider: string; models: { name: string; alias: string }[]; text: string[] };
  result: { served: number; total: number; card: string; sheet: string[] };
  /** Every id that CLIProxyAPI's /v1/models answers. */
  v1Models: string[];
  /** Planned, and not in /v1/models. */
  missing: string[];
  /** The same of the second CLIProxyAPI, if there is one. */
  second?: { cliproxyapi: string; v1Models: string[]; missing: string[] };
  screenshots: string[];
}

export function reportText(report: DemoReport): string {
  const { plan, result, v1Models, missing, second, screenshots } = report;
  const planned = plan.models.length;
  const verdict = (lacking: string[]): string =>
    lacking.length === 0
      ? `All ${planned} planned models are in it.`
      : `${lacking.length} of ${planned} planned models are not in it: ${lacking.join(', ')}`;
  const ofSecond = second && [
    section(`${second.cliproxyapi} answers ${second.v1Models.length} models`, shorten(second.v1Models)),
    verdict(second.missing),
  ];
  return [
    `Key "${report.key.name}" (${report.key.mask}) of ${report.relay} into ${report.cliproxyapi}`,
    section('Plan, as the popup shows it', plan.text),
    section('Result', [...result.sheet, result.card]),
    section(`CLIProxyAPI's /v1/models now answers ${v1Models.length} models`, shorten(v1Models)),
    verdict(missing),
    ...(ofSecond ?? []),
    section('Screenshots', screenshots),
  ].join('\n\n');
}

const section = (title: string, lines: string[]): string =>
  [title, ...lines.map((line) => `  ${line}`)].join('\n');

const shorten = (lines: string[]): string[] =>
  lines.length <= 40 ? lines : [...lines.slice(0, 40), `… and ${lines.length - 40} more`];

/** Takes keys out of whatever is about to be printed. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length > 3)
    .reduce((rest, secret) => rest.replaceAll(secret, maskKey(secret)), text);
}
