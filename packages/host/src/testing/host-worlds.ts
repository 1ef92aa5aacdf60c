import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Host } from '../host.ts';
import { memoryHost } from '../memory/memory-host.ts';
import { nodeHost } from '../node/node-host.ts';
import { Simulation } from '../simulation/simulation.ts';

export interface HostWorld {
  readonly name: string;
  /** Runs `body` with a fresh host and an empty directory on its disk. */
  run(body: (host: Host, directory: string) => Promise<void>): Promise<void>;
}

/** The three worlds that the same code runs in. What a contract test asks, it asks of all of them. */
export const hostWorlds: readonly HostWorld[] = [
  {
    name: 'nodeHost',
    async run(body) {
      const directory = await mkdtemp(join(tmpdir(), 'millrace-host-'));
      try {
        await body(nodeHost(), directory);
      } finally {
        await rm(directory, { recursive: true, force: true });
      }
    },
  },
  {
    name: 'memoryHost',
    async run(body) {
      const host = memoryHost();
      await host.disk.makeDirectory('/data');
      await body(host, '/data');
    },
  },
  {
    name: 'SimulatedHost',
    async run(body) {
      const simulation = new Simulation({ seed: 'contract' });
      await simulation.run(async () => {
        const host = simulation.host('node-1');
        await host.disk.makeDirectory('/data');
        await body(host, '/data');
      });
    },
  },
];
