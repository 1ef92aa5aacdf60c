import { join } from 'node:path';
import type { RecordBatch } from '@millrace/protocol';
import { CorruptFileError } from '../../errors.ts';
import { segmentFileName } from '../../files/segment-file-name.ts';
import { applyBatch } from '../../producer/apply-batch.ts';
import type { ProducerEntry } from '../../producer/producer-entry.ts';
import { decodeProducerSnapshot } from '../../producer/producer-snapshot.ts';
import { ProducerStates } from '../../producer/producer-states.ts';
import { decodeAbortedTransactions, type AbortedTransaction } from '../../segment/transaction-index.ts';
import type { PartitionContents } from './partition-facts.ts';
import { compareProducers } from './producer-snapshot-check.ts';
import type { VerifyPartitionOptions } from './verify-partition.ts';
import type { FindingRule } from './verify-report.ts';

interface Snapshot {
  readonly offset: number;
  readonly file: string;
  readonly entries: readonly ProducerEntry[];
}

interface TransactionIndexFile {
  readonly file: string;
  readonly transactions: readonly AbortedTransaction[];
}

/**
 * Replays the producers of a log and compares what comes out with the snapshots and transaction indexes. Below the
 * point up to which the log was compacted batches and markers may be gone, so there only the files themselves are
 * checked.
 */
export class ProducerCheck {
  readonly #options: VerifyPartitionOptions;
  readonly #states = new ProducerStates();
  readonly #snapshots: Snapshot[] = [];
  readonly #indexes: TransactionIndexFile[] = [];
  readonly #aborted: AbortedTransaction[] = [];
  readonly #scannedFrom: number;

  private constructor(options: VerifyPartitionOptions, scannedFrom: number) {
    this.#options = options;
    this.#scannedFrom = scannedFrom;
  }

  static async create(options: VerifyPartitionOptions, contents: PartitionContents): Promise<ProducerCheck> {
    const scannedFrom = contents.baseOffsets[0] ?? 0;
    const check = new ProducerCheck(options, scannedFrom);
    await check.#readSnapshots(contents);
    await check.#readIndexes(contents);
    const first = check.#snapshots[0];
    if (first?.offset === scannedFrom) for (const entry of first.entries) check.#states.restore(entry);
    return check;
  }

  /** Batches of the log in offset order, none left out. */
  visit(batch: RecordBatch): void {
    this.#compareUpTo(batch.baseOffset);
    const aborted = applyBatch(this.#states, batch.buffer, 0);
    if (aborted !== undefined) this.#aborted.push(aborted);
  }

  finish(logEndOffset: number): void {
    this.#compareUpTo(logEndOffset);
    for (const { file, offset } of this.#snapshots) {
      this.#report(
        'producer-snapshot',
        file,
        0,
        `it is of offset ${offset}, but the log ends at ${logEndOffset}`,
      );
    }
    if (!this.#isCompacted) this.#compareTransactions();
  }

  get #isCompacted(): boolean {
    return this.#options.checkpoints.cleanedOffset !== undefined;
  }

  #compareUpTo(offset: number): void {
    for (
      let next = this.#snapshots[0];
      next !== undefined && next.offset <= offset;
      next = this.#snapshots[0]
    ) {
      this.#snapshots.shift();
      if (this.#isCompacted || next.offset <= this.#scannedFrom) continue;
      for (const problem of compareProducers(next.entries, this.#states, this.#scannedFrom)) {
        this.#report('producer-snapshot', next.file, 0, problem);
      }
    }
  }

  #compareTransactions(): void {
    const expected = new Map(this.#aborted.map((transaction) => [transaction.lastOffset, transaction]));
    for (const { file, transactions } of this.#indexes) {
      for (const transaction of transactions) {
        const scanned = expected.get(transaction.lastOffset);
        expected.delete(transaction.lastOffset);
        const problem = compareTransaction(transaction, scanned, this.#scannedFrom);
        if (problem !== undefined) this.#report('transaction-index', file, 0, problem);
      }
    }
    for (const { producerId, lastOffset } of expected.values()) {
      const problem = `the transaction of producer ${producerId} that the marker at offset ${lastOffset} aborted is in no index`;
      this.#report('transaction-index', this.#options.path, 0, problem);
    }
  }

  async #readSnapshots(contents: PartitionContents): Promise<void> {
    for (const offset of contents.snapshotOffsets) {
      const file = join(this.#options.path, segmentFileName(offset, '.snapshot'));
      const content = await this.#options.host.disk.readFile(file);
      this.#try('producer-snapshot', file, () => {
        this.#snapshots.push({ offset, file, entries: decodeProducerSnapshot(content, file) });
      });
    }
  }

  async #readIndexes(contents: PartitionContents): Promise<void> {
    for (const baseOffset of contents.transactionIndexes) {
      const file = join(this.#options.path, segmentFileName(baseOffset, '.txnindex'));
      const content = await this.#options.host.disk.readFile(file);
      this.#try('transaction-index', file, () => {
        this.#indexes.push({ file, transactions: decodeAbortedTransactions(content, file, baseOffset) });
      });
    }
  }

  #try(rule: FindingRule, file: string, read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof CorruptFileError)) throw error;
      this.#report(rule, file, error.position, error.message);
    }
  }

  /** After a crash all of this is rebuilt from the batches. */
  #report(rule: FindingRule, file: string, position: number, problem: string): void {
    const severity = this.#options.isClean ? 'error' : 'notice';
    this.#options.findings.add(severity, rule, { file, position }, problem);
  }
}

function compareTransaction(
  found: AbortedTransaction,
  scanned: AbortedTransaction | undefined,
  scannedFrom: number,
): string | undefined {
  const name = `the aborted transaction of producer ${found.producerId} with its marker at offset ${found.lastOffset}`;
  if (scanned === undefined) {
    return found.firstOffset < scannedFrom ? undefined : `${name} is not in the log`;
  }
  const isSame =
    found.producerId === scanned.producerId &&
    found.firstOffset === scanned.firstOffset &&
    found.lastStableOffset === scanned.lastStableOffset;
  if (isSame) return undefined;
  return `${name}: first offset ${found.firstOffset} and last stable offset ${found.lastStableOffset}, the log says producer ${scanned.producerId}, ${scanned.firstOffset} and ${scanned.lastStableOffset}`;
}
