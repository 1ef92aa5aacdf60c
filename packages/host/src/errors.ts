/** Every error of this package that is not the operating system's own. */
export const hostErrors = {
  SIMULATION_DEADLOCK: {
    code: 'ERR_HOST_SIMULATION_DEADLOCK',
    retriable: false,
    summary: 'A simulation has nothing left to do, but its body still waits.',
    help: 'Look at the last events in the message; run the seed again with onEvent to see all of them. Real I/O inside a simulation (worker threads, asynchronous zlib, a dynamic import) is invisible to it.',
  },
  SIMULATION_LIMIT: {
    code: 'ERR_HOST_SIMULATION_LIMIT',
    retriable: false,
    summary: 'A simulation ran for more steps or more virtual time than allowed.',
    help: 'Either the body waits for something that never comes while periodic timers go on, or the limit is too low for it.',
  },
  SIMULATION_CALLBACK: {
    code: 'ERR_HOST_SIMULATION_CALLBACK',
    retriable: false,
    summary: 'A timer, disk or network callback threw inside a simulation.',
    help: 'The cause is what was thrown; in a real process it would be an uncaught exception.',
  },
  SIMULATION_USE: {
    code: 'ERR_HOST_SIMULATION_USE',
    retriable: false,
    summary: 'The simulation was used in a way that has no meaning.',
    help: 'The message says what.',
  },
} as const;

type HostErrorEntry = (typeof hostErrors)[keyof typeof hostErrors];

/** A simulation that cannot go on. `seed` and `step` replay it. */
export class SimulationError extends Error {
  override readonly name = 'SimulationError';
  readonly code: HostErrorEntry['code'];
  readonly retriable = false;
  readonly seed: string | number;
  readonly step: number;

  constructor(
    entry: HostErrorEntry,
    at: { readonly seed: string | number; readonly step: number },
    problem: string,
    options?: ErrorOptions,
  ) {
    super(`Simulation with seed ${JSON.stringify(at.seed)}, step ${at.step}: ${problem}`, options);
    this.code = entry.code;
    this.seed = at.seed;
    this.step = at.step;
  }
}
