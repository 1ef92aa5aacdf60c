import type {
  ParsedSchema,
  RegisteredSchema,
  SchemaRegistryClient,
  SchemaType,
} from '@millrace/schema-registry';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { ExitCode } from '../exit-codes.ts';
import { Printer } from '../output/printer.ts';
import { prettySchema } from './pretty-schema.ts';
import { registryClient, versionOf, type RegistryOptions } from './registry-options.ts';
import { readSchemaFile, schemaFormat } from './schema-file.ts';
import { compareLines, sideBySide } from './side-by-side.ts';

export interface DiffOptions extends RegistryOptions {
  readonly file?: string;
  readonly width?: number;
}

interface Side {
  readonly name: string;
  readonly text: string;
  readonly schema: ParsedSchema;
}

const DEFAULT_WIDTH = 120;

/** Shows two schemas side by side, and whether each reads what the other writes. */
export async function diffVersions(
  context: CommandContext,
  versions: { readonly subject: string; readonly from: string | undefined; readonly to: string | undefined },
  options: DiffOptions,
): Promise<void> {
  const client = await registryClient(context, options);
  const [from, to] = await sides(context, client, versions, options);
  const lines = compareLines(from.text, to.text);
  const result = {
    subject: versions.subject,
    from: from.name,
    to: to.name,
    changed: lines.some(({ left, right }) => left !== right),
    lines,
    backward: to.schema.incompatibilitiesWith(from.schema, 'STRICT'),
    forward: from.schema.incompatibilitiesWith(to.schema, 'STRICT'),
  };
  new Printer(context.terminal, options.output).result(result, ({ backward, forward }) => {
    const header = { left: `${versions.subject} ${from.name}`, right: `${versions.subject} ${to.name}` };
    const width = options.width ?? DEFAULT_WIDTH;
    // The header is no change, so it has no mark.
    const title = sideBySide([header], width).replace(' | ', '   ');
    return [
      title,
      sideBySide(lines, width),
      '',
      ...verdict(`${to.name} reads what ${from.name} wrote`, backward),
      ...verdict(`${from.name} reads what ${to.name} writes`, forward),
    ].join('\n');
  });
}

function verdict(claim: string, problems: readonly { errorType: string; description: string }[]): string[] {
  return [
    `${claim}: ${problems.length === 0 ? 'yes' : 'no'}`,
    ...problems.map(({ errorType, description }) => `  ${errorType}: ${description}`),
  ];
}

async function sides(
  context: CommandContext,
  client: SchemaRegistryClient,
  {
    subject,
    from,
    to,
  }: { readonly subject: string; readonly from: string | undefined; readonly to: string | undefined },
  options: DiffOptions,
): Promise<readonly [Side, Side]> {
  const { signal } = context.terminal;
  if (options.file !== undefined) {
    if (to !== undefined)
      throw CliError.usage('--file stands for the second version: name one version at most');
    const registered = await client.subjects.version(subject, versionOf(from), { signal });
    const { text, type } = await readSchemaFile(context.host, options.file, registered.schemaType);
    const references = await resolved(client, registered, signal);
    const format = await schemaFormat(type);
    const schema = format.parse(text, references, { strict: true });
    return [
      await sideOf(client, registered, signal),
      { name: options.file, text: prettySchema(text, type), schema },
    ];
  }
  const versions = await client.subjects.versions(subject, { signal });
  const latest = versionOf(to) === 'latest' ? versions.at(-1) : Number(to);
  const before =
    from === undefined ? versions.filter((version) => version < (latest ?? 0)).at(-1) : versionOf(from);
  if (latest === undefined || before === undefined) {
    throw new CliError(`${subject} has one version only`, {
      exitCode: ExitCode.NOT_FOUND,
      hint: 'Compare it with a file: --file.',
    });
  }
  const left = await client.subjects.version(subject, before, { signal });
  const right = await client.subjects.version(subject, latest, { signal });
  return [await sideOf(client, left, signal), await sideOf(client, right, signal)];
}

async function sideOf(
  client: SchemaRegistryClient,
  registered: RegisteredSchema,
  signal: AbortSignal,
): Promise<Side> {
  const { schema, schemaType, version } = registered;
  return {
    name: `version ${version}`,
    text: prettySchema(schema, schemaType),
    schema: await parsed(client, registered, signal),
  };
}

async function parsed(
  client: SchemaRegistryClient,
  registered: RegisteredSchema,
  signal: AbortSignal,
): Promise<ParsedSchema> {
  const type: SchemaType = registered.schemaType;
  const format = await schemaFormat(type);
  return format.parse(registered.schema, await resolved(client, registered, signal), { strict: false });
}

async function resolved(client: SchemaRegistryClient, { references }: RegisteredSchema, signal: AbortSignal) {
  return Promise.all(
    references.map(async ({ name, subject, version }) => ({
      name,
      subject,
      version,
      schema: await parsed(client, await client.subjects.version(subject, version, { signal }), signal),
    })),
  );
}
