import { KafkaError, ZERO_UUID } from '@millrace/protocol';
import { upgradeBatch } from './control-batches.ts';
import type { QuorumCore } from './quorum-core.ts';
import type { LeaderRole } from './quorum-role.ts';
import { MAX_KRAFT_VERSION, VoterSet, type Voter } from './voter-set.ts';

/** Of `MetadataQuorum.upgradeKraftVersion`. */
export interface KraftVersionUpgrade {
  readonly level: number;
  /** Says what stands against it, and does nothing. */
  readonly validateOnly: boolean;
}

/**
 * Takes fixed voters into the log: `kraft.version` from 0 to 1 (KIP-853). Their list names neither the directories that
 * vote nor what the nodes understand, so each voter tells the leader of its epoch; once all have, the leader may write
 * them down, in one batch with the level. Their ids stay, so majorities do.
 */
export class VoterUpgrade {
  readonly #core: QuorumCore;
  /** Voters that the leader has heard of in its epoch. Another one hears of them anew. */
  #told: { readonly role: LeaderRole; readonly voters: Map<number, Voter> } | undefined;

  constructor(core: QuorumCore) {
    this.#core = core;
  }

  /** What a voter says of itself while the voters are fixed. @throws KafkaError VOTER_NOT_FOUND */
  learn(role: LeaderRole, voter: Voter): void {
    if (this.#core.machine.voters.get(voter.id) === undefined) {
      throw new KafkaError('VOTER_NOT_FOUND', `Node ${voter.id} is no voter`);
    }
    this.#toldTo(role).set(voter.id, voter);
  }

  /**
   * Resolves when the voters in the log are committed.
   * @throws NotLeaderError where leadership was lost first; they may still become committed
   * @throws KafkaError
   */
  async upgrade({ level, validateOnly }: KraftVersionUpgrade): Promise<void> {
    const core = this.#core;
    const begun = await core.run(() => {
      const role = core.leading;
      if (role === undefined) {
        throw new KafkaError('NOT_LEADER_OR_FOLLOWER', `Node ${core.leader.leaderId} leads the quorum`);
      }
      const current = core.history.kraftVersion;
      if (level === current) return undefined;
      if (level < current) throw refusal('voters that are in the metadata log stay there');
      if (level > MAX_KRAFT_VERSION) throw refusal(`levels 0 to ${MAX_KRAFT_VERSION} are supported`);
      const voters = this.#complete(role, level);
      return validateOnly ? undefined : { committed: this.#append(level, voters) };
    });
    await begun?.committed;
  }

  /** @throws KafkaError while something is missing */
  #complete(role: LeaderRole, level: number): VoterSet {
    if (role.progress.highWatermark < 0) throw refusal('the leader does not know yet what is committed');
    const told = this.#toldTo(role);
    this.#tellItself(told);
    const { voters } = this.#core.machine.voters;
    const silent = voters.filter(({ id }) => !told.has(id));
    if (silent.length > 0) {
      throw refusal(
        `${namesOf(silent)} not told the leader yet where it listens and what it understands; it must run, and be ` +
          'of a version that does',
      );
    }
    const complete = voters.map(({ id }) => told.get(id)!);
    const unable = complete.filter((each) => each.minKraftVersion > level || level > each.maxKraftVersion);
    if (unable.length > 0) throw refusal(`${namesOf(unable)} no support for it`);
    return new VoterSet(complete);
  }

  #tellItself(told: Map<number, Voter>): void {
    const { machine, options } = this.#core;
    const endpoints = options.endpoints();
    if (endpoints.length === 0) throw refusal(`node ${machine.self.id} has no controller listener`);
    told.set(machine.self.id, {
      ...machine.self,
      endpoints,
      minKraftVersion: 0,
      maxKraftVersion: MAX_KRAFT_VERSION,
    });
  }

  /**
   * Both records in one batch: a log that says that it knows the voters, and does not name them, is of no use to
   * whoever leads next.
   */
  #append(level: number, voters: VoterSet): Promise<void> {
    const core = this.#core;
    const { history, options } = core;
    const batch = upgradeBatch(level, voters, options.host.clock.nowMs());
    const { baseOffset, committed } = core.appendAsLeader(batch, 2);
    committed.catch(() => {});
    history.kraftVersions.add(baseOffset, level);
    history.voters.add(baseOffset + 1, voters);
    core.applyVoters();
    core.afterProgress();
    options.logger.info('The voters of the quorum are kept in the metadata log from here on', {
      voters: String(voters),
      offset: baseOffset,
    });
    return committed;
  }

  #toldTo(role: LeaderRole): Map<number, Voter> {
    if (this.#told?.role !== role) this.#told = { role, voters: new Map() };
    return this.#told.voters;
  }
}

/** A directory without an id could be any. */
export function isWholeVoter({ directoryId, endpoints }: Voter): boolean {
  return directoryId !== ZERO_UUID && endpoints.length > 0;
}

function namesOf(voters: readonly Voter[]): string {
  const ids = voters.map(({ id }) => id).join(', ');
  return voters.length === 1 ? `voter ${ids} has` : `voters ${ids} have`;
}

function refusal(problem: string): KafkaError {
  return new KafkaError('INVALID_UPDATE_VERSION', `kraft.version cannot be changed: ${problem}`);
}
