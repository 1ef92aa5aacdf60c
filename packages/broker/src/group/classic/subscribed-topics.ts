import type { ClassicMember } from './classic-member.ts';

/**
 * The topics that consumers subscribe, from the metadata they joined with. Every version of ConsumerProtocolSubscription
 * starts with int16 version and the array of topics, so that is all that is read, whatever the version says.
 *
 * @returns `undefined` when one of them cannot be parsed: clients may put anything there.
 */
export function subscribedTopics(
  members: Iterable<ClassicMember>,
  protocolName: string | undefined,
): ReadonlySet<string> | undefined {
  const topics = new Set<string>();
  for (const member of members) {
    const metadata = protocolName === undefined ? undefined : member.metadataOf(protocolName);
    if (metadata === undefined || !collectTopics(metadata, topics)) return undefined;
  }
  return topics;
}

function collectTopics(metadata: Buffer, topics: Set<string>): boolean {
  if (metadata.length < 6) return false;
  const count = metadata.readInt32BE(2);
  let position = 6;
  for (let index = 0; index < count; index++) {
    if (position + 2 > metadata.length) return false;
    const start = position + 2;
    position = start + metadata.readInt16BE(position);
    if (position < start || position > metadata.length) return false;
    topics.add(metadata.toString('utf8', start, position));
  }
  return count >= 0;
}
