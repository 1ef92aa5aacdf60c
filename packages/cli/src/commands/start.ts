import { Command, Option } from 'commander';
import { resolve } from 'node:path';
import type { CommandContext, OutputOptions } from '../command-context.ts';
import { createLogger, logLevels, type LogLevel } from '../logger.ts';
import { collectAssignment } from '../options/property-assignments.ts';
import { readProperties, type PropertyOptions } from '../options/read-properties.ts';
import { Printer } from '../output/printer.ts';
import { whenAborted } from '../when-aborted.ts';

interface StartOptions extends PropertyOptions, OutputOptions {
  readonly listen?: string;
  readonly dataDir?: string;
  readonly logLevel: LogLevel;
}

const DEFAULT_LISTEN = '127.0.0.1:9092';
const DEFAULT_DATA_DIRECTORY = 'millrace-data';

const examples = `
Examples:
  $ millrace start
  $ millrace start --listen 127.0.0.1:9192 --data-dir ./data
  $ millrace start --config server.properties --set num.partitions=6 --set flush.messages=1
`;

export function startCommand(context: CommandContext): Command {
  return new Command('start')
    .description('Start a node. It keeps its data in a directory and stops cleanly on SIGTERM and Ctrl-C.')
    .option(
      '--listen <host:port>',
      `address clients connect to (default ${DEFAULT_LISTEN}; port 0 picks one)`,
    )
    .option('--data-dir <directory>', `where the log directories are (default ./${DEFAULT_DATA_DIRECTORY})`)
    .option('--config <file>', 'a server.properties with Kafka property names')
    .option('--set <key=value>', 'one property, wins over the file; repeatable', collectAssignment)
    .addOption(
      new Option('--log-level <level>', 'what is logged to standard error')
        .choices(logLevels)
        .default('warn'),
    )
    .addHelpText('after', examples)
    .action((options: StartOptions) => start(context, options));
}

async function start({ terminal, host }: CommandContext, options: StartOptions): Promise<void> {
  const beganMs = host.clock.monotonicMs();
  const { Broker } = await import('@millrace/broker');
  const logger = createLogger(terminal, options.logLevel, () => host.clock.nowMs());
  const properties = await brokerProperties({ terminal, host }, options);
  const broker = await Broker.start(properties, { host, logger });
  try {
    const ready = {
      event: 'ready',
      listen: `${broker.address.host}:${broker.address.port}`,
      nodeId: broker.nodeId,
      clusterId: broker.clusterId,
      dataDirectories: (properties['log.dirs'] ?? properties['log.dir'] ?? '').split(','),
      startedInMs: Math.round(host.clock.monotonicMs() - beganMs),
    };
    new Printer(terminal, options.output).result(
      ready,
      (line) =>
        `Millrace is ready on ${line.listen} (node ${line.nodeId}, cluster ${line.clusterId}, ` +
        `data in ${line.dataDirectories.join(', ')}, ${line.startedInMs} ms)`,
    );
    const failure = await Promise.race([broker.failed, whenAborted(terminal.signal)]);
    if (failure !== undefined) throw failure;
  } finally {
    await broker.close();
  }
}

async function brokerProperties(
  { host }: CommandContext,
  options: StartOptions,
): Promise<Record<string, string>> {
  const properties = await readProperties(host, options);
  if (options.listen !== undefined) properties['listeners'] = `PLAINTEXT://${options.listen}`;
  properties['listeners'] ??= `PLAINTEXT://${DEFAULT_LISTEN}`;
  if (options.dataDir !== undefined) properties['log.dirs'] = resolve(options.dataDir);
  if (properties['log.dirs'] === undefined && properties['log.dir'] === undefined) {
    properties['log.dirs'] = resolve(DEFAULT_DATA_DIRECTORY);
  }
  return properties;
}
