import { Broker } from '@millrace/broker';
import { Admin, Producer, type TopicPartition } from '@millrace/client';
import type { Host, Logger } from '@millrace/host';
import { readBoard, restoreBoard, type BoardReaderOptions } from './board-reader.ts';
import { DelayBoard } from './delay-board.ts';
import { feedFlights } from './feed.ts';
import { readFlights, type Flight } from './flight.ts';
import { RateMeter } from './rate-meter.ts';
import type { PartitionProgress, Snapshot } from './screen.ts';

export interface LiveDemoOptions {
  readonly host: Host;
  readonly logger: Logger;
  /** host:port; port 0 picks one. */
  readonly listen: string;
  readonly dataDirectory: string;
  readonly recordsPerSecond: number;
  readonly signal: AbortSignal;
}

const TOPIC = 'flights';
const GROUP = 'delay-board';
const PARTITIONS = 3;
const BUSIEST = 10;

/** A node, a producer that feeds it flights, a consumer that keeps the board, and what a view shows of all three. */
export class LiveDemo implements AsyncDisposable {
  readonly restored: number;
  readonly #options: LiveDemoOptions;
  readonly #broker: Broker;
  readonly #admin: Admin;
  readonly #flights: readonly Flight[];
  readonly #alreadySent: number;
  readonly #partitions: readonly TopicPartition[];
  readonly #reader: BoardReaderOptions;
  readonly #sent = new RateMeter();
  #work: Promise<void>[] = [];

  private constructor(parts: {
    options: LiveDemoOptions;
    broker: Broker;
    admin: Admin;
    flights: readonly Flight[];
    alreadySent: number;
    partitions: readonly TopicPartition[];
    reader: BoardReaderOptions;
    restored: number;
  }) {
    this.restored = parts.restored;
    this.#options = parts.options;
    this.#broker = parts.broker;
    this.#admin = parts.admin;
    this.#flights = parts.flights;
    this.#alreadySent = parts.alreadySent;
    this.#partitions = parts.partitions;
    this.#reader = parts.reader;
  }

  /** Starts the node, makes the topic on the first run, and rebuilds the board on later ones. */
  static async start(options: LiveDemoOptions): Promise<LiveDemo> {
    const { host, logger, dataDirectory, signal } = options;
    const properties = { listeners: `PLAINTEXT://${options.listen}`, 'log.dirs': dataDirectory };
    const broker = await Broker.start(properties, { host, logger });
    const bootstrapServers = `${broker.address.host}:${broker.address.port}`;
    const admin = new Admin({ 'bootstrap.servers': bootstrapServers }, { host });
    try {
      await createTopicOnce(admin);
      const partitions = Array.from({ length: PARTITIONS }, (_, partition) => ({ topic: TOPIC, partition }));
      const meter = new RateMeter();
      const reader = {
        bootstrapServers,
        host,
        topic: TOPIC,
        group: GROUP,
        board: new DelayBoard(),
        meter,
        signal,
      };
      const restored = await restoreBoard(admin, partitions, reader);
      const alreadySent = await countRecords(admin, partitions);
      const flights = await readFlights();
      return new LiveDemo({ options, broker, admin, flights, alreadySent, partitions, reader, restored });
    } catch (error) {
      await admin.close();
      await broker.close();
      throw error;
    }
  }

  get listen(): string {
    return `${this.#broker.address.host}:${this.#broker.address.port}`;
  }

  /** Feeds and reads until the signal aborts; the node stays up after the last flight. Rejects if either fails. */
  async run(): Promise<void> {
    this.#work = [this.#feed(), readBoard(this.#reader)];
    await Promise.all(this.#work);
  }

  async #feed(): Promise<void> {
    const { host, recordsPerSecond, signal } = this.#options;
    await using producer = new Producer(
      { 'bootstrap.servers': this.listen, 'compression.type': 'lz4' },
      { host },
    );
    await feedFlights({
      producer,
      host,
      topic: TOPIC,
      flights: this.#flights,
      alreadySent: this.#alreadySent,
      recordsPerSecond,
      meter: this.#sent,
      signal,
    });
  }

  async snapshot(): Promise<Snapshot> {
    const nowMs = this.#options.host.clock.monotonicMs();
    const { board, meter } = this.#reader;
    return {
      listen: this.listen,
      dataDirectory: this.#options.dataDirectory,
      topic: TOPIC,
      group: GROUP,
      recordsInPerSecond: this.#sent.sample(nowMs),
      recordsOutPerSecond: meter.sample(nowMs),
      sent: this.#alreadySent + this.#sent.total,
      available: this.#flights.length,
      partitions: await this.#progress(),
      airports: board.airports,
      lastDate: board.lastDate,
      busiest: board.busiest(BUSIEST),
    };
  }

  async #progress(): Promise<PartitionProgress[]> {
    const [starts, ends, committed] = await Promise.all([
      this.#admin.listOffsets(this.#partitions.map((partition) => ({ ...partition, at: 'earliest' }))),
      this.#admin.listOffsets(this.#partitions.map((partition) => ({ ...partition, at: 'latest' }))),
      this.#admin.listConsumerGroupOffsets(GROUP, { partitions: this.#partitions }),
    ]);
    return this.#partitions.map(({ topic, partition }) => ({
      partition,
      logStartOffset: starts.get(`${topic}-${partition}`)?.offset ?? 0,
      logEndOffset: ends.get(`${topic}-${partition}`)?.offset ?? 0,
      committedOffset: committed.find((entry) => entry.partition === partition)?.offset ?? 0,
    }));
  }

  /** The clients finish what they hold and commit before the node stops. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled(this.#work);
    await this.#admin.close();
    await this.#broker.close();
  }
}

async function createTopicOnce(admin: Admin): Promise<void> {
  const topics = await admin.listTopics();
  if (topics.some(({ name }) => name === TOPIC)) return;
  await admin.createTopics([{ name: TOPIC, partitions: PARTITIONS }]);
}

async function countRecords(admin: Admin, partitions: readonly TopicPartition[]): Promise<number> {
  const ends = await admin.listOffsets(partitions.map((partition) => ({ ...partition, at: 'latest' })));
  return [...ends.values()].reduce((sum, { offset }) => sum + offset, 0);
}
