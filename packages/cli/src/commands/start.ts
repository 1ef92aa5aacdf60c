import { letHeapGrow, type Host, type Logger, type SocketAddress } from '@millrace/host';
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
  readonly with?: readonly 'schema-registry'[];
  readonly schemaRegistryListen: string;
  readonly metricsListen?: string;
  readonly logLevel: LogLevel;
}

const DEFAULT_LISTEN = '127.0.0.1:9092';
/** Kafka's names of the levels that the command line has. */
const brokerLevels = { debug: 'DEBUG', info: 'INFO', warn: 'WARN', error: 'ERROR', silent: 'FATAL' } as const;

const DEFAULT_DATA_DIRECTORY = 'millrace-data';

const examples = `
Examples:
  $ millrace start
  $ millrace start --listen 127.0.0.1:9192 --data-dir ./data
  $ millrace start --with schema-registry
  $ millrace start --metrics-listen 127.0.0.1:9404
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
    .addOption(new Option('--with <service...>', 'what runs beside the node').choices(['schema-registry']))
    .option('--schema-registry-listen <host:port>', 'address of the schema registry', '127.0.0.1:8081')
    .option('--metrics-listen <host:port>', 'serve metrics for Prometheus and health checks over HTTP')
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
  letHeapGrow();
  const { Broker } = await import('@millrace/broker');
  const loggerAt = (level: LogLevel) => createLogger(terminal, level, () => host.clock.nowMs());
  const properties = await brokerProperties({ terminal, host }, options);
  const broker = await Broker.start(properties, {
    host,
    // The broker decides what passes: there the level can be changed while it runs.
    logger: loggerAt(options.logLevel === 'silent' ? 'silent' : 'debug'),
    logLevel: brokerLevels[options.logLevel],
  });
  const services = new AsyncDisposableStack();
  try {
    const beside = await startBeside(options, broker.address, services, {
      host,
      logger: loggerAt(options.logLevel),
    });
    const ready = {
      event: 'ready',
      listen: `${broker.address.host}:${broker.address.port}`,
      nodeId: broker.nodeId,
      clusterId: broker.clusterId,
      ...(broker.metricsAddress === undefined
        ? {}
        : { metrics: `http://${hostAndPort(broker.metricsAddress)}/metrics` }),
      dataDirectories: (properties['log.dirs'] ?? properties['log.dir'] ?? '').split(','),
      ...beside,
      startedInMs: Math.round(host.clock.monotonicMs() - beganMs),
    };
    new Printer(terminal, options.output).result(
      ready,
      (line) =>
        `Millrace is ready on ${line.listen} (node ${line.nodeId}, cluster ${line.clusterId}, ` +
        `data in ${line.dataDirectories.join(', ')}, ${line.startedInMs} ms)` +
        (line.metrics === undefined ? '' : `\nMetrics are at ${line.metrics}`) +
        (line.schemaRegistry === undefined ? '' : `\nSchema registry is ready on ${line.schemaRegistry}`),
    );
    const failure = await Promise.race([broker.failed, whenAborted(terminal.signal)]);
    if (failure !== undefined) throw failure;
  } finally {
    await services.disposeAsync();
    await broker.close();
  }
}

function hostAndPort({ host, port }: SocketAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Starts what `--with` names. A node without it loads nothing of it. */
async function startBeside(
  options: StartOptions,
  address: SocketAddress,
  services: AsyncDisposableStack,
  surroundings: { readonly host: Host; readonly logger: Logger },
): Promise<{ readonly schemaRegistry?: string }> {
  if (options.with?.includes('schema-registry') !== true) return {};
  const { startSchemaRegistry } = await import('@millrace/schema-registry/server');
  const properties = {
    listeners: `http://${options.schemaRegistryListen}`,
    'kafkastore.bootstrap.servers': `${address.host}:${address.port}`,
    'kafkastore.topic.replication.factor': 1,
  };
  const registry = services.use(await startSchemaRegistry(properties, surroundings));
  return { schemaRegistry: registry.url };
}

async function brokerProperties(
  { host }: CommandContext,
  options: StartOptions,
): Promise<Record<string, string>> {
  const properties = await readProperties(host, options);
  if (options.listen !== undefined) properties['listeners'] = `PLAINTEXT://${options.listen}`;
  properties['listeners'] ??= `PLAINTEXT://${DEFAULT_LISTEN}`;
  if (options.metricsListen !== undefined) properties['metrics.listener'] = `http://${options.metricsListen}`;
  if (options.dataDir !== undefined) properties['log.dirs'] = resolve(options.dataDir);
  if (properties['log.dirs'] === undefined && properties['log.dir'] === undefined) {
    properties['log.dirs'] = resolve(DEFAULT_DATA_DIRECTORY);
  }
  // A service beside a single node elects among itself: there is nobody to wait for.
  if (options.with !== undefined) properties['group.initial.rebalance.delay.ms'] ??= '0';
  return properties;
}
