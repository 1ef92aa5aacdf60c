import { Option, type Command } from 'commander';
import type { CommandContext, OutputOptions } from '../command-context.ts';
import { collectAssignment } from './property-assignments.ts';
import { readProperties, type PropertyOptions } from './read-properties.ts';

/** Options of every command that talks to a cluster. */
export interface ClientOptions extends PropertyOptions, OutputOptions {
  readonly bootstrapServer?: string;
}

const DEFAULT_BOOTSTRAP_SERVER = '127.0.0.1:9092';

export function addClientOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--bootstrap-server <host:port,...>',
        `brokers to start from (default ${DEFAULT_BOOTSTRAP_SERVER})`,
      ).env('MILLRACE_BOOTSTRAP_SERVER'),
    )
    .option('--config <file>', 'a .properties file with Kafka client properties')
    .option('--set <key=value>', 'one client property, wins over the file; repeatable', collectAssignment);
}

/** Kafka's limits of a minute are for services; at a prompt ten seconds without a broker are an answer. */
const commandDefaults = {
  'client.id': 'millrace-cli',
  'default.api.timeout.ms': '10000',
  'max.block.ms': '10000',
};

/** Client properties from options, file and defaults, ready for Producer, Consumer or Admin. */
export async function clientProperties(
  { host }: CommandContext,
  options: ClientOptions,
): Promise<Record<string, string> & { 'bootstrap.servers': string }> {
  const properties = await readProperties(host, options);
  const servers = options.bootstrapServer ?? properties['bootstrap.servers'] ?? DEFAULT_BOOTSTRAP_SERVER;
  return { ...commandDefaults, ...properties, 'bootstrap.servers': servers };
}
