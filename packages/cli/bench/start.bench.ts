import { startKafka, unavailable } from '@millrace/apache-kafka-peer';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const executable = resolve(import.meta.dirname, '../bin/millrace.mjs');
const RUNS = 7;

type Report = (row: {
  metric: string;
  value: number;
  unit: string;
  peer?: string;
  ratio?: number;
  target?: number;
}) => void;

/** `millrace start` as a process: time to the ready line, and memory of a node that nobody uses. */
export const suite = {
  name: 'cli start',
  async run(report: Report): Promise<void> {
    if (!existsSync(resolve(import.meta.dirname, '../dist/main.js')))
      throw new Error('Build first: npm run build');
    const starts: number[] = [];
    let idleBytes = 0;
    for (let run = 0; run < RUNS; run++) {
      const node = await startNode();
      starts.push(node.readyMs);
      await new Promise((resume) => setTimeout(resume, 500));
      idleBytes = residentBytes(node.child);
      await node.stop();
    }
    const readyMs = median(starts);
    report({ metric: 'start to ready, new directory', value: readyMs, unit: 'ms', target: 300 });
    report({ metric: 'idle resident memory', value: idleBytes / 1e6, unit: 'MB', target: 120 });
    await reportApacheKafka(report, readyMs, idleBytes);
  },
};

async function reportApacheKafka(report: Report, readyMs: number, idleBytes: number): Promise<void> {
  const reason = unavailable();
  if (reason !== undefined) {
    process.stderr.write(`Apache Kafka is not measured: ${reason}\n`);
    return;
  }
  await using kafka = await startKafka();
  await new Promise((resume) => setTimeout(resume, 2000));
  const bytes = residentBytes(kafka.process);
  const peer = 'millrace start';
  report({
    metric: 'Apache Kafka: start to open port',
    value: kafka.startedInMs,
    unit: 'ms',
    peer,
    ratio: kafka.startedInMs / readyMs,
  });
  report({
    metric: 'Apache Kafka: idle resident memory',
    value: bytes / 1e6,
    unit: 'MB',
    peer,
    ratio: bytes / idleBytes,
  });
}

async function startNode() {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
  const beganMs = performance.now();
  const parameters = ['start', '--listen', '127.0.0.1:0', '--data-dir', directory];
  const child = spawn(process.execPath, [executable, ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return {
    child,
    readyMs: performance.now() - beganMs,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'close');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Linux only; NaN elsewhere. */
function residentBytes(child: ChildProcess): number {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
  } catch {
    return NaN;
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
