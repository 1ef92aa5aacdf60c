import { join } from 'node:path';
import { offsetCheckpointFiles, type OffsetsByPartition } from '../../files/offset-checkpoint.ts';
import type { Findings } from './findings.ts';
import type { PartitionFacts } from './partition-facts.ts';
import type { Severity } from './verify-report.ts';

/** The checkpoint files of a log directory; `undefined` for one that is absent or damaged. */
export type Checkpoints = {
  readonly [Name in keyof typeof offsetCheckpointFiles]: OffsetsByPartition | undefined;
};

interface Verified {
  readonly checkpoints: Checkpoints;
  readonly facts: readonly PartitionFacts[];
  readonly isClean: boolean;
}

/** Compares what the checkpoints of a log directory say with what its logs hold. */
export function checkCheckpoints(path: string, verified: Verified, findings: Findings): void {
  const byName = new Map(verified.facts.map((partition) => [partition.name, partition]));
  for (const [kind, file] of Object.entries(offsetCheckpointFiles)) {
    for (const [name, offset] of verified.checkpoints[kind as keyof Checkpoints] ?? []) {
      const place = { file: join(path, file), position: 0 };
      const partition = byName.get(name);
      if (partition === undefined) {
        findings.add('notice', 'checkpoint', place, `it has an entry for ${name}, which is not here`);
      } else if (offset < 0) {
        findings.add('error', 'checkpoint', place, `offset ${offset} of ${name} is negative`);
      } else if (offset > partition.logEndOffset) {
        const problem = `offset ${offset} of ${name} is behind the end of its log, ${partition.logEndOffset}`;
        findings.add(severityBehindEnd(kind, verified.isClean), 'checkpoint', place, problem);
      }
    }
  }
}

/**
 * A log that ends below its recovery point has lost what was flushed. The high watermark may be ahead after a power
 * loss: it is no promise of the disk.
 */
function severityBehindEnd(kind: string, isClean: boolean): Severity {
  return kind === 'highWatermark' && !isClean ? 'notice' : 'error';
}
