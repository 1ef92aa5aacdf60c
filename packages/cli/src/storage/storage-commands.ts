import { formatStorage, randomUuid, type InitialController, type InitialVoters } from '@millrace/broker';
import { CliError } from '../cli-error.ts';
import type { CommandContext, OutputOptions } from '../command-context.ts';
import { readProperties, type PropertyOptions } from '../options/read-properties.ts';
import { Printer } from '../output/printer.ts';

export interface FormatOptions extends PropertyOptions, OutputOptions {
  readonly clusterId: string;
  readonly standalone?: boolean;
  /** A list, or false for `--no-initial-controllers`. */
  readonly initialControllers?: string | boolean;
  readonly ignoreFormatted?: boolean;
}

export async function formatDirectories(context: CommandContext, options: FormatOptions): Promise<void> {
  const { clusterId, ignoreFormatted = false } = options;
  const voters = votersOf(options);
  const properties = await readProperties(context.host, options);
  const directories = await formatStorage(properties, {
    clusterId,
    ignoreFormatted,
    host: context.host,
    ...(voters === undefined ? {} : { voters }),
  });
  new Printer(context.terminal, options.output).result({ clusterId, directories }, (result) =>
    result.directories
      .map(({ path, directoryId, isNew }) =>
        isNew
          ? `Formatted ${path} (directory ${directoryId})`
          : `Left ${path} as it is (directory ${directoryId})`,
      )
      .join('\n'),
  );
}

function votersOf({ standalone, initialControllers }: FormatOptions): InitialVoters | undefined {
  if (standalone === true && typeof initialControllers === 'string') {
    throw CliError.usage('--standalone and --initial-controllers exclude each other');
  }
  if (standalone === true) return 'standalone';
  if (initialControllers === false) return 'none';
  return typeof initialControllers === 'string'
    ? initialControllers.split(',').map(parseController)
    : undefined;
}

function parseController(text: string): InitialController {
  const [, id, v6, name, port, directoryId] =
    /^(\d+)@(?:\[([0-9a-fA-F:.%]+)\]|([^:/@]+)):(\d+):([\w-]+)$/.exec(text.trim()) ?? [];
  const host = v6 ?? name;
  if (id === undefined || host === undefined || directoryId === undefined) {
    throw CliError.usage(`--initial-controllers has "${text}", but must be id@host:port:directory-id`);
  }
  return { nodeId: Number(id), host, port: Number(port), directoryId };
}

export function printRandomId({ terminal, host }: CommandContext, options: OutputOptions): Promise<void> {
  const id = randomUuid(host.random);
  new Printer(terminal, options.output).result({ id }, () => id);
  return Promise.resolve();
}
