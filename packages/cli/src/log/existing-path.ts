import { resolve } from 'node:path';
import type { FileStatus, Host } from '@millrace/host';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';

/** @throws CliError NOT_FOUND */
export async function existingPath(
  host: Host,
  path: string,
): Promise<FileStatus & { readonly path: string }> {
  const absolute = resolve(path);
  const status = await host.disk.stat(absolute);
  if (status === undefined) throw new CliError(`There is no ${absolute}`, { exitCode: ExitCode.NOT_FOUND });
  return { ...status, path: absolute };
}
