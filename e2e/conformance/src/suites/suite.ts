import type { NodeRequirements, RunningNode } from '../nodes/node.ts';
import type { KnownFailure, Outcome } from '../report/outcome.ts';

export interface SuiteRun {
  readonly node: RunningNode;
  /** Folder with the suite's sources and their dependencies; empty for suites of this repo. */
  readonly folder: string;
  /** Only what contains one of these words; empty for everything. */
  readonly only: readonly string[];
  readonly print: (line: string) => void;
}

/** Somebody else's suite, or scripts of ours that exercise somebody else's program. */
export interface Suite {
  readonly name: string;
  /** Its sources are not in any registry: the command needs a path. */
  readonly needsFolder?: {
    readonly hint: string;
    /** Without this file in it there is nothing to run. */
    readonly program?: string;
  };
  /** A program that its tests are run with, for example a tool chain: it has to stand in PATH. */
  readonly needsCommand?: string;
  readonly knownFailures: readonly KnownFailure[];
  requirements(): Promise<NodeRequirements>;
  /** Runs all tests and says how each of them ended. */
  run(run: SuiteRun): Promise<readonly Outcome[]>;
}
