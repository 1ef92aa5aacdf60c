import type { ClassicMetadata, MemberMetadata } from './consumer-member.ts';

/** Has the member said nothing new? */
export function sameMetadata(a: MemberMetadata, b: MemberMetadata): boolean {
  return (
    a.instanceId === b.instanceId &&
    a.rackId === b.rackId &&
    a.clientId === b.clientId &&
    a.clientHost === b.clientHost &&
    a.rebalanceTimeoutMs === b.rebalanceTimeoutMs &&
    a.serverAssignor === b.serverAssignor &&
    sameClassic(a.classic, b.classic) &&
    !subscribesDifferently(a, b)
  );
}

/** Does the member subscribe something else than before? */
export function subscribesDifferently(a: MemberMetadata | undefined, b: MemberMetadata): boolean {
  return (
    (a?.topicRegex ?? '') !== b.topicRegex ||
    (a?.topicNames.length ?? 0) !== b.topicNames.length ||
    b.topicNames.some((name, at) => a?.topicNames[at] !== name)
  );
}

function sameClassic(a: ClassicMetadata | null, b: ClassicMetadata | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.sessionTimeoutMs === b.sessionTimeoutMs &&
    a.protocols.length === b.protocols.length &&
    a.protocols.every(({ name, metadata }, at) => {
      const other = b.protocols[at]!;
      return name === other.name && metadata.equals(other.metadata);
    })
  );
}
