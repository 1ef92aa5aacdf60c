import { jsonSchemaTypes, type JsonSchema } from '@millrace/schema-registry/json-schema';
import { basename, dirname, resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import type { CommandContext, OutputOptions } from '../command-context.ts';
import { Printer } from '../output/printer.ts';
import { readSchemaFile } from './schema-file.ts';
import { FolderParser, schemaFiles } from './schema-folder.ts';

export interface TypesOptions extends OutputOptions {
  readonly name?: string;
}

/** Prints types of a JSON Schema file, which may refer to others of its folder. @throws CliError for another format */
export async function printTypes(
  context: CommandContext,
  file: string,
  options: TypesOptions,
): Promise<void> {
  const { type } = await readSchemaFile(context.host, file, undefined);
  if (type !== 'JSON') throw CliError.usage(`${file} is no .json file: types are made of JSON Schemas`);
  const folder = dirname(resolve(file));
  const files = await schemaFiles(context.host, folder);
  const own = files.find(({ path }) => path === basename(file));
  if (own === undefined) throw new CliError(`${file} went away`);
  const schema = (await new FolderParser(files).parse(own)) as JsonSchema;
  const name = options.name ?? schema.name ?? basename(file).replace(/\.(?:schema\.)?json$/, '');
  const types = jsonSchemaTypes(schema, { name });
  new Printer(context.terminal, options.output).result({ types }, (result) => result.types.trimEnd());
}
