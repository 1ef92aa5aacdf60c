import type { Simulation } from '@millrace/host';
import type { HistoryRecorder } from './history-recorder.ts';

/** What a workload needs of the world it runs in: one broker or a cluster. */
export interface ClientWorld {
  readonly simulation: Simulation;
  readonly recorder: HistoryRecorder;
  readonly bootstrapServers: string;
  /** Of the topics that workloads create. */
  readonly replicationFactor: number;
}
