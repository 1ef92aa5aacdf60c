import { join } from 'node:path';
import type { Disk } from '@millrace/host';
import type { RecordBatch } from '@millrace/protocol';
import { readOptionalFile } from '../../files/read-optional-file.ts';
import { segmentFileName } from '../../files/segment-file-name.ts';
import { readOffsetIndex, readTimeIndex } from '../index-entries.ts';
import { OffsetIndexCheck, TimeIndexCheck } from './index-checks.ts';
import type { FindingRule } from './verify-report.ts';

export interface SegmentIndexCheckOptions {
  readonly disk: Disk;
  readonly directory: string;
  readonly baseOffset: number;
  /** Nothing is appended to the segment any more. */
  readonly isClosed: boolean;
  readonly report: (rule: FindingRule, file: string, position: number, problem: string) => void;
}

/** Both index files of a segment, compared with its batches. */
export class SegmentIndexCheck {
  readonly #options: SegmentIndexCheckOptions;
  readonly #offset: OffsetIndexCheck | undefined;
  readonly #time: TimeIndexCheck | undefined;

  private constructor(
    options: SegmentIndexCheckOptions,
    offset: OffsetIndexCheck | undefined,
    time: TimeIndexCheck | undefined,
  ) {
    this.#options = options;
    this.#offset = offset;
    this.#time = time;
  }

  static async open(options: SegmentIndexCheckOptions): Promise<SegmentIndexCheck> {
    const { baseOffset, report } = options;
    const offset = await readTable(options, '.index', 8, (content, file) => {
      const index = readOffsetIndex(content, baseOffset);
      return {
        usedBytes: index.usedBytes,
        check: new OffsetIndexCheck(index, (at, problem) => report('offset-index', file, at, problem)),
      };
    });
    const time = await readTable(options, '.timeindex', 12, (content, file) => {
      const index = readTimeIndex(content, baseOffset);
      return {
        usedBytes: index.usedBytes,
        check: new TimeIndexCheck(index, (at, problem) => report('time-index', file, at, problem)),
      };
    });
    return new SegmentIndexCheck(options, offset, time);
  }

  /** @param isSound The fields of the batch can be believed. */
  visit(position: number, batch: RecordBatch, isSound: boolean): void {
    this.#offset?.visit(position, batch, isSound);
    this.#time?.visit(batch, isSound);
  }

  finish(logBytes: number): void {
    this.#offset?.finish(logBytes);
    this.#time?.finish(this.#options.isClosed);
  }
}

async function readTable<Check>(
  { disk, directory, baseOffset, isClosed, report }: SegmentIndexCheckOptions,
  suffix: '.index' | '.timeindex',
  entryBytes: number,
  read: (content: Buffer, file: string) => { usedBytes: number; check: Check },
): Promise<Check | undefined> {
  const file = join(directory, segmentFileName(baseOffset, suffix));
  const rule = suffix === '.index' ? 'offset-index' : 'time-index';
  const content = await readOptionalFile(disk, file);
  if (content === undefined) {
    report('missing-index', file, 0, 'it is not there; the next start rebuilds it');
    return undefined;
  }
  if (content.length % entryBytes !== 0) {
    report(rule, file, content.length, `its length is not a multiple of ${entryBytes}`);
  }
  const { usedBytes, check } = read(content, file);
  if (isClosed && usedBytes < content.length) {
    report(rule, file, usedBytes, `${content.length - usedBytes} bytes behind the entries are zero`);
  }
  return check;
}
