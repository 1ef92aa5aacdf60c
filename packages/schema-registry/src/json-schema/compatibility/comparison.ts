import type { CompatibilityPolicy } from '../../format/schema-format.ts';
import { MAX_COMPARISONS, MAX_COMPARISON_DEPTH, MAX_DIFFERENCES } from '../limits.ts';
import { dereferenced, type SchemaNode } from '../model/schema-model.ts';
import { differenceTypes, type Difference, type DifferenceType } from './difference.ts';

/** How the differences of one pair of nodes are found; it asks the comparison for the pairs inside. */
export type CompareNodes = (comparison: Comparison, writer: TargetNode, reader: TargetNode) => Difference[];

/** A node that is no reference. */
export type TargetNode = Exclude<SchemaNode, { kind: 'reference' }>;

type Verdict = readonly Difference[] | 'underway';

const IN_CYCLE: readonly Difference[] = [{ type: 'TYPE_CHANGED', path: '', isRepetition: true }];
const LIMIT: readonly Difference[] = [{ type: 'COMPARISON_LIMIT', path: '' }];

/**
 * Compares two graphs of nodes, each pair once.
 *
 * Recursive schemas come back to a pair whose comparison is underway. It counts as compatible then, which is right unless the
 * pair turns out to be incompatible for another reason; what was decided meanwhile may then be wrong. So the whole pass
 * is done again with the pairs known as incompatible, until a pass finds no new one. Each pass but the last finds one more,
 * and there are finitely many pairs.
 */
export class Comparison {
  readonly #policy: CompatibilityPolicy;
  readonly #compareNodes: CompareNodes;
  #verdicts = new Map<TargetNode, Map<TargetNode, Verdict>>();
  #broken = new PairSet();
  /** Pairs of this pass that were taken for compatible while underway. */
  #assumed = new PairSet();
  #comparisons = 0;
  #depth = 0;

  constructor(policy: CompatibilityPolicy, compareNodes: CompareNodes) {
    this.#policy = policy;
    this.#compareNodes = compareNodes;
  }

  /** All differences between what data was written with and what it shall be read with. */
  run(writer: SchemaNode, reader: SchemaNode): readonly Difference[] {
    for (;;) {
      this.#verdicts = new Map();
      this.#assumed = new PairSet();
      const differences = this.compare(writer, reader);
      const broken = this.#brokenPairs();
      const wasWrong = [...this.#assumed].some((pair) => broken.has(...pair) && !this.#broken.has(...pair));
      if (!wasWrong || this.#comparisons > MAX_COMPARISONS) return this.#withoutRepetitions(differences);
      this.#broken = broken;
    }
  }

  /** The differences of two nodes, with paths that begin at them. */
  compare(writer: SchemaNode, reader: SchemaNode): readonly Difference[] {
    const from = dereferenced(writer);
    const to = dereferenced(reader);
    const verdicts = this.#verdictsOf(from);
    const known = verdicts.get(to);
    if (known === 'underway') {
      if (this.#broken.has(from, to)) return IN_CYCLE;
      this.#assumed.add(from, to);
      return [];
    }
    if (known !== undefined) return known;
    this.#comparisons += 1;
    if (this.#comparisons > MAX_COMPARISONS || this.#depth >= MAX_COMPARISON_DEPTH) return LIMIT;
    verdicts.set(to, 'underway');
    this.#depth += 1;
    const differences = this.#shortened(this.#compareNodes(this, from, to));
    this.#depth -= 1;
    verdicts.set(to, differences);
    return differences;
  }

  isCompatible(differences: readonly Difference[]): boolean {
    return !differences.some(({ type }) => this.breaks(type));
  }

  /** Whether a kind of difference makes data unreadable under the policy. */
  breaks(type: DifferenceType): boolean {
    const verdict = differenceTypes[type];
    return verdict === 'breaks' || (verdict === 'lenient' && this.#policy === 'STRICT');
  }

  /** What breaks first, so that shortening never turns a refusal into a consent. */
  #shortened(differences: Difference[]): readonly Difference[] {
    if (differences.length <= MAX_DIFFERENCES) return differences;
    const breaking = differences.filter(({ type }) => this.breaks(type));
    const rest = differences.filter(({ type }) => !this.breaks(type));
    return [...breaking, ...rest].slice(0, MAX_DIFFERENCES);
  }

  /** A repetition stays only where it is all there is to say. */
  #withoutRepetitions(differences: readonly Difference[]): readonly Difference[] {
    const own = differences.filter(({ isRepetition }) => isRepetition !== true);
    return this.isCompatible(own) ? differences : own;
  }

  #verdictsOf(writer: TargetNode): Map<TargetNode, Verdict> {
    let verdicts = this.#verdicts.get(writer);
    if (verdicts === undefined) this.#verdicts.set(writer, (verdicts = new Map()));
    return verdicts;
  }

  #brokenPairs(): PairSet {
    const pairs = new PairSet();
    for (const [writer, verdicts] of this.#verdicts) {
      for (const [reader, verdict] of verdicts) {
        if (verdict !== 'underway' && !this.isCompatible(verdict)) pairs.add(writer, reader);
      }
    }
    return pairs;
  }
}

/** Pairs by identity. */
class PairSet {
  readonly #readers = new Map<TargetNode, Set<TargetNode>>();

  add(writer: TargetNode, reader: TargetNode): void {
    const readers = this.#readers.get(writer);
    if (readers === undefined) this.#readers.set(writer, new Set([reader]));
    else readers.add(reader);
  }

  has(writer: TargetNode, reader: TargetNode): boolean {
    return this.#readers.get(writer)?.has(reader) ?? false;
  }

  *[Symbol.iterator](): Generator<readonly [TargetNode, TargetNode]> {
    for (const [writer, readers] of this.#readers) for (const reader of readers) yield [writer, reader];
  }
}

/** Differences as seen from further out. */
export function under(path: string, differences: readonly Difference[]): Difference[] {
  return differences.map((difference) => ({ ...difference, path: path + difference.path }));
}
