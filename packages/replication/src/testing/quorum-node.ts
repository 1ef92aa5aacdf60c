import { replaceFile, silentLogger, type Logger, type SimulatedHost, type Simulation } from '@millrace/host';
import { LogManager } from '@millrace/log';
import { AddRaftVoterRequest, AddRaftVoterResponse } from '@millrace/protocol/messages/add-raft-voter';
import { ApiVersionsRequest, ApiVersionsResponse } from '@millrace/protocol/messages/api-versions';
import {
  BeginQuorumEpochRequest,
  BeginQuorumEpochResponse,
} from '@millrace/protocol/messages/begin-quorum-epoch';
import { EndQuorumEpochRequest, EndQuorumEpochResponse } from '@millrace/protocol/messages/end-quorum-epoch';
import { FetchRequest, FetchResponse } from '@millrace/protocol/messages/fetch';
import { FetchSnapshotRequest, FetchSnapshotResponse } from '@millrace/protocol/messages/fetch-snapshot';
import {
  RemoveRaftVoterRequest,
  RemoveRaftVoterResponse,
} from '@millrace/protocol/messages/remove-raft-voter';
import {
  UpdateRaftVoterRequest,
  UpdateRaftVoterResponse,
} from '@millrace/protocol/messages/update-raft-voter';
import { VoteRequest, VoteResponse, type VoteResponseInput } from '@millrace/protocol/messages/vote';
import { INITIAL_SNAPSHOT, initialSnapshot } from '../quorum/initial-snapshot.ts';
import { MetadataQuorum } from '../quorum/metadata-quorum.ts';
import { METADATA_TOPIC, METADATA_TOPIC_ID } from '../quorum/metadata-topic.ts';
import { metadataLogConfig } from '../quorum/quorum-log.ts';
import type { QuorumListener } from '../quorum/quorum-listener.ts';
import type { MetadataQuorumOptions } from '../quorum/quorum-options.ts';
import type { QuorumRules } from '../quorum/quorum-rules.ts';
import { defaultQuorumSettings } from '../quorum/quorum-settings.ts';
import { snapshotFileName } from '../quorum/snapshot-id.ts';
import type { VoterSet } from '../quorum/voter-set.ts';
import { CLUSTER_ID } from './open-quorum.ts';
import { RequestServer, servedApi } from './request-server.ts';

export const QUORUM_PORT = 9093;
const DATA = '/data';
const SEGMENT_BYTES = 1 << 20;

export interface QuorumNodeOptions {
  readonly simulation: Simulation;
  readonly nodeId: number;
  readonly directoryId: string;
  readonly rules?: QuorumRules;
  readonly logger?: Logger;
  readonly quorum: Partial<MetadataQuorumOptions>;
  /** Who votes when the cluster is new, where that is in the log (KIP-853). */
  readonly initialVoters?: VoterSet;
  /** For each life of the node. */
  readonly listener: () => QuorumListener;
  /** Told of each answer to a request for a vote before it leaves. */
  readonly onVote?: (request: VoteRequest, response: VoteResponseInput) => void;
}

/** One controller of a simulated cluster: its machine, its disk, its quorum, and what listens for the others. */
export class QuorumNode {
  readonly id: number;
  readonly #options: QuorumNodeOptions;
  #host: SimulatedHost;
  #quorum: MetadataQuorum | undefined;
  #manager: LogManager | undefined;
  #failure: Error | undefined;

  constructor(options: QuorumNodeOptions) {
    this.#options = options;
    this.id = options.nodeId;
    this.#host = options.simulation.host(hostName(options.nodeId));
  }

  get directoryId(): string {
    return this.#options.directoryId;
  }

  get host(): SimulatedHost {
    return this.#host;
  }

  /** `undefined` while it is down. */
  get quorum(): MetadataQuorum | undefined {
    return this.#host.isRunning ? this.#quorum : undefined;
  }

  get manager(): LogManager | undefined {
    return this.#host.isRunning ? this.#manager : undefined;
  }

