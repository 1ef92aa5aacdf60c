import { createTopics, describeGroups, findCoordinator, listOffsets, type Api } from './apis.ts';
import { RawConnection, type NoAnswer } from './raw-connection.ts';
import { VolatileFields } from './volatile-fields.ts';

/** One request of a script with what came back, ready to be compared. */
export interface Step {
  readonly label: string;
  answer: unknown;
}

export interface PeerAddress {
  readonly host: string;
  readonly port: number;
  /** The listener for controllers. */
  readonly controller?: { readonly host: string; readonly port: number };
}

/** Name of the connection that goes to the listener for controllers. */
const CONTROLLER = 'controller';

/** An id no topic has. */
export const strangeTopicId = 'dGhpcy1pcy1uby10b3BpYw';

/** Versions of an API that both peers advertise. */
export type CommonVersions = (apiKey: number) => readonly number[];

/** A node under comparison, as one script sees it. */
export class Peer {
  readonly steps: Step[] = [];
  readonly address: PeerAddress;
  readonly #run: string;
  readonly #commonVersions: CommonVersions;
  readonly #connections = new Map<string, RawConnection>();
  readonly #volatile = new VolatileFields();

  /** @param run distinguishes the names of this run from those of earlier ones on the same node */
  constructor(address: PeerAddress, run: string, commonVersions: CommonVersions) {
    this.address = address;
    this.#run = run;
    this.#commonVersions = commonVersions;
    this.#volatile.replace(strangeTopicId, 'strange id');
  }

  /** A name nobody else uses on this node; reports print it without the suffix. */
  unique(name: string): string {
    const unique = `${name}-${this.#run}`;
    this.#volatile.replace(unique, name);
    return unique;
  }

  /** Every version of an API that both peers have. */
  versions(api: Api<object, object>): readonly number[] {
    const versions = this.#commonVersions(api.request.apiKey);
    if (versions.length === 0) throw new Error(`The peers have no version of ${api.request.name} in common`);
    return versions;
  }

  /** Creates a topic and waits until its partitions have a leader. Not compared. */
  async topic(
    name: string,
    { partitions = 1, configs = {} }: { partitions?: number; configs?: Record<string, string> } = {},
  ): Promise<{ readonly name: string; readonly id: string }> {
    const unique = this.unique(name);
    const created = await this.quietly(createTopics, 7, {
      topics: [
        {
          name: unique,
          numPartitions: partitions,
          replicationFactor: 1,
          assignments: [],
          configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
        },
      ],
      timeoutMs: 10_000,
    });
    const [topic] = created.topics;
    if (topic === undefined || topic.errorCode !== 0)
      throw new Error(`Topic ${unique}: ${topic?.errorMessage}`);
    this.#volatile.replace(topic.topicId, `id of ${name}`);
    const places = Array.from({ length: partitions }, (_, partitionIndex) => ({
      partitionIndex,
      timestamp: -1,
    }));
    await this.settled(
      () => this.quietly(listOffsets, 7, { replicaId: -1, topics: [{ name: unique, partitions: places }] }),
      ({ topics: [listed] }) => listed!.partitions.every(({ errorCode }) => errorCode === 0),
    );
    return { name: unique, id: topic.topicId };
  }

  /** Waits until the node has seen every change of the metadata made so far. Not compared. */
  async caughtUp(): Promise<void> {
    // The log of metadata keeps its order: who knows this topic knows everything before it.
    await this.topic(`barrier-${this.steps.length}`);
  }

  /** Waits until every coordinator of groups has read its partition. Not compared. */
  async coordinators(): Promise<void> {
    // Names enough that each of the few partitions of the offsets topic holds one.
    const names = Array.from({ length: 32 }, (_, index) => `any-${index}`);
    await this.settled(
      () => this.quietly(findCoordinator, 6, { keyType: 0, coordinatorKeys: names }),
      ({ coordinators }) => coordinators.every(({ errorCode }) => errorCode === 0),
    );
    await this.settled(
      () => this.quietly(describeGroups, 5, { groups: names }),
      ({ groups }) => groups.every(({ errorCode }) => errorCode === 0),
    );
  }

  /** Sends a request, and keeps the answer for the comparison. */
  async ask<Input extends object, Response extends object>(
    label: string,
    api: Api<Input, Response>,
    version: number,
    message: Input,
    { on = 'main' }: { on?: string } = {},
  ): Promise<Response> {
    const step = this.#step(`${label}, v${version}`);
    const answer = await (await this.#connection(on)).ask(api, version, message);
    step.answer = this.#volatile.comparable(answer);
    return answer as Response;
  }

  /** As {@link ask}, until the answer is final; only the last one is compared. */
  async askUntil<Input extends object, Response extends object>(
    label: string,
    { api, version, message }: { api: Api<Input, Response>; version: number; message: Input },
    isFinal: (answer: Response) => boolean,
  ): Promise<Response> {
    const step = this.#step(`${label}, v${version}`);
    const answer = await this.settled(() => this.quietly(api, version, message), isFinal);
    step.answer = this.#volatile.comparable(answer);
    return answer;
  }

  /** Sends a request whose answer is no part of the comparison. */
  async quietly<Input extends object, Response extends object>(
    api: Api<Input, Response>,
    version: number,
    message: Input,
    { on = 'main' }: { on?: string } = {},
  ): Promise<Response> {
    const answer = await (await this.#connection(on)).ask(api, version, message);
    if ('noAnswer' in answer) throw new Error(`${api.request.name}: ${answer.noAnswer}`);
    return answer;
  }

  /** Repeats an attempt until it is final, and fails after 20 seconds. Not compared. */
  async settled<Response>(
    attempt: () => Promise<Response>,
    isFinal: (answer: Response) => boolean,
  ): Promise<Response> {
    const giveUpAtMs = performance.now() + 20_000;
    for (;;) {
      const answer = await attempt();
      if (isFinal(answer)) return answer;
      if (performance.now() > giveUpAtMs) throw new Error(`It does not settle: ${JSON.stringify(answer)}`);
      await new Promise((resume) => setTimeout(resume, 20));
    }
  }

  /** Sends bytes as they are, and keeps the frame that comes back, or that none did. */
  async askBytes(
    label: string,
    bytes: Buffer,
    { on = 'main' }: { on?: string } = {},
  ): Promise<Buffer | NoAnswer> {
    const step = this.#step(label);
    const answer = await (await this.#connection(on)).exchange([bytes]);
    step.answer = this.#volatile.comparable(answer);
    return answer;
  }

  /** Keeps something that was computed from answers. */
  note(label: string, value: unknown): void {
    this.#step(label).answer = this.#volatile.comparable(value);
  }

  disconnect(on = 'main'): void {
    this.#connections.get(on)?.destroy();
    this.#connections.delete(on);
  }

  close(): void {
    for (const connection of this.#connections.values()) connection.destroy();
  }

  #step(label: string): Step {
    const step: Step = { label, answer: undefined };
    this.steps.push(step);
    return step;
  }

  async #connection(on: string): Promise<RawConnection> {
    const open = this.#connections.get(on);
    if (open !== undefined && !open.isClosed) return open;
    const connection = await RawConnection.open(
      on === CONTROLLER && this.address.controller !== undefined ? this.address.controller : this.address,
    );
    this.#connections.set(on, connection);
    return connection;
  }
}
