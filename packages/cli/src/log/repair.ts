import { repairDirectory, type RepairReport } from '@millrace/log/tools';
import { CliError } from '../cli-error.ts';
import type { CommandContext, OutputOptions } from '../command-context.ts';
import { confirm } from '../confirm.ts';
import { Printer } from '../output/printer.ts';
import { existingPath } from './existing-path.ts';
import { findingsTable } from './verify.ts';
import { VerifyLine } from './verify-line.ts';

export interface RepairCommandOptions extends OutputOptions {
  readonly dryRun?: boolean;
  readonly quarantine?: string;
  readonly cutGaps?: boolean;
  readonly yes?: boolean;
}

/** @throws CliError when errors are left */
export async function repairLog(
  context: CommandContext,
  directory: string,
  options: RepairCommandOptions,
): Promise<void> {
  const { terminal, host } = context;
  const { path } = await existingPath(host, directory);
  const isDryRun = options.dryRun === true;
  await confirm(terminal, `Repair ${path}?`, isDryRun || options.yes === true);
  const report = await repairWithProgress(context, path, options);
  new Printer(terminal, options.output).result(report, reportText);
  if (report.unrepaired.length > 0)
    throw new CliError(`${report.unrepaired.length} errors in ${path} cannot be repaired`);
}

async function repairWithProgress(
  { terminal, host }: CommandContext,
  path: string,
  options: RepairCommandOptions,
): Promise<RepairReport> {
  using line = new VerifyLine(terminal, host, 'Repairing');
  return await repairDirectory(host, path, {
    dryRun: options.dryRun === true,
    cutGaps: options.cutGaps === true,
    signal: terminal.signal,
    onProgress: (progress) => line.update(progress),
    ...(options.quarantine === undefined ? {} : { quarantine: options.quarantine }),
  });
}

function reportText({ steps, isDryRun, quarantine, unrepaired }: RepairReport): string {
  if (steps.length === 0 && unrepaired.length === 0) return 'Nothing to repair';
  const lines = steps
    .filter(({ action }) => action !== 'copy')
    .map(({ action, file, detail }) => `${isDryRun ? 'would ' : ''}${action} ${file} (${detail})`);
  const copies = steps.length - lines.length;
  if (copies > 0) lines.push(`${isDryRun ? 'would copy' : 'Copied'} ${copies} files to ${quarantine} first`);
  if (unrepaired.length > 0) lines.push('', 'Left as it is:', findingsTable(unrepaired).trimEnd());
  return lines.join('\n');
}
