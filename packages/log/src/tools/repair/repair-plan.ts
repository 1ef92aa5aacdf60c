import { basename, dirname } from 'node:path';
import { parseSegmentFileName } from '../../files/segment-file-name.ts';
import type { LogDirectoryListing } from '../list-log-directory.ts';
import type { Finding, FindingRule, VerifyReport } from '../verify/verify-report.ts';

/** Where a log is cut: everything from a position of one segment on, and every later segment. */
export interface LogCut {
  readonly baseOffset: number;
  readonly position: number;
  readonly problem: string;
}

export interface PartitionPlan {
  readonly name: string;
  readonly path: string;
  readonly cut: LogCut | undefined;
  /** Leader epochs contradict the batches, so the checkpoint is made anew. */
  readonly dropsEpochs: boolean;
  /** Segments with batches whose leader epoch contradicts the checkpoint: one of both is wrong. */
  readonly epochSegments: readonly number[];
  readonly dropsMetadata: boolean;
}

export interface RepairPlan {
  readonly partitions: readonly PartitionPlan[];
  /** Checkpoint files of the log directory to correct. */
  readonly checkpoints: readonly string[];
  readonly unrepaired: readonly Finding[];
}

/** Damage of batches: what lies behind it cannot be trusted to continue the log. */
const cutting: ReadonlySet<FindingRule> = new Set([
  'batch-structure',
  'batch-checksum',
  'batch-content',
  'offset-order',
]);

/** Derived from batches, so a scan makes them anew. */
const derived: ReadonlySet<FindingRule> = new Set([
  'offset-index',
  'time-index',
  'missing-index',
  'missing-log',
  'transaction-index',
  'producer-snapshot',
  'leader-epochs',
  'quarantine',
]);

/**
 * What can be done about the errors of a verification. Pure; notices are left to the next start.
 * @param cutsGaps Treats missing offsets as the end of the log, too.
 */
export function planRepair(
  report: VerifyReport,
  listing: LogDirectoryListing,
  cutsGaps: boolean,
): RepairPlan {
  const errors = report.findings.filter(({ severity }) => severity === 'error');
  const planned = new Set<Finding>();
  const partitions = listing.partitions.flatMap(({ name, path }) => {
    const own = errors.filter(({ file }) => file === path || dirname(file) === path);
    const cut = findCut(own, cutsGaps);
    const repaired = own.filter((finding) => isRepairable(finding, cut));
    for (const finding of repaired) planned.add(finding);
    if (repaired.length === 0) return [];
    const dropsEpochs = repaired.some(({ rule }) => rule === 'leader-epochs');
    const dropsMetadata = repaired.some(({ rule }) => rule === 'partition-metadata');
    const epochSegments = repaired.filter(({ rule }) => rule === 'leader-epochs').flatMap(placeOf);
    const bases = new Set(epochSegments.map(({ baseOffset }) => baseOffset));
    return [{ name, path, cut, dropsEpochs, dropsMetadata, epochSegments: [...bases] }];
  });
  const checkpoints = new Set<string>();
  for (const finding of errors.filter(({ rule }) => rule === 'checkpoint')) {
    checkpoints.add(finding.file);
    planned.add(finding);
  }
  return {
    partitions,
    checkpoints: [...checkpoints],
    unrepaired: errors.filter((finding) => !planned.has(finding)),
  };
}

/** The first damage of the log. An overlap behind a gap is damage of the batch behind the gap, not of the next one. */
function findCut(findings: readonly Finding[], cutsGaps: boolean): LogCut | undefined {
  const damages = findings.filter(({ rule }) => cutting.has(rule) || rule === 'offset-gap').flatMap(placeOf);
  damages.sort((a, b) => a.baseOffset - b.baseOffset || a.position - b.position);
  const first = damages.findIndex(({ rule }) => cutsGaps || rule !== 'offset-gap');
  if (first === -1) return undefined;
  const isMisplaced = damages[first]!.rule === 'offset-order' && damages[first - 1]?.rule === 'offset-gap';
  const { baseOffset, position, problem } = damages[isMisplaced ? first - 1 : first]!;
  return { baseOffset, position, problem };
}

function placeOf(finding: Finding): (LogCut & { readonly rule: FindingRule })[] {
  const segment = parseSegmentFileName(basename(finding.file));
  if (segment?.suffix !== '.log') return [];
  const { rule, position, problem } = finding;
  return [{ baseOffset: segment.baseOffset, position, problem, rule }];
}

function isRepairable(finding: Finding, cut: LogCut | undefined): boolean {
  if (derived.has(finding.rule) || finding.rule === 'partition-metadata') return true;
  const [place] = placeOf(finding);
  if (cut === undefined || place === undefined) return false;
  return (
    place.baseOffset > cut.baseOffset ||
    (place.baseOffset === cut.baseOffset && place.position >= cut.position)
  );
}
