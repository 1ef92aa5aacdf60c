import type { Random, Simulation } from '@millrace/host';

const SHORTEST_REIGN_MS = 0.1;
const LONGEST_REIGN_MS = 200;

export interface LeaderRelayOptions {
  readonly simulation: Simulation;
  readonly random: Random;
  readonly hosts: readonly string[];
}

/**
 * Leaders that come and go as in figure 8 of the Raft paper: whoever is elected is cut off from everybody a moment
 * later, in which its followers got nothing of its epoch, or a part of what it has; and the one that was cut off before
 * it is back, with what it wrote for itself meanwhile.
 */
export class LeaderRelay {
  readonly #options: LeaderRelayOptions;
  #lastEpoch = -1;
  #isolated: string | undefined;
  #isOver = false;

  constructor(options: LeaderRelayOptions) {
    this.#options = options;
  }

  /** A vote for it was granted: it is about to lead. */
  async onVote(host: string, epoch: number): Promise<void> {
    if (epoch <= this.#lastEpoch) return;
    this.#lastEpoch = epoch;
    const { simulation, random } = this.#options;
    // As likely to be as short as one message takes as to last for many.
    await simulation.sleep(SHORTEST_REIGN_MS * (LONGEST_REIGN_MS / SHORTEST_REIGN_MS) ** random.float());
    // Others may have been elected meanwhile: their turn has come, not this one's.
    if (this.#isOver || epoch !== this.#lastEpoch) return;
    this.#rejoin();
    this.#isolated = host;
    for (const other of this.#others(host)) simulation.network.partition({ from: host, to: other });
  }

  end(): void {
    this.#isOver = true;
  }

  #rejoin(): void {
    const host = this.#isolated;
    if (host === undefined) return;
    const { network } = this.#options.simulation;
    for (const other of this.#others(host)) network.heal({ from: host, to: other });
  }

  #others(host: string): readonly string[] {
    return this.#options.hosts.filter((other) => other !== host);
  }
}
