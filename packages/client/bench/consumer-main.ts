// The process that `startConsumerProcess` forks: node consumer-main.ts NAME HOST:PORT
import { kafkaJs, librdkafka, millrace, millraceIteration, platformatic } from './consumers.ts';
import type { ConsumerLoad, Measured } from './consumer-process.ts';
import { serveMeasures } from './measured-process.ts';

const [name, bootstrapServers = ''] = process.argv.slice(2);
const make = { kafkaJs, librdkafka, millrace, millraceIteration, platformatic }[name!]!;
const consumer = make(bootstrapServers);
serveMeasures(consumer.name, measure);

/** From the first piece on, without it: joining a group and looking up offsets is not what is measured. */
async function measure({ topic, count, valueBytes }: ConsumerLoad): Promise<Measured> {
  const watch = new StopWatch(count);
  await consumer.readAll(topic, count, (records) => watch.saw(records));
  const { measuredCount, elapsedMs, cpuMicros } = watch;
  const gigabytes = (measuredCount * valueBytes) / 1e9;
  return { recordsPerSec: (measuredCount * 1000) / elapsedMs, cpuSecondsPerGb: cpuMicros / 1e6 / gigabytes };
}

/** Runs from the first piece of records to the last. */
class StopWatch {
  measuredCount = 0;
  elapsedMs = 0;
  cpuMicros = 0;
  readonly #count: number;
  #seen = 0;
  #startMs = 0;
  #startCpu = process.cpuUsage();

  constructor(count: number) {
    this.#count = count;
  }

  saw(records: number): void {
    if (records === 0) return;
    if (this.#seen === 0) {
      this.#startMs = performance.now();
      this.#startCpu = process.cpuUsage();
      this.measuredCount = this.#count - records;
    }
    this.#seen += records;
    if (this.#seen !== this.#count) return;
    this.elapsedMs = performance.now() - this.#startMs;
    const { user, system } = process.cpuUsage(this.#startCpu);
    this.cpuMicros = user + system;
  }
}
