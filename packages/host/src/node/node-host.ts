import type { Host } from '../host.ts';
import { SecureRandom } from '../random/secure-random.ts';
import { nodeClock } from './node-clock.ts';
import { nodeDisk } from './node-disk.ts';
import { nodeNetwork } from './node-network.ts';
import { nodeTimers } from './node-timers.ts';

/** The machine this process runs on. */
export function nodeHost(): Host {
  return {
    clock: nodeClock,
    timers: nodeTimers,
    random: new SecureRandom(),
    disk: nodeDisk,
    network: nodeNetwork,
  };
}
