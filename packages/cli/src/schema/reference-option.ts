import type { SchemaReferenceEntity } from '@millrace/schema-registry';
import { CliError } from '../cli-error.ts';

/** Collects repeated `--reference name=subject:version`; subjects may hold colons. @throws CliError for other text */
export function collectReference(
  text: string,
  previous: readonly SchemaReferenceEntity[] = [],
): SchemaReferenceEntity[] {
  const match = /^(.+?)=(.+):(\d+|-1)$/.exec(text);
  if (match === null) throw CliError.usage(`"${text}" is not of the form name=subject:version`);
  const [, name = '', subject = '', version = ''] = match;
  return [...previous, { name, subject, version: Number(version) }];
}
