import { NO_LEADER } from '../metadata/cluster-image.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import { partitionsOf } from './broker-transitions.ts';
import type { ControllerResult, ControllerState } from './controller-operation.ts';
import { hasPreferredLeader } from './elect-leaders.ts';
import { PartitionRules } from './partition-rules.ts';

/** Elections in one go, so that the rest of the cluster gets a word in. */
export const MAX_ELECTIONS_PER_RUN = 1000;

/**
 * Moves leaderships back to the first replicas that are in sync again.
 * @returns whether there may be more to do
 */
export function balanceLeaders(state: ControllerState): ControllerResult<boolean> {
  const rules = new PartitionRules(state);
  const records: MetadataRecord[] = [];
  for (const [topic, partition] of partitionsOf(state.image)) {
    if (records.length >= MAX_ELECTIONS_PER_RUN) break;
    if (!hasPreferredLeader(partition)) records.push(...rules.change(topic, partition, {}, 'PREFERRED'));
  }
  return { records, response: records.length >= MAX_ELECTIONS_PER_RUN, mayBeSplit: true };
}

/**
 * Elects whoever is alive for partitions without a leader, where the topic prefers that to waiting.
 * @returns whether there may be more to do
 */
export function electUncleanLeaders(state: ControllerState): ControllerResult<boolean> {
  const rules = new PartitionRules(state);
  const records: MetadataRecord[] = [];
  for (const [topic, partition] of partitionsOf(state.image)) {
    if (records.length >= MAX_ELECTIONS_PER_RUN) break;
    if (partition.leader !== NO_LEADER || !rules.ofTopic(topic).allowsUncleanElection) continue;
    records.push(...rules.change(topic, partition, {}, 'UNCLEAN'));
  }
  return { records, response: records.length >= MAX_ELECTIONS_PER_RUN, mayBeSplit: true };
}
