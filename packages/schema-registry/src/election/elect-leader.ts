import { byCodeUnit } from '../registry/data-contract.ts';
import { isJsonObject, textOf } from '../registry/json-value.ts';
import { identityJson, readIdentity, urlOf, type RegistryIdentity } from './registry-identity.ts';

export interface ElectionMember {
  readonly memberId: string;
  readonly identity: RegistryIdentity;
}

/** What all members are told. */
export interface ElectionResult {
  /** Two members give the same address: nobody could forward to the right one. */
  readonly hasDuplicateUrls: boolean;
  readonly leaderMemberId: string | undefined;
  readonly leader: RegistryIdentity | undefined;
}

const FORMAT_VERSION = 1;
const NO_ERROR = 0;
const DUPLICATE_URLS = 1;

/** The eligible member with the smallest address leads; with `isSticky`, the one that leads already. */
export function electLeader(members: readonly ElectionMember[], isSticky: boolean): ElectionResult {
  const eligible = members
    .filter(({ identity }) => identity.isEligible)
    .toSorted((left, right) => byCodeUnit(urlOf(left.identity), urlOf(right.identity)));
  const sitting = isSticky ? eligible.filter(({ identity }) => identity.isLeader === true) : [];
  const leader = sitting.length === 1 ? sitting[0] : eligible[0];
  const urls = new Set(members.map(({ identity }) => urlOf(identity)));
  return {
    hasDuplicateUrls: urls.size < members.length,
    leaderMemberId: leader?.memberId,
    leader: leader?.identity,
  };
}

export function writeElectionResult(result: ElectionResult): Buffer {
  const { hasDuplicateUrls, leaderMemberId, leader } = result;
  const json = {
    version: FORMAT_VERSION,
    error: hasDuplicateUrls ? DUPLICATE_URLS : NO_ERROR,
    ...(leaderMemberId === undefined ? {} : { master: leaderMemberId }),
    ...(leader === undefined ? {} : { master_identity: identityJson(leader) }),
  };
  return Buffer.from(JSON.stringify(json));
}

/** @throws RangeError, SyntaxError */
export function readElectionResult(bytes: Buffer): ElectionResult {
  const json: unknown = JSON.parse(bytes.toString());
  if (!isJsonObject(json)) throw new RangeError('an election result is a JSON object');
  const identity = json['master_identity'];
  return {
    hasDuplicateUrls: json['error'] === DUPLICATE_URLS,
    leaderMemberId: textOf(json['master']),
    leader: isJsonObject(identity) ? readIdentity(identity) : undefined,
  };
}
