import { ErrorCode } from '@millrace/protocol';
import type { GroupCall, GroupReplies, GroupReply } from '../../group/group-calls.ts';
import { commitCall } from '../../group/testing/group-test-calls.ts';
import { Violation, type ModelClient } from './fail-over-simulation.ts';

/** Commits ever higher offsets of one group, and reads them back now and then. */
export class CommittingClient implements ModelClient<GroupCall, GroupReply> {
  readonly #groupId: string;
  #attempted = 0;
  /** What it was told, by a commit or by a read: offsets never go back behind it. */
  #known = -1;
  #calls = 0;

  constructor(groupId: string) {
    this.#groupId = groupId;
  }

  next(): ReturnType<ModelClient<GroupCall, GroupReply>['next']> {
    return this.#calls++ % 3 === 2 ? this.#read() : this.#commit();
  }

  #commit(): ReturnType<ModelClient<GroupCall, GroupReply>['next']> {
    const offset = ++this.#attempted;
    return {
      call: commitCall({ groupId: this.#groupId, offset }),
      onReply: (reply) => {
        const { errorCode } = (reply as GroupReplies['commit']).topics[0]!.partitions[0]!;
        if (errorCode === ErrorCode.NONE) this.#known = offset;
      },
    };
  }

  #read(): ReturnType<ModelClient<GroupCall, GroupReply>['next']> {
    return {
      call: { api: 'fetch', groupId: this.#groupId, topics: null },
      onReply: (reply) => {
        const { errorCode, topics } = reply as GroupReplies['fetch'];
        if (errorCode !== ErrorCode.NONE) return;
        const offset = topics[0]?.partitions[0]?.committedOffset ?? -1;
        if (offset < this.#known)
          throw new Violation(`${this.#groupId}: offset ${offset} after ${this.#known}`);
        this.#known = offset;
      },
    };
  }
}
