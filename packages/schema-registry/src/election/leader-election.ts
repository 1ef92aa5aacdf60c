import {
  GroupParticipant,
  type GroupMembershipInfo,
  type GroupParticipantProperties,
  type GroupRound,
} from '@millrace/client';
import type { Host, Logger } from '@millrace/host';
import { electLeader, readElectionResult, writeElectionResult } from './elect-leader.ts';
import { identityJson, readIdentity, urlOf, type RegistryIdentity } from './registry-identity.ts';

/** Who takes writes, as far as this instance knows. */
export type Leadership =
  | { readonly kind: 'self' }
  | { readonly kind: 'other'; readonly url: string }
  | { readonly kind: 'none' };

export interface LeaderElectionOptions {
  readonly host: Host;
  readonly logger: Logger;
  readonly properties: GroupParticipantProperties;
  readonly identity: RegistryIdentity;
  readonly isSticky: boolean;
  readonly onLeadership: (leadership: Leadership) => void;
}

/** What instances of the Java registry call their group protocol. */
const PROTOCOL_TYPE = 'sr';
const PROTOCOL_NAME = 'v0';

/** Elects one instance of many through a group of the Kafka cluster, together with instances of the Java registry. */
export class LeaderElection {
  readonly #options: LeaderElectionOptions;
  readonly #participant: GroupParticipant;
  #isLeader = false;

  constructor(options: LeaderElectionOptions) {
    this.#options = options;
    const { host, logger, properties } = options;
    this.#participant = new GroupParticipant(
      properties,
      {
        protocolType: PROTOCOL_TYPE,
        offers: () => [{ name: PROTOCOL_NAME, metadata: this.#offer() }],
        assign: (round) => this.#assign(round),
        onAssigned: (bytes, info) => this.#onAssigned(bytes, info),
        onRevoked: () => {
          // A sitting leader that is likely to be elected again goes on meanwhile.
          if (!options.isSticky) this.#announce({ kind: 'none' });
        },
      },
      { host, logger },
    );
  }

  start(): void {
    this.#participant.start();
  }

  async close(): Promise<void> {
    await this.#participant.close();
  }

  #offer(): Buffer {
    const { identity, isSticky } = this.#options;
    const own = isSticky ? { ...identity, isLeader: this.#isLeader } : identity;
    return Buffer.from(JSON.stringify(identityJson(own)));
  }

  #assign({ members }: GroupRound): ReadonlyMap<string, Buffer> {
    const read = members.map(({ memberId, metadata }) => ({
      memberId,
      identity: readIdentity(JSON.parse(metadata.toString())),
    }));
    const result = writeElectionResult(electLeader(read, this.#options.isSticky));
    return new Map(members.map(({ memberId }) => [memberId, result]));
  }

  #onAssigned(bytes: Buffer, { memberId }: GroupMembershipInfo): void {
    const { logger, identity } = this.#options;
    const result = readElectionResult(bytes);
    if (result.hasDuplicateUrls) {
      logger.error('two instances have the same address, set host.name to one that others can reach', {
        url: urlOf(identity),
      });
      this.#announce({ kind: 'none' });
    } else if (result.leaderMemberId === memberId) {
      this.#announce({ kind: 'self' });
    } else if (result.leader !== undefined) {
      this.#announce({ kind: 'other', url: urlOf(result.leader) });
    } else {
      logger.warn('no instance is eligible to lead: reads go on, writes are refused', {});
      this.#announce({ kind: 'none' });
    }
  }

  #announce(leadership: Leadership): void {
    this.#isLeader = leadership.kind === 'self';
    this.#options.onLeadership(leadership);
  }
}
