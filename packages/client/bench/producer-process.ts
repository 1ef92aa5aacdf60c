import { startMeasuredProcess, type MeasuredProcess } from './measured-process.ts';
import type * as producers from './producers.ts';

/** Sends of one record each, every one awaited before the next. */
export interface LatencyLoad {
  readonly topic: string;
  readonly valueBytes: number;
  readonly sends: number;
}

/** What is measured are the milliseconds of each send. */
export type ProducerProcess = MeasuredProcess<LatencyLoad, number[]>;

export function startProducerProcess(
  producer: Exclude<keyof typeof producers, 'MeasuredProducer'>,
  bootstrapServers: string,
): Promise<ProducerProcess> {
  return startMeasuredProcess('./producer-main.ts', producer, bootstrapServers);
}
