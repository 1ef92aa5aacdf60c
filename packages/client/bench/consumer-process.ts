import type * as consumers from './consumers.ts';
import { startMeasuredProcess, type MeasuredProcess } from './measured-process.ts';

/** A topic, and what is in it. */
export interface ConsumerLoad {
  readonly topic: string;
  readonly count: number;
  readonly valueBytes: number;
}

export interface Measured {
  readonly recordsPerSec: number;
  readonly cpuSecondsPerGb: number;
}

export type ConsumerProcess = MeasuredProcess<ConsumerLoad, Measured>;

export function startConsumerProcess(
  consumer: Exclude<keyof typeof consumers, 'MeasuredConsumer'>,
  bootstrapServers: string,
): Promise<ConsumerProcess> {
  return startMeasuredProcess('./consumer-main.ts', consumer, bootstrapServers);
}
