import { spawn } from 'node:child_process';
import { javaParameters } from '@millrace/apache-kafka-peer';

/** What one of Kafka's performance tools has measured. */
export interface JavaMeasure {
  readonly recordsPerSec: number;
  /** Of the whole process, from its start to its end. */
  readonly cpuSeconds: number;
}

export type JavaTool = 'producer' | 'consumer';

interface ToolRun {
  readonly output: string;
  readonly cpuSeconds: number;
}

/** A tool that takes longer hangs; what it has said so far tells where. */
const TOOL_TIMEOUT_MS = 120_000;

/** `ProducerPerformance`, idempotent and with acks=all, as it is by default. */
export async function javaProducer(
  bootstrapServers: string,
  topic: string,
  load: { readonly valueBytes: number; readonly count: number },
): Promise<JavaMeasure> {
  const { output, cpuSeconds } = await runTool('org.apache.kafka.tools.ProducerPerformance', [
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
  return { recordsPerSec: figure(output, /([\d.]+) records\/sec/g), cpuSeconds };
}

/** `ConsumerPerformance`: the time that fetching took, without that of joining the group. */
export async function javaConsumer(
  bootstrapServers: string,
  topic: string,
  count: number,
): Promise<JavaMeasure> {
  const { output, cpuSeconds } = await runTool('org.apache.kafka.tools.ConsumerPerformance', [
    '--topic',
    topic,
    '--num-records',
    String(count),
    '--bootstrap-server',
    bootstrapServers,
  ]);
  // start, end, MB, MB/s, records, records/s, rebalance ms, fetch ms, fetch MB/s, fetch records/s
  const cells = output.trimEnd().split('\n').at(-1)!.split(', ');
  return { recordsPerSec: Number(cells.at(-1)), cpuSeconds };
}

function figure(output: string, pattern: RegExp): number {
  const last = [...output.matchAll(pattern)].at(-1);
  if (last === undefined) throw new Error(`No figure in the output of Java's tool:\n${output}`);
  return Number(last[1]);
}

/** Within a shell, which can tell what CPU its children have taken. */
function runTool(mainClass: string, parameters: readonly string[]): Promise<ToolRun> {
  return new Promise((resolve, reject) => {
    const script = 'java "$@"; status=$?; times >&2; exit $status';
    const child = spawn(
      'sh',
      ['-c', script, 'java', ...javaParameters(mainClass, parameters, ['-Xmx512m'])],
      {
        detached: true,
      },
    );
    const timer = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), TOOL_TIMEOUT_MS);
    let [output, errors] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve({ output, cpuSeconds: childrenSeconds(errors) });
      else reject(new Error(`${mainClass} ended with ${code ?? signal}: ${output}${errors}`));
    });
  });
}

/** The last line of `times`: user and system time of the children, as in "0m2.310s 0m0.250s". */
function childrenSeconds(errors: string): number {
  const times = [...(errors.trimEnd().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  return times.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}