  /** It has stopped by itself, with an error that nothing can mend. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  async start(): Promise<void> {
    const host = this.#host;
    const { nodeId, directoryId, rules, logger = silentLogger, listener } = this.#options;
    const manager = await LogManager.open({ host, logDirs: [DATA], logger });
    const config = metadataLogConfig(SEGMENT_BYTES);
    const existing = manager.get(METADATA_TOPIC, 0);
    existing?.updateConfig(config);
    const log =
      existing ??
      (await manager.create({ topic: METADATA_TOPIC, partition: 0, topicId: METADATA_TOPIC_ID, config }));
    const options: MetadataQuorumOptions = {
      host,
      logger,
      log,
      nodeId,
      directoryId,
      clusterId: CLUSTER_ID,
      isController: true,
      endpoints: () => [{ name: 'CONTROLLER', host: hostName(nodeId), port: QUORUM_PORT }],
      settings: defaultQuorumSettings,
      peers: { clientId: `node-${nodeId}` },
      listener: listener(),
      ...this.#options.quorum,
    };
    await this.#format(host);
    const quorum = await MetadataQuorum.open(options, ...(rules === undefined ? [] : [rules]));
    void quorum.failed.then((error) => (this.#failure = error));
    await this.#serve(quorum).listen(host, { host: '0.0.0.0', port: QUORUM_PORT });
    this.#manager = manager;
    this.#quorum = quorum;
    quorum.start();
  }

  /** After a crash or a kill. */
  async restart(): Promise<void> {
    this.#host = this.#options.simulation.restart(this.#host);
    this.#failure = undefined;
    this.#quorum = undefined;
    await this.start();
  }

  async #format(host: SimulatedHost): Promise<void> {
    const { initialVoters } = this.#options;
    if (initialVoters === undefined) return;
    const directory = `${DATA}/${METADATA_TOPIC}-0`;
    const path = `${directory}/${snapshotFileName(INITIAL_SNAPSHOT)}`;
    const marker = `${DATA}/formatted`;
    if ((await host.disk.stat(marker)) !== undefined) return;
    await replaceFile(host.disk, path, initialSnapshot(initialVoters, 0));
    await replaceFile(host.disk, marker, '');
  }

  #serve(quorum: MetadataQuorum): RequestServer {
    const { onVote } = this.#options;
    return new RequestServer([
      servedApi(VoteRequest, VoteResponse, async (request, version) => {
        const response = await quorum.handleVote(request, version);
        onVote?.(request, response);
        return response;
      }),
      servedApi(BeginQuorumEpochRequest, BeginQuorumEpochResponse, (request, version) =>
        quorum.handleBeginQuorumEpoch(request, version),
      ),
      servedApi(EndQuorumEpochRequest, EndQuorumEpochResponse, (request, version) =>
        quorum.handleEndQuorumEpoch(request, version),
      ),
      servedApi(FetchSnapshotRequest, FetchSnapshotResponse, (request, version) =>
        quorum.handleFetchSnapshot(request, version),
      ),
      servedApi(AddRaftVoterRequest, AddRaftVoterResponse, (request) => quorum.handleAddVoter(request)),
      servedApi(RemoveRaftVoterRequest, RemoveRaftVoterResponse, (request) =>
        quorum.handleRemoveVoter(request),
      ),
      servedApi(UpdateRaftVoterRequest, UpdateRaftVoterResponse, (request) =>
        quorum.handleUpdateVoter(request),
      ),
      servedApi(ApiVersionsRequest, ApiVersionsResponse, () => ({
        errorCode: 0,
        apiKeys: [],
        throttleTimeMs: 0,
        supportedFeatures: [{ name: 'kraft.version', minVersion: 0, maxVersion: 1 }],
      })),
      servedApi(FetchRequest, FetchResponse, (request, version) => quorum.handleFetch(request, version)),
    ]);
  }
}

export function hostName(nodeId: number): string {
  return `node-${nodeId}`;
}
