/** The kinds of files that a segment consists of. */
export const segmentFileSuffixes = ['.log', '.index', '.timeindex', '.txnindex', '.snapshot'] as const;
export type SegmentFileSuffix = (typeof segmentFileSuffixes)[number];

/** Marks files on their way in or out. */
export const transitionSuffixes = ['.deleted', '.cleaned', '.swap'] as const;
export type TransitionSuffix = (typeof transitionSuffixes)[number];

/** For example `00000000000000001042.log`. */
export function segmentFileName(
  baseOffset: number,
  suffix: SegmentFileSuffix,
  transition: TransitionSuffix | '' = '',
): string {
  return `${String(baseOffset).padStart(20, '0')}${suffix}${transition}`;
}

export interface SegmentFileName {
  readonly baseOffset: number;
  readonly suffix: SegmentFileSuffix;
  readonly transition: TransitionSuffix | '';
}

const pattern = /^(\d{20})(\.(?:log|index|timeindex|txnindex|snapshot))(\.(?:deleted|cleaned|swap))?$/;

/** `undefined` for files that do not belong to a segment. */
export function parseSegmentFileName(name: string): SegmentFileName | undefined {
  const match = pattern.exec(name);
  if (match === null) return undefined;
  return {
    baseOffset: Number(match[1]),
    suffix: match[2] as SegmentFileSuffix,
    transition: (match[3] ?? '') as TransitionSuffix | '',
  };
}
