import { join } from 'node:path';
import type { Host } from '@millrace/host';
import { dumpFile, type DumpEntry, type RecordDecoderName } from '@millrace/log/tools';
import { CliError } from '../cli-error.ts';
import type { CommandContext, OutputOptions } from '../command-context.ts';
import { ExitCode } from '../exit-codes.ts';
import { writeAll } from '../terminal.ts';
import { entryLine } from './entry-line.ts';
import { existingPath } from './existing-path.ts';

export interface DumpCommandOptions extends OutputOptions {
  readonly deep?: boolean;
  readonly decoder?: RecordDecoderName;
  readonly fromOffset?: number;
  readonly maxEntries?: number;
}

/** Text that is written at once: less would be slow, more would hold up what a reader wants to see. */
const CHUNK_CHARACTERS = 65536;

/** Prints one line per entry; damage is printed where it is met and ends the command with an error at the end. */
export async function dumpFiles(
  { terminal, host }: CommandContext,
  paths: readonly string[],
  options: DumpCommandOptions,
): Promise<void> {
  const isJson = options.output === 'json';
  const { stdout, signal } = terminal;
  const damaged = new Set<string>();
  let text = '';
  let left = options.maxEntries ?? Infinity;
  for await (const entry of entries(host, paths, options, signal)) {
    if (isDamage(entry)) damaged.add(entry.file);
    text += isJson ? `${JSON.stringify(entry)}\n` : entryLine(entry);
    if (text.length >= CHUNK_CHARACTERS) {
      await writeAll(stdout, text);
      text = '';
    }
    if (--left === 0) break;
  }
  await writeAll(stdout, text);
  if (damaged.size > 0)
    throw new CliError(`Damaged: ${[...damaged].join(', ')}`, { exitCode: ExitCode.FAILED });
}

function isDamage(entry: DumpEntry): boolean {
  return entry.type === 'damage' || (entry.type === 'batch' && !entry.isCrcValid);
}

async function* entries(
  host: Host,
  paths: readonly string[],
  options: DumpCommandOptions,
  signal: AbortSignal,
): AsyncGenerator<DumpEntry> {
  for (const given of paths) {
    const { path, isDirectory } = await existingPath(host, given);
    const files = isDirectory ? await filesIn(host, path) : [path];
    for (const file of files) {
      signal.throwIfAborted();
      yield* dumpFile(host, file, {
        deep: options.deep === true,
        signal,
        ...(options.decoder === undefined ? {} : { decoder: options.decoder }),
        ...(options.fromOffset === undefined ? {} : { fromOffset: options.fromOffset }),
      });
    }
  }
}

/** The files of a directory that a dump can show. */
async function filesIn(host: Host, path: string): Promise<string[]> {
  const entries = await host.disk.list(path);
  return entries
    .filter(({ name, isDirectory }) => !isDirectory && name !== '.lock' && !/\.(tmp|part|owner)$/.test(name))
    .map(({ name }) => join(path, name));
}
