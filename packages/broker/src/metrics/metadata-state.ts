import type { MetricSnapshot } from './metric-snapshot.ts';

/** How far this node is with the metadata log, which controllers and brokers have metrics of. */
export function appliedTimestampMs({ metadata }: MetricSnapshot): number {
  return metadata?.loader.appliedTimestampMs ?? -1;
}

/** The active controller has what it writes; where it is alone, nobody writes while there is nothing to say. */
export function appliedLagMs(snapshot: MetricSnapshot): number {
  const timestampMs = appliedTimestampMs(snapshot);
  return snapshot.isActiveController || timestampMs < 0 ? 0 : Math.max(0, snapshot.wallMs - timestampMs);
}

export function loadErrors({ metadata }: MetricSnapshot): number {
  return metadata?.loader.errorCount ?? 0;
}

/** 1 where the node is told of voters, and the metadata log names them in their place (KIP-853). */
export function ignoresFixedVoters({ hasFixedVoters, quorum }: MetricSnapshot): number {
  return Number(hasFixedVoters && (quorum?.kraftVersion ?? 0) > 0);
}
