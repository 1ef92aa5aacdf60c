import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { RangeReport, SeedRange } from './seed-process.ts';
import type { SimOptions } from './sim-options.ts';

/** Few, so that processes end together and a failure is told soon. */
const SEEDS_AT_A_TIME = 10;

/** Runs the seeds on several processes: whoever is done with a range gets the next one. */
export class SeedProcesses {
  readonly #options: SimOptions;
  readonly #onReport: (report: RangeReport) => void;
  #next: number;
  #isStopped = false;

  constructor(options: SimOptions, onReport: (report: RangeReport) => void) {
    this.#options = options;
    this.#onReport = onReport;
    this.#next = options.from;
  }

  /** No more seeds than those that run. */
  stop(): void {
    this.#isStopped = true;
  }

  /** @throws Error when a process has died */
  async run(): Promise<void> {
    await Promise.all(Array.from({ length: this.#options.processes }, () => this.#runOne()));
  }

  async #runOne(): Promise<void> {
    const child = fork(join(import.meta.dirname, 'seed-process.ts'), process.argv.slice(2));
    try {
      for (let range = this.#take(); range !== undefined; range = this.#take()) {
        this.#onReport(await ask(child, range));
      }
    } finally {
      if (child.connected) child.disconnect();
    }
  }

  #take(): SeedRange | undefined {
    const { from, seeds } = this.#options;
    const count = Math.min(SEEDS_AT_A_TIME, from + seeds - this.#next);
    if (this.#isStopped || count <= 0) return undefined;
    const range = { from: this.#next, seeds: count };
    this.#next += count;
    return range;
  }
}

function ask(child: ChildProcess, range: SeedRange): Promise<RangeReport> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null, signal: string | null): void => {
      const seeds = `${range.from} to ${range.from + range.seeds - 1}`;
      reject(new Error(`the process with seeds ${seeds} has ended with ${signal ?? code}`));
    };
    child.once('exit', onExit);
    child.once('message', (report: RangeReport) => {
      child.off('exit', onExit);
      resolve(report);
    });
    child.send(range);
  });
}
