import { shareAcknowledge, shareFetch } from '../../src/apis.ts';
import { strangeTopicId, type Peer } from '../../src/peer.ts';
import type { CompareScript } from '../../src/script.ts';
import type { Topic } from '../records/record-requests.ts';
import {
  about,
  acknowledgeOf,
  fetchOf,
  joined,
  memberB,
  setOfGroup,
  shareCoordinator,
  shareProperties,
  write,
  type Said,
} from './share-requests.ts';

/** Requests of a member that count their session epochs themselves. */
class Sharer {
  epoch = 0;
  readonly #peer: Peer;
  readonly #groupId: string;
  readonly #topic: Topic;
  readonly #version: number;

  constructor(peer: Peer, { groupId, topic, version }: { groupId: string; topic: Topic; version: number }) {
    this.#peer = peer;
    this.#groupId = groupId;
    this.#topic = topic;
    this.#version = version;
  }

  async fetch(label: string, fields: Parameters<typeof fetchOf>[2] = {}): Promise<void> {
    const message = fetchOf(this.#groupId, this.epoch, fields);
    this.#next(await this.#peer.ask(label, shareFetch, this.#version, message));
  }

  async say(
    label: string,
    said: readonly Said[],
    fields: Parameters<typeof acknowledgeOf>[2] = {},
  ): Promise<void> {
    const topics = about(this.#topic, 0, said);
    const message = acknowledgeOf(this.#groupId, this.epoch, { topics, ...fields });
    this.#next(await this.#peer.ask(label, shareAcknowledge, this.#version, message));
  }

  #next({ errorCode }: { readonly errorCode: number }): void {
    if (errorCode === 0) this.epoch++;
  }
}

async function sessions(sharer: Sharer, topic: Topic): Promise<void> {
  sharer.epoch = 5;
  await sharer.fetch('an epoch without a session', { topics: about(topic) });
  sharer.epoch = 0;
  await sharer.fetch('no group id', { groupId: '', topics: about(topic) });
  await sharer.fetch('acknowledging in the first fetch', { topics: about(topic, 0, [[0, 1, 1]]) });
  await sharer.fetch('first', { topics: about(topic) });
  await sharer.fetch('nothing more');
  sharer.epoch = 1;
  await sharer.fetch('an epoch again');
  sharer.epoch = 2;
}

async function refusedAcknowledgements(sharer: Sharer, topic: Topic, version: number): Promise<void> {
  await sharer.say('an unknown type', [[2, 2, 7]]);
  await sharer.say('ranges that overlap', [
    [2, 2, 1],
    [2, 3, 1],
  ]);
  await sharer.say('types for some', [[2, 4, 1, 1]]);
  await sharer.say('no type', [[2, 4]]);
  await sharer.say('a range backwards', [[4, 2, 1]]);
  await sharer.say('what was not handed out as well', [[3, 9, 1]]);
  await sharer.say('what was not handed out', [[30, 39, 1]]);
  await sharer.say('renewal that is not announced', [[2, 2, 4]]);
  if (version >= 2) await sharer.say('renewal', [[2, 2, 4]], { isRenewAck: true });
  await sharer.say('another partition', [], { topics: about(topic, 1, [[0, 0, 1]]) });
  await sharer.say('an unknown topic', [], { topics: about({ id: strangeTopicId }, 0, [[0, 0, 1]]) });
  await sharer.say('an unknown partition', [], { topics: about(topic, 7, [[0, 0, 1]]) });
  const { epoch } = sharer;
  for (const wrong of [0, 3]) {
    sharer.epoch = wrong;
    await sharer.say('an epoch of the past', [[2, 2, 1]]);
  }
  sharer.epoch = epoch;
}

async function twoMembers(peer: Peer, sharer: Sharer, { groupId, topic }: { groupId: string; topic: Topic }) {
  const other = { memberId: memberB };
  const b = (label: string, epoch: number, said: readonly Said[] = []) =>
    said.length === 0
      ? peer.ask(
          label,
          shareFetch,
          1,
          fetchOf(groupId, epoch, { ...other, topics: epoch ? [] : about(topic) }),
          {
            on: 'b',
          },
        )
      : peer.ask(
          label,
          shareAcknowledge,
          1,
          acknowledgeOf(groupId, epoch, { ...other, topics: about(topic, 0, said) }),
          { on: 'b' },
        );
  await b('a stranger acknowledges', 3, [[2, 2, 1]]);
  await b('nothing for another', 0);
  await b("another's record", 1, [[2, 2, 1]]);
  await sharer.say('released', [[2, 2, 2]]);
  await b('delivered again', 2);
  await b('rejected', 3, [[2, 2, 3]]);
  await peer.ask('another ends', shareAcknowledge, 1, acknowledgeOf(groupId, -1, other), { on: 'b' });
}

export const script: CompareScript = {
  name: 'share-fetch',
  title: 'Records of share groups: sessions, acquisition, every kind of acknowledgement and what is refused.',
  properties: shareProperties,
  async run(peer) {
    await peer.coordinators();
    for (const version of peer.versions(shareFetch)) {
      const topic = await peer.topic(`t-${version}`, { partitions: 2 });
      const groupId = peer.unique(`share-${version}`);
      await shareCoordinator(peer, groupId, topic);
      await setOfGroup(peer, groupId, { 'share.auto.offset.reset': 'earliest' });
      await write(peer, topic, ['a', 'b', 'c', 'd', 'e']);
      await joined(peer, groupId, [topic]);
      const sharer = new Sharer(peer, { groupId, topic, version });
      await sessions(sharer, topic);
      await sharer.fetch('accepted on the way', { topics: about(topic, 0, [[0, 1, 1]]) });
      await sharer.fetch('accepted again', { topics: about(topic, 0, [[0, 1, 1]]) });
      await refusedAcknowledgements(sharer, topic, version);
      await twoMembers(peer, sharer, { groupId, topic });
      if (version >= 2) {
        const topics = about(topic, 0, [[3, 3, 4]]);
        const nothing = { maxBytes: 0, maxRecords: 0, minBytes: 0, maxWaitMs: 0 };
        await sharer.fetch('renewal with records', { isRenewAck: true, topics });
        await sharer.fetch('renewal', { isRenewAck: true, topics, ...nothing });
      }
      await sharer.fetch('an unknown partition', { topics: about(topic, 7) });
      sharer.epoch = -1;
      await sharer.fetch('the last', { topics: about(topic, 0, [[4, 4, 1]]) });
      sharer.epoch = -1;
      await sharer.fetch('after the last');
    }
  },
};
