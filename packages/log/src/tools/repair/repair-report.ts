import type { Finding, VerifyReport } from '../verify/verify-report.ts';

/** One change, or with `dryRun` one that would be made. */
export interface RepairStep {
  readonly action: 'copy' | 'cut' | 'remove' | 'rebuild' | 'rewrite';
  /** File or partition directory. */
  readonly file: string;
  readonly detail: string;
}

export interface RepairReport {
  readonly directory: string;
  readonly isDryRun: boolean;
  /** Where copies of everything that was changed are; `undefined` where nothing was. */
  readonly quarantine: string | undefined;
  readonly before: VerifyReport;
  readonly steps: readonly RepairStep[];
  /** The verification that followed; `undefined` with `dryRun` and where nothing was to be done. */
  readonly after: VerifyReport | undefined;
  /** Errors that no step is for. */
  readonly unrepaired: readonly Finding[];
}
