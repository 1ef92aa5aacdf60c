import { ZERO_UUID } from '@millrace/protocol';
import { VotersError } from '../errors.ts';

/** One disk of one node: a node that has lost its disk is not the voter it was. */
export interface ReplicaKey {
  readonly id: number;
  /** `ZERO_UUID` where it is not known. */
  readonly directoryId: string;
}

/** Where a voter listens. */
export interface VoterEndpoint {
  /** Of the listener. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

/** A controller that votes, and what it understands. */
export interface Voter extends ReplicaKey {
  /** The first one is that of the quorum. */
  readonly endpoints: readonly VoterEndpoint[];
  readonly minKraftVersion: number;
  readonly maxKraftVersion: number;
}

/** Highest `kraft.version` that this implementation knows. */
export const MAX_KRAFT_VERSION = 1;

/** Who votes. Immutable. */
export class VoterSet {
  readonly voters: readonly Voter[];
  readonly #byId: ReadonlyMap<number, Voter>;

  /** @throws VotersError for two voters with one id */
  constructor(voters: readonly Voter[]) {
    this.voters = voters.toSorted((left, right) => left.id - right.id);
    this.#byId = new Map(voters.map((voter) => [voter.id, voter]));
    if (this.#byId.size !== voters.length) throw new VotersError('Two voters of the quorum have one id');
  }

  /** `controller.quorum.voters`: `1@host:9093,2@[::1]:9093`. @throws VotersError */
  static parse(text: string, listenerName: string): VoterSet {
    const entries = text
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '');
    return new VoterSet(entries.map((entry) => parseVoter(entry, listenerName)));
  }

  /** A quorum of one, which needs no address. */
  static alone(id: number, directoryId: string = ZERO_UUID): VoterSet {
    return new VoterSet([{ id, directoryId, endpoints: [], minKraftVersion: 0, maxKraftVersion: 1 }]);
  }

  get size(): number {
    return this.voters.length;
  }

  /** How many of them decide. */
  get majority(): number {
    return Math.floor(this.voters.length / 2) + 1;
  }

  get(id: number): Voter | undefined {
    return this.#byId.get(id);
  }

  has(key: ReplicaKey): boolean {
    const voter = this.#byId.get(key.id);
    return voter !== undefined && (voter.directoryId === ZERO_UUID || voter.directoryId === key.directoryId);
  }

  isOnly(key: ReplicaKey): boolean {
    return this.size === 1 && this.has(key);
  }

  with(voter: Voter): VoterSet {
    return new VoterSet([...this.voters.filter(({ id }) => id !== voter.id), voter]);
  }

  without(id: number): VoterSet {
    return new VoterSet(this.voters.filter((voter) => voter.id !== id));
  }

  toString(): string {
    return this.voters.map(({ id }) => id).join(',');
  }
}

export function sameReplica(left: ReplicaKey, right: ReplicaKey): boolean {
  if (left.id !== right.id) return false;
  const isUnknown = left.directoryId === ZERO_UUID || right.directoryId === ZERO_UUID;
  return isUnknown || left.directoryId === right.directoryId;
}

function parseVoter(entry: string, name: string): Voter {
  const match = /^(\d+)@(\[[^\]]+\]|[^:]+):(\d+)$/.exec(entry);
  const port = Number(match?.[3]);
  if (match === null || port > 65535 || Number(match[1]) > 0x7fffffff) {
    throw new VotersError(`"${entry}" in controller.quorum.voters is not id@host:port`);
  }
  const host = match[2]!.replace(/^\[|\]$/g, '');
  return {
    id: Number(match[1]),
    directoryId: ZERO_UUID,
    endpoints: [{ name, host, port }],
    minKraftVersion: 0,
    maxKraftVersion: MAX_KRAFT_VERSION,
  };
}
