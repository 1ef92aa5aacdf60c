import { Command, Option } from 'commander';
import type { CommandContext, OutputOptions } from '../command-context.ts';
import { createLogger, logLevels, type LogLevel } from '../logger.ts';
import { collectAssignment } from '../options/property-assignments.ts';
import { readProperties, type PropertyOptions } from '../options/read-properties.ts';
import { Printer } from '../output/printer.ts';
import { whenAborted } from '../when-aborted.ts';

interface StartOptions extends PropertyOptions, OutputOptions {
  readonly bootstrapServer?: string;
  readonly listen?: string;
  readonly logLevel: LogLevel;
}

const DEFAULT_BOOTSTRAP_SERVER = '127.0.0.1:9092';

const examples = `
Examples:
  $ millrace schema-registry start
  $ millrace schema-registry start --bootstrap-server kafka-1:9092 --listen 127.0.0.1:8081
  $ millrace schema-registry start --config schema-registry.properties --set schema.compatibility.level=FULL
`;

export function schemaRegistryCommand(context: CommandContext): Command {
  return new Command('schema-registry')
    .description('Run a schema registry on a Kafka cluster.')
    .addCommand(startRegistry(context));
}

function startRegistry(context: CommandContext): Command {
  return new Command('start')
    .description("Start a registry with Confluent's REST API. It stops cleanly on SIGTERM and Ctrl-C.")
    .addOption(
      new Option(
        '--bootstrap-server <host:port,...>',
        `brokers of the cluster that keeps the schemas (default ${DEFAULT_BOOTSTRAP_SERVER})`,
      ).env('MILLRACE_BOOTSTRAP_SERVER'),
    )
    .option('--listen <host:port>', 'address clients connect to (default 127.0.0.1:8081; port 0 picks one)')
    .option('--config <file>', "a schema-registry.properties with Confluent's property names")
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
  const { startSchemaRegistry } = await import('@millrace/schema-registry/server');
  const logger = createLogger(terminal, options.logLevel, () => host.clock.nowMs());
  const properties = await readProperties(host, options);
  const { bootstrapServer = properties['kafkastore.bootstrap.servers'] ?? DEFAULT_BOOTSTRAP_SERVER } =
    options;
  if (options.listen !== undefined) properties['listeners'] = `http://${options.listen}`;
  const registry = await startSchemaRegistry(
    { ...properties, 'kafkastore.bootstrap.servers': bootstrapServer },
    { host, logger },
  );
  try {
    const startedInMs = Math.round(host.clock.monotonicMs() - beganMs);
    new Printer(terminal, options.output).result(
      { event: 'ready', url: registry.url, bootstrapServers: bootstrapServer, startedInMs },
      (line) =>
        `Schema registry is ready on ${line.url} (schemas on ${line.bootstrapServers}, ${line.startedInMs} ms)`,
    );
    await whenAborted(terminal.signal);
  } finally {
    await registry.close();
  }
}
