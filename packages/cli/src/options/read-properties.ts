import { parsePropertiesFile } from '@millrace/config';
import type { Host } from '@millrace/host';
import { resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';

export interface PropertyOptions {
  /** A `.properties` file: server.properties for `start`, a client's for the rest. */
  readonly config?: string;
  /** `--set key=value`; wins over the file. */
  readonly set?: Readonly<Record<string, string>>;
}

/** Properties from `--config` and `--set`, the latter winning. @throws CliError, PropertiesFileError */
export async function readProperties(host: Host, options: PropertyOptions): Promise<Record<string, string>> {
  if (options.config === undefined) return { ...options.set };
  const path = resolve(options.config);
  return { ...parsePropertiesFile(await readText(host, path), path), ...options.set };
}

async function readText(host: Host, path: string): Promise<string> {
  try {
    return (await host.disk.readFile(path)).toString('utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError(`Cannot read the properties file ${path}: ${reason}`, {
      exitCode: ExitCode.NOT_FOUND,
      cause,
    });
  }
}
