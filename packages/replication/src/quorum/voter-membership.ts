import { ErrorCode } from '@millrace/protocol';
import { messageOf } from '../errors.ts';
import type { QuorumCore } from './quorum-core.ts';
import { ADD_VOTER, REMOVE_VOTER, UPDATE_VOTER } from './quorum-messages.ts';
import { sameEndpoints, type VoterChanges } from './voter-changes.ts';
import { MAX_KRAFT_VERSION, type Voter, type VoterEndpoint } from './voter-set.ts';

/**
 * What a controller does so that the quorum knows it as it is: tells its new endpoints, and with
 * `controller.quorum.auto.join.enable` makes itself a voter, in the place of the one that had its id on a lost disk
 * (KIP-1186). While the voters are fixed it tells each new leader what an upgrade of `kraft.version` has to know of it.
 */
export class VoterMembership {
  readonly #core: QuorumCore;
  readonly #changes: VoterChanges;
  #running: Promise<void> | undefined;
  /** In which epoch the leader of fixed voters knows this one. */
  #toldInEpoch = -1;

  constructor(core: QuorumCore, changes: VoterChanges) {
    this.#core = core;
    this.#changes = changes;
  }

  start(): void {
    this.#running = this.#run().catch((error: unknown) => this.#core.fail(error));
  }

  async stopped(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    const core = this.#core;
    const { settings, logger } = core.options;
    while (!core.isStopped) {
      await core.sleep(settings['controller.quorum.fetch.timeout.ms']);
      if (core.isStopped) return;
      try {
        const errorCode = await this.#step();
        if (errorCode !== ErrorCode.NONE)
          logger.debug('The quorum does not take this node yet', { errorCode });
      } catch (error) {
        logger.debug('The quorum cannot be told of this node', { error: messageOf(error) });
      }
    }
  }

  /** @returns the error code of what was asked, NONE if there was nothing to ask */
  async #step(): Promise<number> {
    const { machine, history, options } = this.#core;
    const { role, self } = machine;
    const known = machine.voters.get(self.id);
    const endpoints = options.endpoints();
    if (history.kraftVersion === 0) return this.#tellOfFixedVoter(endpoints);
    if (machine.voters.has(self) && known !== undefined && endpoints.length > 0) {
      if (sameEndpoints(known.endpoints, endpoints)) return ErrorCode.NONE;
      const voter = { ...self, endpoints, minKraftVersion: 0, maxKraftVersion: MAX_KRAFT_VERSION };
      if (role.name !== 'leader') return this.#update(voter);
      await this.#changes.updateVoter(voter);
    } else if (role.name === 'follower' && this.#mayJoin) {
      return known === undefined ? this.#join() : this.#removeFormer(known);
    }
    return ErrorCode.NONE;
  }

  /** The leader itself knows what it needs. */
  async #tellOfFixedVoter(endpoints: readonly VoterEndpoint[]): Promise<number> {
    const { machine } = this.#core;
    const { role, self, epoch } = machine;
    const isKnown = this.#toldInEpoch === epoch;
    if (role.name !== 'follower' || isKnown || endpoints.length === 0 || !machine.isVoter)
      return ErrorCode.NONE;
    const voter = { ...self, endpoints, minKraftVersion: 0, maxKraftVersion: MAX_KRAFT_VERSION };
    const errorCode = await this.#update(voter);
    if (errorCode === ErrorCode.NONE) this.#toldInEpoch = epoch;
    return errorCode;
  }

  /** Whoever has a list of fixed voters is in it, and was taken out by somebody if it has no vote any more. */
  get #mayJoin(): boolean {
    const { staticVoters, settings } = this.#core.options;
    return staticVoters === undefined && settings['controller.quorum.auto.join.enable'];
  }

  async #update({ id, directoryId, endpoints }: Voter): Promise<number> {
    const response = await this.#leaderChannel().send(UPDATE_VOTER, {
      clusterId: this.#core.options.clusterId,
      currentLeaderEpoch: this.#core.machine.epoch,
      voterId: id,
      voterDirectoryId: directoryId,
      listeners: endpoints,
      kRaftVersionFeature: { minSupportedVersion: 0, maxSupportedVersion: MAX_KRAFT_VERSION },
    });
    return response.errorCode;
  }

  async #join(): Promise<number> {
    const { options, machine } = this.#core;
    const response = await this.#leaderChannel().send(ADD_VOTER, {
      clusterId: options.clusterId,
      timeoutMs: options.settings['controller.quorum.request.timeout.ms'],
      voterId: machine.self.id,
      voterDirectoryId: machine.self.directoryId,
      listeners: options.endpoints(),
      // Its own fetches may be what the commit waits for.
      ackWhenCommitted: false,
    });
    return response.errorCode;
  }

  async #removeFormer({ id, directoryId }: Voter): Promise<number> {
    const response = await this.#leaderChannel().send(REMOVE_VOTER, {
      clusterId: this.#core.options.clusterId,
      voterId: id,
      voterDirectoryId: directoryId,
    });
    return response.errorCode;
  }

  #leaderChannel() {
    return this.#core.channels.to(this.#core.leader.leaderId);
  }
}
