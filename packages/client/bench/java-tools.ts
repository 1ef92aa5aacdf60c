import { spawn } from 'node:child_process';
import { javaParameters } from '@millrace/apache-kafka-peer';

/** What one of Kafka's performance tools has measured. */
export interface JavaMeasure {
  readonly recordsPerSec: number;
}

/** `ProducerPerformance`, idempotent and with acks=all, as it is by default. */
export async function javaProducer(
  bootstrapServers: string,
  topic: string,
  load: { readonly valueBytes: number; readonly count: number },
): Promise<JavaMeasure> {
  const output = await runTool('org.apache.kafka.tools.ProducerPerformance', [
    '--topic',
    topic,
    '--num-records',
    String(load.count),
    '--record-size',
    String(load.valueBytes),
    '--throughput',
    '-1',
    '--bootstrap-server',
    bootstrapServers,
  ]);
  // The last line is about all records: "300000 records sent, 412345.6 records/sec (39.3 MB/sec), ...".
  return { recordsPerSec: figure(output, /([\d.]+) records\/sec/g) };
}

/** `ConsumerPerformance`: the time that fetching took, without that of joining the group. */
export async function javaConsumer(
  bootstrapServers: string,
  topic: string,
  count: number,
): Promise<JavaMeasure> {
  const output = await runTool('org.apache.kafka.tools.ConsumerPerformance', [
    '--topic',
    topic,
    '--num-records',
    String(count),
    '--bootstrap-server',
    bootstrapServers,
  ]);
  // start, end, MB, MB/s, records, records/s, rebalance ms, fetch ms, fetch MB/s, fetch records/s
  const cells = output.trimEnd().split('\n').at(-1)!.split(', ');
  return { recordsPerSec: Number(cells.at(-1)) };
}

function figure(output: string, pattern: RegExp): number {
  const last = [...output.matchAll(pattern)].at(-1);
  if (last === undefined) throw new Error(`No figure in the output of Java's tool:\n${output}`);
  return Number(last[1]);
}

function runTool(mainClass: string, parameters: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('java', javaParameters(mainClass, parameters, ['-Xmx512m']));
    let [output, errors] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${mainClass} ended with code ${code}: ${errors}`));
    });
  });
}
