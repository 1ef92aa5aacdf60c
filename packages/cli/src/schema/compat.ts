import type {
  CompatibilityLevel,
  SchemaRegistryClient,
  SchemaReferenceEntity,
  SchemaType,
} from '@millrace/schema-registry';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { Printer } from '../output/printer.ts';
import { registryClient, type RegistryOptions } from './registry-options.ts';
import { readSchemaFile } from './schema-file.ts';

export interface CompatOptions extends RegistryOptions {
  readonly level?: CompatibilityLevel;
  readonly unset?: boolean;
  readonly file?: string;
  readonly type?: SchemaType;
  readonly reference?: readonly SchemaReferenceEntity[];
}

export async function compat(
  context: CommandContext,
  subject: string | undefined,
  options: CompatOptions,
): Promise<void> {
  const wishes = [options.level, options.unset, options.file].filter((wish) => wish !== undefined);
  if (wishes.length > 1) throw CliError.usage('--level, --unset and --file are three different things to do');
  const client = await registryClient(context, options);
  if (options.file !== undefined) return tryFile(context, client, subject, options.file, options);
  const scope = { ...(subject === undefined ? {} : { subject }), signal: context.terminal.signal };
  if (options.level !== undefined) await client.config.update({ compatibilityLevel: options.level }, scope);
  if (options.unset === true) await client.config.delete(scope);
  const config = await client.config.get({ ...scope, defaultToGlobal: true });
  new Printer(context.terminal, options.output).result(
    { subject: subject ?? null, ...config },
    ({ compatibilityLevel }) => `${subject ?? 'All subjects'}: ${compatibilityLevel}`,
  );
}

/** @throws CliError when the registry would refuse the schema */
async function tryFile(
  context: CommandContext,
  client: SchemaRegistryClient,
  subject: string | undefined,
  file: string,
  options: CompatOptions,
): Promise<void> {
  if (subject === undefined) throw CliError.usage('Name the subject that the file is for');
  const { text, type } = await readSchemaFile(context.host, file, options.type);
  const answer = await client.compatibility.check(
    subject,
    { schema: text, schemaType: type, references: options.reference ?? [] },
    { verbose: true, signal: context.terminal.signal },
  );
  new Printer(context.terminal, options.output).result(answer, ({ isCompatible, messages }) =>
    [
      isCompatible ? `${file} may be registered for ${subject}` : `${file} does not fit ${subject}:`,
      ...messages,
    ].join('\n'),
  );
  if (!answer.isCompatible) throw new CliError(`${file} is incompatible with ${subject}`);
}
