import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKafka } from '@millrace/apache-kafka-peer';
import { BrokerChild } from '../../src/testing/broker-child.ts';

/** A node in a process of its own whose work and memory can be read. */
export interface NodeUnderLoad extends AsyncDisposable {
  readonly name: 'Millrace' | 'Apache Kafka';
  readonly bootstrapServers: string;
  /** CPU seconds the process has used so far, all threads. */
  cpuSeconds(): number;
  /** Resident memory now. */
  residentMegabytes(): number;
}

/** Ticks of /proc/PID/stat in a second; the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

export async function startMillrace(): Promise<NodeUnderLoad> {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
  const properties = { listeners: 'PLAINTEXT://127.0.0.1:0', 'log.dirs': join(directory, 'data') };
  const child = await BrokerChild.start(properties, join(directory, 'cache'));
  return {
    name: 'Millrace',
    bootstrapServers: `127.0.0.1:${child.port}`,
    ...readings(child.pid),
    async [Symbol.asyncDispose]() {
      await child.kill();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export async function startApacheKafka(): Promise<NodeUnderLoad> {
  const kafka = await startKafka();
  return {
    name: 'Apache Kafka',
    bootstrapServers: kafka.bootstrapServers,
    ...readings(kafka.process.pid!),
    [Symbol.asyncDispose]: () => kafka[Symbol.asyncDispose](),
  };
}

function readings(pid: number): Pick<NodeUnderLoad, 'cpuSeconds' | 'residentMegabytes'> {
  return {
    cpuSeconds() {
      // The name of the process, in brackets, may hold spaces.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
    },
    residentMegabytes() {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024;
    },
  };
}
