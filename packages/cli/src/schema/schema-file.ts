import type { Host } from '@millrace/host';
import type { SchemaFormat, SchemaType } from '@millrace/schema-registry';
import { extname, resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';

const typeOfExtension: Readonly<Record<string, SchemaType>> = {
  '.avsc': 'AVRO',
  '.proto': 'PROTOBUF',
  '.json': 'JSON',
};

/** The format of a file by its name; undefined for other files. */
export function schemaTypeOf(path: string): SchemaType | undefined {
  return typeOfExtension[extname(path).toLowerCase()];
}

/** What a file on the command line holds. @throws CliError */
export async function readSchemaFile(
  host: Host,
  path: string,
  type: SchemaType | undefined,
): Promise<{ readonly text: string; readonly type: SchemaType }> {
  const found = type ?? schemaTypeOf(path);
  if (found === undefined) {
    throw CliError.usage(
      `The name of ${path} does not say its format`,
      'Give it with --type AVRO, PROTOBUF or JSON.',
    );
  }
  try {
    return { text: (await host.disk.readFile(resolve(path))).toString('utf8'), type: found };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError(`Cannot read the schema file ${path}: ${reason}`, {
      exitCode: ExitCode.NOT_FOUND,
      cause,
    });
  }
}

/** Loaded one by one: a command needs the codecs of one format. */
export async function schemaFormat(type: SchemaType): Promise<SchemaFormat> {
  switch (type) {
    case 'AVRO':
      return (await import('@millrace/schema-registry/avro')).avroFormat;
    case 'PROTOBUF':
      return (await import('@millrace/schema-registry/protobuf')).protobufFormat;
    case 'JSON':
      return (await import('@millrace/schema-registry/json-schema')).jsonSchemaFormat;
  }
}
