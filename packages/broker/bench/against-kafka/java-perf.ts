import { spawn } from 'node:child_process';
import { javaParameters } from '@millrace/apache-kafka-peer';

/** What Java's ProducerPerformance says of a run. */
export interface ProducePerf {
  readonly megabytesPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface ProduceLoad {
  readonly topic: string;
  readonly records: number;
  readonly recordBytes: number;
  /** Sent before those that count, for the compilers of both JVMs. Default 0. */
  readonly warmUpRecords?: number;
  /** Records per second; -1 is as fast as it goes. */
  readonly throughput?: number;
  /** Properties of the producer, for example `acks=1`. */
  readonly properties?: readonly string[];
}

/** Apache Kafka's own producer, in a JVM of its own. */
export async function javaProduce(bootstrapServers: string, load: ProduceLoad): Promise<ProducePerf> {
  const parameters: Record<string, string> = {
    '--topic': load.topic,
    '--num-records': String(load.records + (load.warmUpRecords ?? 0)),
    '--warmup-records': String(load.warmUpRecords ?? 0),
    '--record-size': String(load.recordBytes),
    '--throughput': String(load.throughput ?? -1),
    '--bootstrap-server': bootstrapServers,
  };
  const properties = (load.properties ?? []).flatMap((each) => ['--command-property', each]);
  const output = await java('org.apache.kafka.tools.ProducerPerformance', [
    ...Object.entries(parameters).flat(),
    ...properties,
  ]);
  const line = output.trim().split('\n').at(-1) ?? '';
  const figures = /\(([\d.]+) MB\/sec\).* ([\d.]+) ms 50th.* ([\d.]+) ms 99th/.exec(line);
  if (figures === null) throw new Error(`ProducerPerformance said: ${output.slice(-2000)}`);
  const [megabytesPerSecond = 0, p50Ms = 0, p99Ms = 0] = figures.slice(1).map(Number);
  return { megabytesPerSecond, p50Ms, p99Ms };
}

/** Apache Kafka's own consumer. @returns MB per second of fetching, without the time until it had its partitions */
export async function javaConsume(bootstrapServers: string, topic: string, records: number): Promise<number> {
  const parameters: Record<string, string> = {
    '--topic': topic,
    '--num-records': String(records),
    '--bootstrap-server': bootstrapServers,
    '--timeout': '60000',
  };
  const output = await java('org.apache.kafka.tools.ConsumerPerformance', Object.entries(parameters).flat());
  const row = output.trim().split('\n').at(-1)?.split(',') ?? [];
  const [fetchMegabytesPerSecond] = row.slice(8, 9).map(Number);
  if (row.length < 10 || !Number.isFinite(fetchMegabytesPerSecond)) {
    throw new Error(`ConsumerPerformance said: ${output.slice(-2000)}`);
  }
  return fetchMegabytesPerSecond!;
}

function java(mainClass: string, parameters: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('java', javaParameters(mainClass, parameters, ['-Xmx512m']));
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', () => resolve(output));
  });
}
