import type { Fault } from './fault.ts';
import { diskFaults, pauseFaults, timeFaults } from './machine-faults.ts';
import { lateFaults, networkFaults } from './network-faults.ts';
import { featureFaults, operationFaults, voterFaults } from './operation-faults.ts';
import { killFaults, lossyFaults, powerFaults } from './process-faults.ts';

export interface FaultSet {
  readonly faults: readonly Fault[];
  /** Properties without which the cluster promises nothing under these faults. */
  readonly properties: Readonly<Record<string, string | number>>;
  /** Only where there is more than one controller. */
  readonly hasDynamicVoters?: boolean;
}

const synced = { 'log.flush.interval.messages': 1 };

/** What `--faults` takes. */
export const faultSets = {
  none: { faults: [], properties: {} },
  network: { faults: networkFaults, properties: {} },
  late: { faults: lateFaults, properties: {} },
  kills: { faults: killFaults, properties: {} },
  lossy: { faults: lossyFaults, properties: {} },
  power: { faults: powerFaults, properties: synced },
  disk: { faults: diskFaults, properties: synced },
  pauses: { faults: pauseFaults, properties: {} },
  time: { faults: timeFaults, properties: {} },
  operations: {
    faults: [...operationFaults, ...operationFaults, ...networkFaults, ...killFaults],
    properties: {},
  },
  voters: {
    faults: [...voterFaults, ...voterFaults, ...voterFaults, ...networkFaults, ...killFaults, ...powerFaults],
    properties: synced,
    hasDynamicVoters: true,
  },
  features: {
    faults: [
      ...featureFaults,
      ...featureFaults,
      ...featureFaults,
      ...networkFaults,
      ...killFaults,
      ...powerFaults,
    ],
    properties: synced,
  },
  unsynced: { faults: [...networkFaults, ...killFaults, ...pauseFaults, ...timeFaults], properties: {} },
  all: {
    faults: [
      ...networkFaults,
      ...killFaults,
      ...powerFaults,
      ...diskFaults,
      ...pauseFaults,
      ...timeFaults,
      ...operationFaults,
      ...featureFaults,
    ],
    properties: synced,
  },
} as const satisfies Readonly<Record<string, FaultSet>>;

export type FaultSetName = keyof typeof faultSets;
