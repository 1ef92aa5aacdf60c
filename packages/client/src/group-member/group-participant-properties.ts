import { property, PropertySet, type PropertyInput } from '@millrace/config';
import { clientProperties } from '../client-properties.ts';

const ANY_TEXT: string = '';

/** Kafka's properties of a member of a group that is not a consumer, as Connect's workers have them. */
export const groupParticipantProperties = new PropertySet({
  ...clientProperties,
  'group.id': property.string({ doc: 'The group that its members find each other by.' }),
  'group.instance.id': property.string({
    default: ANY_TEXT,
    doc: 'A name that stays through restarts: the member keeps its place while it is away for a short time (KIP-345).',
  }),
  'session.timeout.ms': property.int({
    default: 10_000,
    min: 1,
    doc: 'A member that sends no heartbeat for this long is taken out of the group.',
  }),
  'heartbeat.interval.ms': property.int({
    default: 3000,
    min: 1,
    doc: 'Time between two heartbeats; below session.timeout.ms.',
  }),
  'rebalance.timeout.ms': property.int({
    default: 60_000,
    min: 1,
    doc: 'How long members may take to join again when the group changes.',
  }),
});

/** What a `GroupParticipant` takes as its first argument. */
export type GroupParticipantProperties = PropertyInput<typeof groupParticipantProperties.definitions>;
