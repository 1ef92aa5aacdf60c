import { SeededRandom, type Host, type LogFields, type Logger } from '@millrace/host';
import { verifyDirectory } from '@millrace/log/tools';
import { BrokerNode } from '../src/broker-node.ts';
import type { BrokerProperties } from '../src/config/broker-properties.ts';
import { FuzzActor, type FuzzCounts, type FuzzWorld } from './fuzz-actor.ts';
import { HonestClient } from './honest-client.ts';
import { differences, observeState } from './observed-state.ts';
import { prepareBroker } from './prepare-broker.ts';
import { SeenValues } from './seen-values.ts';

export interface BrokerFuzzOptions {
  readonly host: Host;
  readonly directory: string;
  readonly seed: string;
  readonly actors: number;
  /** Asked after each step of an actor. */
  isOver(counts: FuzzCounts): boolean;
  /** Called now and then while it runs. */
  onProgress?(fuzzer: BrokerFuzzer): void;
}

const PROGRESS_EVERY = 500;
/** A timer of the coordinator may end something between the two looks; it will hardly do so each time. */
const MOST_RESTARTS = 4;

/** A live broker, clients without sense, and an honest one. */
export class BrokerFuzzer {
  readonly counts: FuzzCounts = {
    sent: 0,
    answered: 0,
    succeeded: new Map(),
    closed: 0,
    abandoned: 0,
    damaged: 0,
    byApi: new Map(),
  };
  /** What the broker thought an operator should see: there must be none. */
  readonly errors: string[] = [];
  honest: HonestClient | undefined;
  readonly #options: BrokerFuzzOptions;
  readonly #logger: Logger;
  #node!: BrokerNode;
  #isFuzzing = true;

  constructor(options: BrokerFuzzOptions) {
    this.#options = options;
    const error = (message: string, fields: LogFields = {}) => {
      this.errors.push(`${message} ${describeFields(fields)}`);
    };
    this.#logger = { debug() {}, info() {}, warn() {}, error };
  }

  /** @throws Error with what was found */
  async run(): Promise<void> {
    const { host, directory } = this.#options;
    this.#node = await this.#startNode();
    try {
      await prepareBroker(host, this.#node.address);
      this.honest = await HonestClient.start(host, this.#node.address);
      await this.#fuzz();
      await this.#compareWithReplay();
    } finally {
      this.#isFuzzing = false;
      this.honest?.close();
      await this.#node.close();
    }
    this.#throwIfErrors();
    const report = await verifyDirectory(host, directory);
    const broken = report.findings.filter(({ severity }) => severity === 'error');
    if (broken.length > 0)
      throw new Error(`The data directory is damaged: ${JSON.stringify(broken.slice(0, 5))}`);
  }

  #startNode(): Promise<BrokerNode> {
    const properties: BrokerProperties = {
      listeners: 'PLAINTEXT://127.0.0.1:0',
      'log.dirs': this.#options.directory,
      'offsets.topic.num.partitions': 3,
      'transaction.state.log.num.partitions': 3,
      'share.coordinator.state.topic.num.partitions': 3,
      'group.initial.rebalance.delay.ms': 0,
      'group.max.size': 12,
      'log.retention.ms': 30_000,
      'log.retention.check.interval.ms': 5000,
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      // All of them: what is allowed is tested elsewhere, here ACLs come and go.
      'super.users': 'User:ANONYMOUS',
      'producer.id.expiration.ms': 20_000,
      'producer.id.expiration.check.interval.ms': 2000,
    };
    return BrokerNode.start(properties, { host: this.#options.host, logger: this.#logger });
  }

  async #fuzz(): Promise<void> {
    const { host, seed, actors } = this.#options;
    const world: FuzzWorld = {
      host,
      address: this.#node.address,
      seen: new SeenValues(),
      counts: this.counts,
    };
    const random = new SeededRandom(seed);
    const honest = this.#runHonest(this.honest!);
    const runs = Array.from({ length: actors }, (_, index) =>
      this.#runActor(world, random.fork(`actor ${index}`)),
    );
    await Promise.race([Promise.all(runs), honest]);
    this.#isFuzzing = false;
    await honest;
  }

  async #runHonest(client: HonestClient): Promise<void> {
    while (this.#isFuzzing) await client.step();
  }

  async #runActor(world: FuzzWorld, random: ReturnType<SeededRandom['fork']>): Promise<void> {
    const actor = new FuzzActor(world, random);
    while (this.#isFuzzing && !this.#options.isOver(this.counts)) {
      await actor.step();
      this.#throwIfErrors();
      if (this.counts.sent % PROGRESS_EVERY === 0) this.#options.onProgress?.(this);
    }
    actor.leave();
  }

  /** What coordinators and logs say after a restart is what they said before. */
  async #compareWithReplay(): Promise<void> {
    const { host } = this.#options;
    let found: string[] = [];
    for (let restart = 0; restart < MOST_RESTARTS; restart++) {
      const before = await observeState(host, this.#node.address);
      await this.#node.close();
      this.#node = await this.#startNode();
      this.honest = await this.honest!.resume(this.#node.address);
      found = differences(before, await observeState(host, this.#node.address));
      if (found.length === 0) return;
    }
    throw new Error(`A restart changed what the node says:\n${found.join('\n')}`);
  }

  #throwIfErrors(): void {
    if (this.errors.length > 0) throw new Error(`The broker logged an error: ${this.errors.join('\n')}`);
  }
}

function describeFields(fields: LogFields): string {
  return JSON.stringify(fields, (_, value: unknown) =>
    value instanceof Error ? { stack: value.stack, cause: value.cause } : value,
  );
}
