import { CorruptFileError } from '../errors.ts';

/** Where a segment was found damaged. */
export interface SegmentDamageMark {
  /** In the `.log` file; the batch there cannot be believed. */
  readonly position: number;
  /** First offset that readers are kept from; the rest of the segment is behind it. */
  readonly fromOffset: number;
  readonly problem: string;
}

const SUFFIX = '.damaged';

/** For example `00000000000000001042.damaged`, beside the segment. Apache Kafka takes no notice of such a file. */
export function damageMarkName(baseOffset: number): string {
  return `${String(baseOffset).padStart(20, '0')}${SUFFIX}`;
}

/** The base offset of the segment; `undefined` for other files. */
export function parseDamageMarkName(name: string): number | undefined {
  const match = /^(\d{20})\.damaged$/.exec(name);
  return match === null ? undefined : Number(match[1]);
}

export function formatDamageMark(mark: SegmentDamageMark): string {
  return `${JSON.stringify({ version: 0, ...mark })}\n`;
}

/** @throws CorruptFileError */
export function parseDamageMark(text: string, path: string): SegmentDamageMark {
  try {
    const { version, position, fromOffset, problem } = JSON.parse(text) as Record<string, unknown>;
    if (version === 0 && isWhole(position) && isWhole(fromOffset) && typeof problem === 'string')
      return { position, fromOffset, problem };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new CorruptFileError(path, 0, 'expected JSON with "version": 0, "position", "fromOffset", "problem"');
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
