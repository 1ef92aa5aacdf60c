import { parseArgs } from 'node:util';
import { faultSets, type FaultSetName } from '../src/simulation/faults/fault-sets.ts';
import { allWorkloads } from '../src/simulation/workloads/all-workloads.ts';
import type { Workload } from '../src/simulation/workloads/workload.ts';

/** What the command line asks for. */
export interface SimOptions {
  readonly from: number;
  readonly seeds: number;
  readonly workloads: readonly Workload[];
  readonly faults: FaultSetName;
  readonly brokers: number;
  readonly controllers: number;
  readonly processes: number;
  /** Print the story of every run, not only of those that fail. */
  readonly trace: boolean;
  /** Stop at the first seed that fails. */
  readonly first: boolean;
  /** Say what failed, without its story. */
  readonly quiet: boolean;
}

/** @throws Error for what there is not */
export function parseSimOptions(args: readonly string[]): SimOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: 'string', default: '100' },
      from: { type: 'string', default: '1' },
      workload: { type: 'string', default: 'all' },
      faults: { type: 'string', default: 'all' },
      brokers: { type: 'string', default: '3' },
      controllers: { type: 'string', default: '0' },
      processes: { type: 'string', default: '1' },
      trace: { type: 'boolean', default: false },
      first: { type: 'boolean', default: false },
      quiet: { type: 'boolean', default: false },
      /** For plant.ts. */
      planted: { type: 'string' },
    },
  });
  const workloads = allWorkloads.filter(({ name }) => values.workload === 'all' || name === values.workload);
  if (workloads.length === 0) {
    throw new Error(`--workload must be all or one of ${allWorkloads.map(({ name }) => name).join(', ')}`);
  }
  if (!Object.hasOwn(faultSets, values.faults)) {
    throw new Error(`--faults must be one of ${Object.keys(faultSets).join(', ')}`);
  }
  const { trace, first, quiet } = values;
  return {
    from: Number(values.from),
    seeds: Number(values.seeds),
    workloads,
    faults: values.faults as FaultSetName,
    brokers: Number(values.brokers),
    controllers: Number(values.controllers),
    processes: Number(values.processes),
    trace,
    first,
    quiet,
  };
}
