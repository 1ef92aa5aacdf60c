import { Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import type * as Dump from '../log/dump.ts';
import type * as Repair from '../log/repair.ts';
import type * as Verify from '../log/verify.ts';
import { wholeNumber } from '../options/parse-number.ts';

export function logCommand(context: CommandContext): Command {
  return new Command('log')
    .description("Dump, verify and repair the files of a log directory, Millrace's or Apache Kafka's.")
    .addCommand(dumpLog(context))
    .addCommand(verifyLog(context))
    .addCommand(repairLog(context));
}

function dumpLog(context: CommandContext): Command {
  return new Command('dump')
    .description(
      'Print what files hold: segments, indexes, snapshots, checkpoints. A directory stands for its files.',
    )
    .argument('<paths...>')
    .option('--deep', 'records too, not batches alone')
    .addOption(
      new Option(
        '--decoder <name>',
        'how keys and values are shown (default: what the topic calls for)',
      ).choices(['bytes', 'metadata', 'offsets', 'transactions', 'share-state']),
    )
    .option('--from-offset <offset>', 'leave out batches that end below', wholeNumber('--from-offset'))
    .option('-n, --max-entries <number>', 'stop after so many', wholeNumber('--max-entries', { min: 1 }))
    .action(async (paths: string[], options: Dump.DumpCommandOptions) =>
      (await import('../log/dump.ts')).dumpFiles(context, paths, options),
    );
}

function verifyLog(context: CommandContext): Command {
  return new Command('verify')
    .description(
      'Check every invariant of a log directory, or of one partition directory. Exit code 1 for damage.',
    )
    .argument('<directory>')
    .option('--shallow', 'batches and their checksums, not every record')
    .action(async (directory: string, options: Verify.VerifyCommandOptions) =>
      (await import('../log/verify.ts')).verifyLog(context, directory, options),
    );
}

function repairLog(context: CommandContext): Command {
  return new Command('repair')
    .description(
      'Cut logs at the first damaged batch and derive the other files anew. Copies of all that changes are kept.',
    )
    .argument('<directory>')
    .option('--dry-run', 'say what would be done, change nothing')
    .option('--quarantine <folder>', 'where the copies go (default: beside the directory)')
    .option('--cut-gaps', 'cut a log where offsets are missing, too')
    .option('-y, --yes', 'do not ask')
    .action(async (directory: string, options: Repair.RepairCommandOptions) =>
      (await import('../log/repair.ts')).repairLog(context, directory, options),
    );
}
