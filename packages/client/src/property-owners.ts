import { adminProperties } from './admin/admin-properties.ts';
import { consumerProperties } from './consumer/consumer-properties.ts';
import { groupParticipantProperties } from './group-member/group-participant-properties.ts';
import { producerProperties } from './producer/producer-properties.ts';
import { shareConsumerProperties } from './share-consumer/share-consumer-properties.ts';

const sets = [
  ['Producer', producerProperties],
  ['Consumer', consumerProperties],
  ['ShareConsumer', shareConsumerProperties],
  ['Admin', adminProperties],
  ['GroupParticipant', groupParticipantProperties],
] as const;

let owners: ReadonlyMap<string, string> | undefined;

/** Which kind of client has a property, the first of them where several do. */
export function propertyOwners(): ReadonlyMap<string, string> {
  owners ??= new Map(
    sets.flatMap(([kind, set]) => set.names().map((name) => [name, kind] as const)).toReversed(),
  );
  return owners;
}
