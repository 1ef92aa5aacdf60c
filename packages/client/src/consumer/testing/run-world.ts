import type { Random, Simulation } from '@millrace/host';
import { ClientClosedError } from '../../errors.ts';
import { Consumer } from '../consumer.ts';
import { NotAssignedError } from '../consumer-errors.ts';
import type { ConsumerProperties } from '../consumer-properties.ts';
import type { ConsumerRecord } from '../consumer-record.ts';
import type { RunOptions } from '../run/run-options.ts';
import { TestCluster } from './test-cluster.ts';

const PARTITIONS = 3;
const RECORDS_PER_PARTITION = 24;
const KEYS = 5;
const RECORD_COUNT = PARTITIONS * RECORDS_PER_PARTITION;

/** Which member, of those that have ever been. */
interface Member {
  readonly name: string;
  isAlive: boolean;
}

/**
 * What handlers and coordinators say, held against what `run()` promises:
 *
 * - a record is started only when all before it in its lane (its partition, or its key) have been processed: none is
 *   skipped, and the order is kept
 * - no two handlers of living members work in one lane
 * - nothing is started that is committed already: redelivery is bounded by commits
 * - nothing is committed that is not processed
 */
export class RunWatch {
  readonly #laneOf: (record: ConsumerRecord) => string;
  /** Offsets by lane, in order: what has to be processed. */
  readonly #lanes = new Map<string, number[]>();
  readonly #processed = new Set<string>();
  readonly #working = new Map<string, Member>();
  readonly #committed = new Map<string, number>();
  /** How often a handler began. */
  started = 0;

  constructor(byKey: boolean) {
    // Records without a key have no order.
    this.#laneOf = ({ partition, key, offset }) =>
      byKey ? `${partition}/${key === null ? `#${offset}` : key.toString()}` : String(partition);
  }

  get isComplete(): boolean {
    return this.#processed.size === RECORD_COUNT;
  }

  expect(record: ConsumerRecord): void {
    const lane = this.#laneOf(record);
    const offsets = this.#lanes.get(lane);
    if (offsets === undefined) this.#lanes.set(lane, [record.offset]);
    else offsets.push(record.offset);
  }

