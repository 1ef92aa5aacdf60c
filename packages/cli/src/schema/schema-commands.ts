import type { SchemaReferenceEntity, SchemaType } from '@millrace/schema-registry';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { confirm } from '../confirm.ts';
import { Printer } from '../output/printer.ts';
import { prettySchema } from './pretty-schema.ts';
import { registryClient, versionOf, type RegistryOptions } from './registry-options.ts';
import { readSchemaFile } from './schema-file.ts';

export interface RegisterOptions extends RegistryOptions {
  readonly type?: SchemaType;
  readonly reference?: readonly SchemaReferenceEntity[];
  readonly normalize?: boolean;
}

export async function registerSchema(
  context: CommandContext,
  subject: string,
  file: string,
  options: RegisterOptions,
): Promise<void> {
  const { text, type } = await readSchemaFile(context.host, file, options.type);
  const client = await registryClient(context, options);
  const { signal } = context.terminal;
  const entity = { schema: text, schemaType: type, references: options.reference ?? [] };
  const normalize = options.normalize === true;
  const { id, version } = await client.subjects.register(subject, entity, { normalize, signal });
  // Older registries answer the id alone.
  const registered = {
    subject,
    id,
    version: version ?? (await client.subjects.lookUp(subject, entity, { normalize, signal })).version,
  };
  new Printer(context.terminal, options.output).result(
    registered,
    (result) => `Registered ${subject} as version ${result.version} with id ${result.id}`,
  );
}

export interface ListOptions extends RegistryOptions {
  readonly deleted?: boolean;
}

export async function listSubjects(context: CommandContext, options: ListOptions): Promise<void> {
  const client = await registryClient(context, options);
  const query = { deleted: options.deleted === true, signal: context.terminal.signal };
  const subjects = await client.subjects.list(query);
  const rows: { subject: string; versions: number; latest: number }[] = [];
  for (const subject of subjects) {
    const versions = await client.subjects.versions(subject, query);
    rows.push({ subject, versions: versions.length, latest: versions.at(-1) ?? 0 });
  }
  new Printer(context.terminal, options.output).result(rows, (listed) => ({
    header: ['subject', 'versions', 'latest'],
    rows: listed.map(({ subject, versions, latest }) => [subject, versions, latest]),
  }));
}

export async function listVersions(
  context: CommandContext,
  subject: string,
  options: ListOptions,
): Promise<void> {
  const client = await registryClient(context, options);
  const query = { deleted: options.deleted === true, signal: context.terminal.signal };
  const rows: {
    version: number;
    id: number;
    type: SchemaType;
    references: readonly SchemaReferenceEntity[];
  }[] = [];
  for (const version of await client.subjects.versions(subject, query)) {
    const { id, schemaType, references } = await client.subjects.version(subject, version, query);
    rows.push({ version, id: id ?? 0, type: schemaType, references: references ?? [] });
  }
  new Printer(context.terminal, options.output).result(rows, (listed) => ({
    header: ['version', 'id', 'type', 'references'],
    rows: listed.map(({ version, id, type, references }) => [
      version,
      id,
      type,
      references.map((reference) => `${reference.name}=${reference.subject}:${reference.version}`).join(' '),
    ]),
  }));
}

export interface GetOptions extends RegistryOptions {
  readonly id?: number;
}

export async function getSchema(
  context: CommandContext,
  { subject, version }: { readonly subject: string | undefined; readonly version: string | undefined },
  options: GetOptions,
): Promise<void> {
  if ((subject === undefined) === (options.id === undefined)) {
    throw CliError.usage('Name a subject, or an id with --id, not both');
  }
  const client = await registryClient(context, options);
  const { signal } = context.terminal;
  const schema =
    options.id === undefined
      ? await client.subjects.version(subject as string, versionOf(version), { signal })
      : await client.schemas.byId(options.id, { signal });
  new Printer(context.terminal, options.output).result(schema, (found) =>
    prettySchema(found.schema, found.schemaType).trimEnd(),
  );
}

export interface DeleteOptions extends RegistryOptions {
  readonly permanent?: boolean;
  readonly yes?: boolean;
}

export async function deleteSchema(
  context: CommandContext,
  subject: string,
  version: string | undefined,
  options: DeleteOptions,
): Promise<void> {
  const what = version === undefined ? `subject ${subject}` : `version ${version} of ${subject}`;
  const permanent = options.permanent === true;
  const manner = permanent ? 'for good' : 'softly';
  await confirm(context.terminal, `Delete ${what} ${manner}?`, options.yes === true);
  const client = await registryClient(context, options);
  const query = { permanent, signal: context.terminal.signal };
  const versions =
    version === undefined
      ? await client.subjects.delete(subject, query)
      : [await client.subjects.deleteVersion(subject, versionOf(version), query)];
  new Printer(context.terminal, options.output).result(
    { subject, versions, permanent },
    (result) =>
      `Deleted ${result.versions.map((number) => `version ${number}`).join(', ')} of ${subject} ${manner}`,
  );
}
