import { property } from '@millrace/config';

/** What the active controller does by itself. */
export const controllerProperties = {
  'auto.leader.rebalance.enable': property.boolean({
    default: true,
    doc: 'Whether leaderships go back to the first replica of a partition by themselves.',
  }),
  'leader.imbalance.check.interval.seconds': property.long({
    default: 300,
    min: 1,
    doc: 'How often the controller looks for leaderships to move back.',
  }),
  'unclean.leader.election.interval.ms': property.long({
    default: 300000,
    min: 1,
    doc: 'How often the controller looks for partitions without a leader whose topics have `unclean.leader.election.enable`.',
  }),
  'metadata.max.idle.interval.ms': property.int({
    default: 500,
    min: 0,
    doc: 'How often a record without content goes into the metadata log of a cluster, so that all nodes see that it is alive; 0: never.',
  }),
} as const;
