import { SchemaRegistryClient } from '@millrace/schema-registry';
import { Option, type Command } from 'commander';
import { CliError } from '../cli-error.ts';
import type { CommandContext, OutputOptions } from '../command-context.ts';
import { collectAssignment } from '../options/property-assignments.ts';
import { readProperties, type PropertyOptions } from '../options/read-properties.ts';

/** Options of every command that talks to a schema registry. */
export interface RegistryOptions extends PropertyOptions, OutputOptions {
  readonly registry?: string;
}

const DEFAULT_REGISTRY = 'http://127.0.0.1:8081';

export function addRegistryOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--registry <url,...>', `schema registries (default ${DEFAULT_REGISTRY})`).env(
        'MILLRACE_SCHEMA_REGISTRY',
      ),
    )
    .option('--config <file>', 'a .properties file with properties of a registry client')
    .option('--set <key=value>', 'one property, wins over the file; repeatable', collectAssignment);
}

/** At a prompt one more try is enough. */
const commandDefaults = { 'max.retries': '1', 'retries.wait.ms': '200', 'http.read.timeout.ms': '10000' };

/** A client for what the options name. */
export async function registryClient(
  { host }: CommandContext,
  options: RegistryOptions,
): Promise<SchemaRegistryClient> {
  const properties = await readProperties(host, options);
  const url = options.registry ?? properties['schema.registry.url'] ?? DEFAULT_REGISTRY;
  return new SchemaRegistryClient(
    { ...commandDefaults, ...properties, 'schema.registry.url': url },
    { host },
  );
}

/** A version as it stands on a command line. @throws CliError */
export function versionOf(text: string | undefined): number | 'latest' {
  if (text === undefined || text.toLowerCase() === 'latest') return 'latest';
  const version = Number(text);
  if (!Number.isSafeInteger(version) || version < 1) {
    throw CliError.usage(`"${text}" is no version: give a number from 1, or "latest"`);
  }
  return version;
}
