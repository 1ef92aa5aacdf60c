import { formatStorage } from '@millrace/broker';
import { Admin } from '@millrace/client';
import { silentLogger, Simulation, type Logger, type SimulationEvent } from '@millrace/host';
import type { ClientWorld } from '../workloads/client-world.ts';
import { HistoryRecorder } from '../workloads/history-recorder.ts';
import { MetadataModel } from '../invariants/metadata-model.ts';
import { storedLogs } from '../invariants/stored-log.ts';
import { ClusterNode } from './cluster-node.ts';
import {
  CLIENT_PORT,
  CLUSTER_ID,
  initialControllers,
  nodeProperties,
  planNodes,
  type NodePlan,
} from './node-properties.ts';

export interface ClusterWorldOptions {
  readonly seed: number | string;
  /** Default 3, which are controllers, too. */
  readonly brokers?: number;
  /** Nodes that are controllers and nothing else. Default 0. */
  readonly controllers?: number;
  /** Whether it can be changed who votes (KIP-853). Default false. */
  readonly hasDynamicVoters?: boolean;
  /** Of all nodes, beside what makes them a cluster. */
  readonly properties?: Readonly<Record<string, string | number>>;
  readonly onEvent?: (event: SimulationEvent) => void;
  /** What a node logs. Default: silent. */
  readonly loggerOf?: (node: string) => Logger;
}

const MAX_VIRTUAL_MS = 3_600_000;
/** Some twenty times what a run takes: a cluster that goes in circles is found out soon. */
const MAX_STEPS = 500_000;

/** A cluster, each node on a simulated machine of its own, and clients on others; everything from one seed. */
export class ClusterWorld implements ClientWorld {
  readonly simulation: Simulation;
  readonly recorder: HistoryRecorder;
  readonly nodes: readonly ClusterNode[];
  readonly bootstrapServers: string;
  readonly replicationFactor: number;
  readonly #plans: readonly NodePlan[];
  readonly #hasDynamicVoters: boolean;

  constructor(options: ClusterWorldOptions) {
    const { seed, brokers = 3, controllers = 0, onEvent, loggerOf = () => silentLogger } = options;
    const observed = onEvent === undefined ? {} : { onEvent };
    const simulation = new Simulation({
      seed,
      maxVirtualMs: MAX_VIRTUAL_MS,
      maxSteps: MAX_STEPS,
      ...observed,
    });
    this.simulation = simulation;
    this.recorder = new HistoryRecorder(() => simulation.nowMs);
    const plans = planNodes(brokers, controllers);
    this.#plans = plans;
    this.#hasDynamicVoters = options.hasDynamicVoters ?? false;
    this.nodes = plans.map((plan) => {
      const own = nodeProperties(plan, plans, this.#hasDynamicVoters);
      const properties = { ...own, ...options.properties };
      return new ClusterNode({ simulation, plan, properties, logger: loggerOf(plan.name) });
    });
    const servers = plans.filter(({ isBroker }) => isBroker).map(({ name }) => `${name}:${CLIENT_PORT}`);
    this.bootstrapServers = servers.join(',');
    this.replicationFactor = Math.min(3, brokers);
  }

  get brokers(): readonly ClusterNode[] {
    return this.nodes.filter(({ plan }) => plan.isBroker);
  }

  node(id: number): ClusterNode {
    const node = this.nodes.find((candidate) => candidate.id === id);
    if (node === undefined) throw new Error(`there is no node ${id}`);
    return node;
  }

  async start(): Promise<void> {
    // A node without power refuses nobody: all machines are there before the first asks for another.
    for (const node of this.nodes) void node.machine;
    if (this.#hasDynamicVoters) await this.#format();
    await Promise.all(this.nodes.map((node) => node.start()));
  }

  async #format(): Promise<void> {
    const voters = initialControllers(this.#plans);
    for (const { machine, plan } of this.nodes) {
      const properties = nodeProperties(plan, this.#plans, true);
      const options = { clusterId: CLUSTER_ID, host: machine };
      await formatStorage(properties, plan.isController ? { ...options, voters } : options);
    }
  }

  /** @throws what the admin client throws when it cannot in a minute */
  async createTopics(topics: Readonly<Record<string, number>>): Promise<void> {
    await this.withAdmin(async (admin) => {
      const wanted = Object.entries(topics).map(([name, partitions]) => ({
        name,
        partitions,
        replicationFactor: this.replicationFactor,
      }));
      await admin.createTopics(wanted);
    });
  }

  async withAdmin<Result>(use: (admin: Admin) => Promise<Result>): Promise<Result> {
    const properties = {
      'bootstrap.servers': this.bootstrapServers,
      'request.timeout.ms': 2000,
      'default.api.timeout.ms': 60_000,
    };
    const admin = new Admin(properties, { host: this.simulation.host('admin') });
    try {
      return await use(admin);
    } finally {
      await admin.close();
    }
  }

  /** Everything works again: power, links, disks, clocks. Resolves when all nodes have started. */
  async heal(): Promise<void> {
    this.simulation.network.healAll();
    this.simulation.network.configure({ latencyMs: [0.05, 0.5], resetChance: 0, lateChance: 0 });
    for (const node of this.nodes) {
      node.machine.crashAtStep(Infinity);
      node.machine.skewClock(1);
      node.machine.resume();
      node.machine.disk.faults.clear();
    }
    await Promise.all(this.nodes.map((node) => node.restart()));
  }

  /** All nodes serve, and every replica is in sync. */
  isHealthy(): boolean {
    return this.nodes.every(({ broker }) => broker !== undefined) && this.hasFullIsrs();
  }

  /** What nodes have ended of by themselves, though their disks did what they were told. */
  get failures(): readonly string[] {
    return this.nodes.flatMap(({ failures }) => failures);
  }

  /** Is every replica in sync, by the metadata that any node has on its disk? */
  hasFullIsrs(): boolean {
    return this.nodes.every(({ machine }) => {
      const model = new MetadataModel();
      for (const batch of storedLogs(machine).get('__cluster_metadata-0')?.batches ?? []) model.replay(batch);
      return [...model.partitions.values()].every(({ isr, replicas }) => isr.length === replicas.length);
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()));
  }
}
