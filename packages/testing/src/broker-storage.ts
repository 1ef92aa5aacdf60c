import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryHost, nodeHost, type Host } from '@millrace/host';

/** Where a test broker keeps its data, and what is left to do when it is closed. */
export interface BrokerStorage {
  readonly host: Host;
  readonly directory: string;
  remove(): Promise<void>;
}

/** Where a test broker keeps its data: `memory`, or a `temporary` folder that goes with it. */
export type StorageKind = 'memory' | 'temporary';

const open: Readonly<Record<StorageKind, () => Promise<BrokerStorage>>> = {
  async memory() {
    return { host: memoryHost(), directory: '/millrace', async remove() {} };
  },
  async temporary() {
    const directory = await mkdtemp(join(tmpdir(), `millrace-${process.pid}-`));
    return { host: nodeHost(), directory, remove: () => rm(directory, { recursive: true, force: true }) };
  },
};

export function openBrokerStorage(kind: StorageKind): Promise<BrokerStorage> {
  return open[kind]();
}
