import type {
  CompatibilityLevel,
  CompatibilityPolicy,
  Incompatibility,
  ParsedSchema,
} from '@millrace/schema-registry';
import { posix } from 'node:path';
import { CliError } from '../cli-error.ts';
import type { CommandContext, OutputOptions } from '../command-context.ts';
import { Printer } from '../output/printer.ts';
import { FolderParser, schemaFiles, versionOfFile, type FolderFile } from './schema-folder.ts';

export interface CheckOptions extends OutputOptions {
  readonly against?: string;
  readonly level: CompatibilityLevel;
  readonly policy: CompatibilityPolicy;
}

/** What was found about one file. */
interface FileResult {
  readonly path: string;
  readonly type: string;
  readonly ok: boolean;
  /** The file does not parse. */
  readonly error?: string;
  readonly problems: readonly FileProblem[];
}

interface FileProblem extends Incompatibility {
  /** The older schema that it does not fit. */
  readonly against: string;
  /** Which of the two cannot read what the other one writes. */
  readonly reader: 'new' | 'old';
}

interface OlderSchema {
  readonly name: string;
  readonly parse: () => Promise<ParsedSchema>;
}

/** Parses every schema of a folder and compares it with older ones. @throws CliError when one fails */
export async function checkFolder(
  context: CommandContext,
  folder: string,
  options: CheckOptions,
): Promise<void> {
  const files = await schemaFiles(context.host, folder);
  if (files.length === 0) throw new CliError(`There is no .avsc, .proto or .json file in ${folder}`);
  const parser = new FolderParser(files);
  const before = options.against === undefined ? [] : await schemaFiles(context.host, options.against);
  const beforeParser = new FolderParser(before);
  const results: FileResult[] = [];
  for (const file of files) {
    const older = [
      ...olderVersions(file, files).map((other) => ({ name: other.path, parse: () => parser.parse(other) })),
      ...before
        .filter(({ path }) => path === file.path)
        .map((other) => ({
          name: `${options.against}/${other.path}`,
          parse: () => beforeParser.parse(other),
        })),
    ];
    results.push(await checkFile(file, parser, older, options));
  }
  new Printer(context.terminal, options.output).result(results, view);
  const failed = results.filter(({ ok }) => !ok).length;
  if (failed > 0) throw new CliError(`${failed} of ${results.length} schemas failed`);
}

/** Files of the same folder and format whose number is lower, the newest first. */
function olderVersions(file: FolderFile, files: readonly FolderFile[]): FolderFile[] {
  const version = versionOfFile(file.path);
  if (version === undefined) return [];
  const folder = posix.dirname(file.path);
  return files
    .filter(
      (other) => posix.dirname(other.path) === folder && (versionOfFile(other.path) ?? version) < version,
    )
    .toSorted((a, b) => (versionOfFile(b.path) ?? 0) - (versionOfFile(a.path) ?? 0));
}

async function checkFile(
  file: FolderFile,
  parser: FolderParser,
  older: readonly OlderSchema[],
  options: CheckOptions,
): Promise<FileResult> {
  const { path, type } = file;
  let schema: ParsedSchema;
  try {
    schema = await parser.parse(file);
  } catch (error) {
    return { path, type, ok: false, error: (error as Error).message, problems: [] };
  }
  const compared = options.level.endsWith('_TRANSITIVE') ? older : older.slice(0, 1);
  const problems: FileProblem[] = [];
  for (const { name, parse } of compared) {
    // An older file that does not parse is reported as itself.
    const previous = await parse().catch(() => undefined);
    if (previous !== undefined) problems.push(...compare(schema, previous, name, options));
  }
  return { path, type, ok: problems.length === 0, problems };
}

function compare(
  schema: ParsedSchema,
  previous: ParsedSchema,
  against: string,
  { level, policy }: CheckOptions,
): FileProblem[] {
  if (level === 'NONE') return [];
  const isBackward = /^(?:BACKWARD|FULL)/.test(level);
  const isForward = /^(?:FORWARD|FULL)/.test(level);
  const found = (problems: readonly Incompatibility[], reader: 'new' | 'old') =>
    problems.map((problem) => ({ ...problem, against, reader }));
  return [
    ...(isBackward ? found(schema.incompatibilitiesWith(previous, policy), 'new') : []),
    ...(isForward ? found(previous.incompatibilitiesWith(schema, policy), 'old') : []),
  ];
}

function view(results: readonly FileResult[]): string {
  return results.flatMap(lines).join('\n');
}

function lines({ path, type, ok, error, problems }: FileResult): string[] {
  return [
    `${ok ? 'ok    ' : 'FAILED'}  ${path} (${type})`,
    ...(error === undefined ? [] : [`        ${error}`]),
    ...problems.map(({ errorType, description, against, reader }) => {
      const who = reader === 'new' ? `cannot read what ${against} wrote` : `${against} cannot read it`;
      return `        ${who}: ${errorType}: ${description}`;
    }),
  ];
}