  begins(record: ConsumerRecord, member: Member): void {
    this.started++;
    const { partition, offset } = record;
    const lane = this.#laneOf(record);
    const other = this.#working.get(lane);
    if (other?.isAlive === true)
      throw new Error(`${member.name} and ${other.name} both work in lane ${lane}`);
    for (const earlier of this.#lanes.get(lane)!) {
      if (earlier >= offset) break;
      if (!this.#processed.has(`${partition}@${earlier}`)) {
        throw new Error(
          `${partition}@${offset} began, but ${earlier} before it in lane ${lane} is not processed`,
        );
      }
    }
    if (offset < (this.#committed.get(String(partition)) ?? 0)) {
      throw new Error(`${partition}@${offset} began, though it is committed`);
    }
    this.#working.set(lane, member);
  }

  ends(record: ConsumerRecord, member: Member, isProcessed: boolean): void {
    const lane = this.#laneOf(record);
    if (this.#working.get(lane) === member) this.#working.delete(lane);
    if (isProcessed) this.#processed.add(`${record.partition}@${record.offset}`);
  }

  commits(partition: number, next: number): void {
    for (let offset = 0; offset < next; offset++) {
      if (!this.#processed.has(`${partition}@${offset}`)) {
        throw new Error(`${partition}@${next} was committed, but ${offset} is not processed`);
      }
    }
    this.#committed.set(String(partition), Math.max(next, this.#committed.get(String(partition)) ?? 0));
  }
}

/** A member that lives for a while: takes its time, fails now and then, and ends by signal, by close, or by a crash. */
class MemberLife {
  readonly #simulation: Simulation;
  readonly #random: Random;
  readonly #watch: RunWatch;
  readonly #member: Member;
  #violation: Error | undefined;

  constructor(simulation: Simulation, watch: RunWatch, name: string) {
    this.#simulation = simulation;
    this.#random = simulation.random.fork(name);
    this.#watch = watch;
    this.#member = { name, isAlive: true };
  }

  async live(properties: ConsumerProperties, options: RunOptions<ConsumerRecord>): Promise<void> {
    const host = this.#simulation.host(this.#member.name);
    const onCommit = (offsets: readonly { partition: number; offset: number }[]) =>
      this.#checking(() => {
        for (const { partition, offset } of offsets) this.#watch.commits(partition, offset);
      });
    const consumer = new Consumer(properties, { host, interceptors: [{ onCommit }] });
    consumer.subscribe('t');
    const ending = new AbortController();
    const running = consumer.run({
      ...options,
      signal: ending.signal,
      onError: () => (this.#random.float() < 0.7 ? { retryAfterMs: this.#random.float() * 50 } : 'stop'),
      eachRecord: (record) => {
        if (this.#random.float() < 0.03) void this.#pauseFor(consumer, record);
        return this.#handle(record);
      },
    });
    const ended = running.catch(() => {});
    const life = this.#simulation.sleep(50 + this.#random.float() * 1500);
    await Promise.race([ended, life]);
    const choice = this.#random.float();
    if (choice < 0.3) {
      host.kill();
      this.#member.isAlive = false;
    } else {
      if (choice < 0.6) ending.abort();
      if (choice < 0.6) await ended;
      await consumer.close({ timeoutMs: 20_000 });
      this.#member.isAlive = false;
    }
    if (this.#violation !== undefined) throw this.#violation;
  }

  async #pauseFor(consumer: Consumer, { topic, partition }: ConsumerRecord): Promise<void> {
    const partitions = [{ topic, partition }];
    try {
      consumer.pause(partitions);
      await this.#simulation.sleep(this.#random.float() * 100);
      consumer.resume(partitions);
    } catch (error) {
      // It has gone meanwhile, or the consumer has.
      if (!(error instanceof NotAssignedError) && !(error instanceof ClientClosedError)) throw error;
    }
  }

  #handle(record: ConsumerRecord): void | Promise<void> {
    if (!this.#member.isAlive) return undefined;
    this.#checking(() => this.#watch.begins(record, this.#member));
    const choice = this.#random.float();
    if (choice < 0.4) return this.#end(record, choice < 0.38);
    // Now and then longer than a rebalance.
    const longestMs = this.#random.float() < 0.1 ? 600 : 20;
    return this.#simulation
      .sleep(this.#random.float() * longestMs)
      .then(() => this.#end(record, choice < 0.98));
  }

  #end(record: ConsumerRecord, isProcessed: boolean): void {
    if (!this.#member.isAlive) return;
    this.#watch.ends(record, this.#member, isProcessed);
    if (!isProcessed) throw new Error('the handler fails');
  }

  /** A handler that throws is a failure that `run()` handles: what breaks a promise must not be taken for one. */
  #checking(check: () => void): void {
    try {
      check();
    } catch (error) {
      this.#violation ??= error as Error;
    }
  }
}

/** Members that come, work, fail, leave and crash, until every record has been processed. @throws what was broken */
export async function simulateRuns(seed: number): Promise<RunWatch> {
  const byKey = seed % 2 === 0;
  const watch = new RunWatch(byKey);
  await TestCluster.simulate(
    async (cluster, simulation) => {
      await cluster.createTopic('t', PARTITIONS);
      await fill(cluster, watch);
      const { random } = simulation;
      const properties: ConsumerProperties = {
        'bootstrap.servers': cluster.bootstrapServers,
        'group.id': 'g',
        'auto.offset.reset': 'earliest',
        'auto.commit.interval.ms': 100,
        'session.timeout.ms': 500,
        'heartbeat.interval.ms': 150,
        'fetch.max.wait.ms': 100,
        'max.poll.records': 1 + Math.floor(random.float() * 20),
        'partition.assignment.strategy': seed % 3 === 0 ? 'range' : 'cooperative-sticky',
      };
      let members = 0;
      const slot = async () => {
        while (!watch.isComplete) {
          const life = new MemberLife(simulation, watch, `member-${members++}`);
          await life.live(properties, {
            by: byKey ? 'key' : 'partition',
            concurrency: 1 + Math.floor(random.float() * 4),
            maxQueuedRecords: 1 + Math.floor(random.float() * 60),
          });
        }
      };
      await Promise.all([slot(), slot()]);
    },
    { seed, 'group.min.session.timeout.ms': 100 },
  );
  return watch;
}

async function fill(cluster: TestCluster, watch: RunWatch): Promise<void> {
  for (let partition = 0; partition < PARTITIONS; partition++) {
    const records = Array.from({ length: RECORDS_PER_PARTITION }, (_, offset) => {
      const key = offset % 4 === 3 ? null : Buffer.from(`key-${(offset * 7) % KEYS}`);
      watch.expect({ topic: 't', partition, offset, key } as ConsumerRecord);
      return { topic: 't', partition, key, value: String(offset) };
    });
    await cluster.produce(records);
  }
}
