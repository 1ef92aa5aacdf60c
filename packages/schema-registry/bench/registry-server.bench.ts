import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startSchemaRegistry } from '../src/server/index.ts';
import { schemaText, SUBJECTS, VERSIONS } from './sample-schemas.ts';

interface BenchSuite {
  readonly name: string;
  run(report: (row: BenchRow) => void): Promise<void>;
}

interface BenchRow {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly target?: number;
}

const SCHEMA_VERSIONS = SUBJECTS * VERSIONS;
const COLD_START_TARGET_MS = 3000;
const REQUESTS = 20_000;
const CONNECTIONS = 16;

/**
 * A registry over a topic with 50,000 schema versions, all different: how long it takes to start, what it keeps in
 * memory, and how many requests it answers per second of its own CPU time. Broker and load are other processes.
 */
export const suite: BenchSuite = {
  name: 'Schema registry: cold start, memory, lookups',
  async run(report) {
    const broker = startChild('filled-broker.ts', []);
    const [bootstrapServers] = (await once(createInterface(broker.stdout!), 'line')) as [string];
    const before = heapBytes();
    const began = process.cpuUsage();
    const beganMs = performance.now();
    await using registry = await startSchemaRegistry({
      listeners: 'http://127.0.0.1:0',
      'kafkastore.bootstrap.servers': bootstrapServers,
    });
    const startMs = Math.round(performance.now() - beganMs);
    const started = `start with ${SCHEMA_VERSIONS} schema versions`;
    report({ metric: started, value: startMs, unit: 'ms', target: COLD_START_TARGET_MS });
    report({ metric: `${started}, CPU time`, value: Math.round(cpuSeconds(began) * 1000), unit: 'ms' });
    const perVersion = Math.round((heapBytes() - before) / SCHEMA_VERSIONS);
    report({ metric: 'memory per schema version', value: perVersion, unit: 'bytes' });
    const textBytes = schemaText(SUBJECTS - 1, 3).length;
    report({ metric: 'of that, text of the schema', value: textBytes, unit: 'bytes' });
    await reportLookups(registry.url, report);
    broker.stdin!.end();
    await once(broker, 'exit');
  },
};

async function reportLookups(url: string, report: (row: BenchRow) => void): Promise<void> {
  const body = JSON.stringify({ schema: schemaText(7, VERSIONS) });
  const rows = [
    ['schemas by id', '/schemas/ids/7', undefined],
    ['registrations of what is registered', '/subjects/subject-7-value/versions', body],
    ['lookups by content', '/subjects/subject-7-value', body],
    ['associations of a topic', '/associations/resources/-/orders?associationType=value', undefined],
  ] as const;
  for (const [what, path, content] of rows) {
    await load(url + path, REQUESTS / 10, content);
    const began = process.cpuUsage();
    await load(url + path, REQUESTS, content);
    const value = Math.round(REQUESTS / cpuSeconds(began));
    report({ metric: `${what}, per second of CPU`, value, unit: 'requests/s' });
  }
}

function heapBytes(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function cpuSeconds(began: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1_000_000;
}

async function load(url: string, count: number, body: string | undefined): Promise<void> {
  const child = startChild('http-load.ts', [
    url,
    String(count),
    String(CONNECTIONS),
    ...(body === undefined ? [] : [body]),
  ]);
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0) throw new Error(`the load on ${url} ended with ${code}`);
}

function startChild(script: string, parameters: readonly string[]): ChildProcess {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const flags = ['--conditions=@millrace/source', path, ...parameters];
  return spawn(process.execPath, flags, { stdio: ['pipe', 'pipe', 'inherit'] });
}
