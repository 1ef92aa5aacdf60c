import { verifyDirectory, type Finding, type VerifyReport } from '@millrace/log/tools';
import { CliError } from '../cli-error.ts';
import type { CommandContext, OutputOptions } from '../command-context.ts';
import { formatTable } from '../output/table.ts';
import { Printer } from '../output/printer.ts';
import { existingPath } from './existing-path.ts';
import { VerifyLine } from './verify-line.ts';

export interface VerifyCommandOptions extends OutputOptions {
  readonly shallow?: boolean;
}

/** @throws CliError when there is damage */
export async function verifyLog(
  context: CommandContext,
  directory: string,
  options: VerifyCommandOptions,
): Promise<void> {
  const { terminal, host } = context;
  const { path } = await existingPath(host, directory);
  const report = await verifyWithProgress(context, path, options);
  new Printer(terminal, options.output).result(report, reportText);
  if (!report.isValid) {
    const count = report.findings.filter(({ severity }) => severity === 'error').length;
    throw new CliError(`${count} errors in ${path}`, {
      hint: `"millrace log repair --dry-run ${path}" says what can be done.`,
    });
  }
}

async function verifyWithProgress(
  { terminal, host }: CommandContext,
  path: string,
  options: VerifyCommandOptions,
): Promise<VerifyReport> {
  using line = new VerifyLine(terminal, host, 'Verifying');
  return await verifyDirectory(host, path, {
    deep: options.shallow !== true,
    signal: terminal.signal,
    onProgress: (progress) => line.update(progress),
  });
}

/** Findings as a table, then what was read. */
export function reportText(report: VerifyReport): string {
  const { partitions, segments, batches, records, bytes } = report;
  const state = report.isClean ? 'stopped in order' : 'no clean stop';
  const summary = `${report.isValid ? 'Valid' : 'DAMAGED'}: ${partitions} partitions, ${segments} segments, ${batches} batches, ${records} records, ${bytes} bytes (${state})`;
  return report.findings.length === 0 ? summary : `${findingsTable(report.findings)}\n${summary}`;
}

export function findingsTable(findings: readonly Finding[]): string {
  return formatTable({
    header: ['severity', 'rule', 'file', 'position', 'problem'],
    rows: findings.map(({ severity, rule, file, position, problem }) => [
      severity,
      rule,
      file,
      position,
      problem,
    ]),
  });
}
