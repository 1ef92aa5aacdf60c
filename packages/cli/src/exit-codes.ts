/** What scripts may rely on. */
export const ExitCode = {
  OK: 0,
  /** The work could not be done. */
  FAILED: 1,
  /** The command line itself is wrong: unknown option, missing argument, illegal value. */
  USAGE: 2,
  /** A named topic, group or file does not exist. */
  NOT_FOUND: 3,
  /** Refused: exists already, not empty, not authorized, not confirmed. */
  REFUSED: 4,
  /** Ended by Ctrl-C or SIGTERM before the work was done. */
  INTERRUPTED: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
