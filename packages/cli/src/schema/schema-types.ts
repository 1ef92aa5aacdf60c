import type { AvroSchema } from '@millrace/schema-registry/avro';
import type { JsonSchema } from '@millrace/schema-registry/json-schema';
import type { ProtobufSchema } from '@millrace/schema-registry/protobuf';
import { basename, dirname, resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import type { CommandContext, OutputOptions } from '../command-context.ts';
import { Printer } from '../output/printer.ts';
import { readSchemaFile } from './schema-file.ts';
import { FolderParser, schemaFiles, type FolderFile } from './schema-folder.ts';

export interface TypesOptions extends OutputOptions {
  readonly name?: string;
}

/** Prints types of a schema file, which may refer to others of its folder. */
export async function printTypes(
  context: CommandContext,
  file: string,
  options: TypesOptions,
): Promise<void> {
  // Says what is wrong with the name or the file before its folder is looked at.
  await readSchemaFile(context.host, file, undefined);
  const files = await schemaFiles(context.host, dirname(resolve(file)));
  const own = files.find(({ path }) => path === basename(file));
  if (own === undefined) throw new CliError(`${file} went away`);
  const types = await typesOf(own, new FolderParser(files), options.name);
  new Printer(context.terminal, options.output).result({ types }, (result) => result.types.trimEnd());
}

async function typesOf(file: FolderFile, parser: FolderParser, name: string | undefined): Promise<string> {
  const schema = await parser.parse(file);
  if (file.type === 'PROTOBUF') {
    const { protobufSchemaTypes } = await import('@millrace/schema-registry/protobuf');
    return protobufSchemaTypes(schema as ProtobufSchema, name === undefined ? {} : { name });
  }
  const own = name ?? schema.name ?? basename(file.path).replace(/\.(?:avsc|schema\.json|json)$/, '');
  if (file.type === 'AVRO') {
    const { avroSchemaTypes } = await import('@millrace/schema-registry/avro');
    return avroSchemaTypes(schema as AvroSchema, { name: own.split('.').at(-1) ?? own });
  }
  const { jsonSchemaTypes } = await import('@millrace/schema-registry/json-schema');
  return jsonSchemaTypes(schema as JsonSchema, { name: own });
}
