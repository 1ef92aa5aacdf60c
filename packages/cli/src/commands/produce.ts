import { Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addClientOptions, clientProperties, type ClientOptions } from '../options/client-options.ts';
import { wholeNumber } from '../options/parse-number.ts';
import { collectAssignment } from '../options/property-assignments.ts';
import { Printer } from '../output/printer.ts';
import { Progress } from '../output/progress.ts';
import { readLines } from '../produce/line-reader.ts';
import { SendPipeline } from '../produce/send-pipeline.ts';
import { parseJsonLine, parseLine, type RecordFormat } from '../produce/parse-record.ts';

interface ProduceOptions extends ClientOptions {
  readonly keySeparator?: string;
  readonly nullMarker?: string;
  readonly header?: Readonly<Record<string, string>>;
  readonly partition?: number;
  readonly input: 'lines' | 'json';
  readonly compression: string;
  readonly acks: string;
}

const examples = `
Examples:
  $ echo 'o-1:paid' | millrace produce orders --key-separator :
  $ millrace consume orders --output json --exit-at-end | millrace produce copy --input json
`;

export function produceCommand(context: CommandContext): Command {
  const command = new Command('produce')
    .description('Send the lines of standard input as records.')
    .argument('<topic>')
    .option('-K, --key-separator <text>', 'text between key and value of a line')
    .option('--null-marker <text>', 'a key or value that reads exactly so is null')
    .option('-H, --header <name=value>', 'header of every record; repeatable', collectAssignment)
    .option(
      '-p, --partition <number>',
      'partition of every record (default: by key)',
      wholeNumber('--partition'),
    )
    .addOption(new Option('--input <format>', 'what a line is').choices(['lines', 'json']).default('lines'))
    .addOption(
      new Option('-z, --compression <codec>', 'codec of the batches')
        .choices(['none', 'gzip', 'snappy', 'lz4', 'zstd'])
        .default('none'),
    )
    .addOption(
      new Option('--acks <acks>', 'who must have a record').choices(['0', '1', 'all']).default('all'),
    )
    .addHelpText('after', examples)
    .action((topic: string, options: ProduceOptions) => produce(context, topic, options));
  return addClientOptions(command);
}

async function produce(context: CommandContext, topic: string, options: ProduceOptions): Promise<void> {
  const { terminal, host } = context;
  const { Producer } = await import('@millrace/client');
  const properties = {
    'compression.type': options.compression,
    acks: options.acks,
    ...(await clientProperties(context, options)),
  };
  const parse = options.input === 'json' ? parseJsonLine : parseLine;
  const format: RecordFormat = { topic, ...pickFormat(options), headers: options.header ?? {} };
  const beganMs = host.clock.monotonicMs();
  let records = 0;
  let lineNumber = 0;
  const pipeline = new SendPipeline();
  await using producer = new Producer(properties, { host });
  using _progress = new Progress(terminal, host, () => `${records} records sent`);
  for await (const lines of readLines(terminal.stdin)) {
    terminal.signal.throwIfAborted();
    const batch = lines.map((line) => parse(line, format, ++lineNumber));
    const sent = producer.send(batch, { signal: terminal.signal });
    await pipeline.add(sent.then(() => (records += batch.length)));
  }
  await pipeline.drain();
  const elapsedMs = Math.round(host.clock.monotonicMs() - beganMs);
  report(new Printer(terminal, options.output), { topic, records, elapsedMs });
}

function pickFormat(options: ProduceOptions) {
  return { partition: options.partition, keySeparator: options.keySeparator, nullMarker: options.nullMarker };
}

function report(printer: Printer, result: { topic: string; records: number; elapsedMs: number }): void {
  if (printer.format === 'json') printer.result(result, () => '');
  else printer.note(`${result.records} records sent to ${result.topic} in ${result.elapsedMs} ms`);
}
