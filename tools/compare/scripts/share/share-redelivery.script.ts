import { shareAcknowledge, shareFetch, shareGroupHeartbeat } from '../../src/apis.ts';
import type { Peer } from '../../src/peer.ts';
import type { CompareScript } from '../../src/script.ts';
import type { Topic } from '../records/record-requests.ts';
import {
  about,
  acknowledgeOf,
  beatOf,
  fetchOf,
  joined,
  memberA,
  memberB,
  setOfGroup,
  shareCoordinator,
  shareProperties,
  write,
} from './share-requests.ts';

interface Place {
  readonly version: number;
  readonly groupId: string;
  readonly topic: Topic;
}

async function groupOf(peer: Peer, name: string, version: number, settings: Record<string, string> = {}) {
  const topic = await peer.topic(`${name}-t-${version}`);
  const groupId = peer.unique(`${name}-${version}`);
  await shareCoordinator(peer, groupId, topic);
  await setOfGroup(peer, groupId, { 'share.auto.offset.reset': 'earliest', ...settings });
  for (const memberId of [memberA, memberB]) await joined(peer, groupId, [topic], memberId);
  return { version, groupId, topic };
}

/** Members that come, take what there is, and go without a word. */
async function comeAndGo(peer: Peer, { version, groupId, topic }: Place): Promise<void> {
  await write(peer, topic, ['a', 'b']);
  for (const [label, memberId] of [
    ['first', memberA],
    ['second', memberB],
    ['third', memberA],
  ] as const) {
    const hello = fetchOf(groupId, 0, { memberId, topics: about(topic) });
    await peer.ask(`${label} takes`, shareFetch, version, hello);
    await peer.ask(`${label} goes`, shareFetch, version, fetchOf(groupId, -1, { memberId }));
  }
  await write(peer, topic, ['c']);
  await peer.ask('what is new', shareFetch, version, fetchOf(groupId, 0, { topics: about(topic) }));
}

/** A member whose connection ends. */
async function vanish(peer: Peer, { version, groupId, topic }: Place): Promise<void> {
  await write(peer, topic, ['a']);
  const hello = { memberId: memberB, topics: about(topic) };
  await peer.ask('taken', shareFetch, version, fetchOf(groupId, 0, hello), { on: 'b' });
  await peer.ask('nothing is left', shareFetch, version, fetchOf(groupId, 0, { topics: about(topic) }));
  peer.disconnect('b');
  let epoch = 1;
  const again = await peer.settled(
    () => peer.quietly(shareFetch, version, fetchOf(groupId, epoch++)),
    ({ responses }) => responses.length > 0,
  );
  peer.note('delivered again', again.responses);
}

async function refusals(peer: Peer, { version, groupId, topic }: Place): Promise<void> {
  for (const [label, memberId] of [
    ['no member id', ''],
    ['a member id of 37 characters', 'm'.repeat(37)],
  ] as const) {
    const topics = about(topic);
    await peer.ask(`${label}: joins`, shareGroupHeartbeat, 1, {
      ...beatOf(groupId, { memberId, subscribedTopicNames: [topic.name] }),
    });
    await peer.ask(`${label}: fetches`, shareFetch, version, fetchOf(groupId, 0, { memberId, topics }));
    await peer.ask(
      `${label}: acknowledges`,
      shareAcknowledge,
      version,
      acknowledgeOf(groupId, 1, { memberId }),
    );
  }
}

async function renewals(peer: Peer, { version, groupId, topic }: Place): Promise<void> {
  await write(peer, topic, ['a', 'b']);
  await peer.ask('two records', shareFetch, version, fetchOf(groupId, 0, { topics: about(topic) }));
  const nothing = { maxBytes: 0, maxRecords: 0, minBytes: 0, maxWaitMs: 0 };
  const renewal = (epoch: number, fields: object) =>
    fetchOf(groupId, epoch, {
      ...nothing,
      isRenewAck: true,
      topics: about(topic, 0, [[0, 0, 4]]),
      ...fields,
    });
  await peer.ask('renewal that waits', shareFetch, version, renewal(1, { maxWaitMs: 100 }));
  await peer.ask('renewal for no bytes at all', shareFetch, version, renewal(1, { maxBytes: -1 }));
  await peer.ask('renewal', shareFetch, version, renewal(1, {}));
  await setOfGroup(peer, groupId, { 'share.renew.acknowledge.enable': 'false' });
  await peer.ask('renewal that the group has not', shareFetch, version, renewal(2, {}));
  await peer.ask(
    'renewal of a part of it',
    shareAcknowledge,
    version,
    acknowledgeOf(groupId, 3, { isRenewAck: true, topics: about(topic, 0, [[0, 1, 4, 1]]) }),
  );
}

export const script: CompareScript = {
  name: 'share-redelivery',
  title: 'Records of share groups that come back: how often, whoever goes without a word, and renewals.',
  properties: shareProperties,
  async run(peer) {
    await peer.coordinators();
    for (const version of peer.versions(shareFetch)) {
      await comeAndGo(peer, await groupOf(peer, 'goes', version, { 'share.delivery.count.limit': '2' }));
      await vanish(peer, await groupOf(peer, 'vanishes', version));
      await refusals(peer, await groupOf(peer, 'refused', version));
      if (version >= 2) await renewals(peer, await groupOf(peer, 'renews', version));
    }
  },
};
