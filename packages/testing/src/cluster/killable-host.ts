import type { Clock, Host, Random } from '@millrace/host';
import type { ClusterLinks } from './cluster-links.ts';
import { FaultyNetwork } from './faulty-network.ts';
import { MortalDisk } from './mortal-disk.ts';
import { MortalTimers } from './mortal-timers.ts';
import type { ReservedPorts } from './reserved-ports.ts';

export interface NodeSurroundings {
  readonly nodeId: number;
  readonly links: ClusterLinks;
  readonly ports: ReservedPorts;
}

/**
 * A process within this one: what a node gets as its host, so that it can be killed. Nothing that it waits for ever
 * comes from then on, and its sockets are closed.
 */
export class KillableHost implements Host {
  readonly clock: Clock;
  readonly random: Random;
  readonly timers: MortalTimers;
  readonly disk: MortalDisk;
  readonly network: FaultyNetwork;

  constructor(host: Host, { nodeId, links, ports }: NodeSurroundings) {
    this.clock = host.clock;
    this.random = host.random;
    this.timers = new MortalTimers(host.timers);
    this.disk = new MortalDisk(host.disk);
    this.network = new FaultyNetwork({ network: host.network, timers: host.timers, nodeId, links, ports });
  }

  async kill(): Promise<void> {
    this.timers.kill();
    await Promise.all([this.network.kill(), this.disk.kill()]);
  }
}
