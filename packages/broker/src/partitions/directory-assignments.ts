import type { Host, Logger, Timer } from '@millrace/host';
import type { KafkaErrorName } from '@millrace/protocol';
import { messageOf } from '../errors.ts';
import type { ClusterImage } from '../metadata/cluster-image.ts';
import { DIRECTORY_ASSIGNMENT_VERSION, metadataVersionOf } from '../metadata/features.ts';
import type { ImageDelta } from '../metadata/image-builder.ts';

/** A replica of this node, and the directory it is in. */
export interface DirectoryAssignment {
  readonly topicId: string;
  readonly index: number;
  readonly directoryId: string;
}

/** The way to the active controller. */
export interface AssignmentSender {
  /**
   * One request for all of them.
   * @returns one result for each, in the same order
   * @throws where there is no answer: each may have been applied or not
   */
  assignReplicasToDirs(assignments: readonly DirectoryAssignment[]): Promise<readonly KafkaErrorName[]>;
}

export interface DirectoryAssignmentsOptions {
  readonly host: Host;
  readonly logger: Logger;
  readonly nodeId: number;
  /** The id of the directory that a replica of this node is in; `undefined` where it is in none. */
  readonly directoryOf: (topic: string, index: number) => string | undefined;
}

/** What a request holds at most, as in Kafka. */
const MAX_ASSIGNMENTS_PER_REQUEST = 2250;
const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 10_000;

interface Pending extends DirectoryAssignment {
  /** Who waits for the controller to know. */
  readonly onAccepted: (() => void)[];
}

/**
 * Keeps the controller's view of the directories of this node true (KIP-858): it has to know which replicas are gone
 * when a disk fails. Where the directory of a replica in the image is not the one it is in, the controller is told; one
 * request at a time with everything that has come up meanwhile, sent again until it is accepted or pointless.
 */
export class DirectoryAssignments {
  readonly #options: DirectoryAssignmentsOptions;
  readonly #pending = new Map<string, Pending>();
  /** Replicas on their way to another directory, which the controller was told already. */
  readonly #moving = new Map<string, string>();
  #sender: AssignmentSender | undefined;
  #image: ClusterImage | undefined;
  #isSending = false;
  #isClosed = false;
  #retryTimer: Timer | undefined;
  #backoffMs = FIRST_BACKOFF_MS;

  constructor(options: DirectoryAssignmentsOptions) {
    this.#options = options;
  }

  /** How many replicas are in another directory than the controller has been told. */
  get queued(): number {
    return this.#pending.size;
  }

  /** A new image was published. */
  onImage(image: ClusterImage, delta: ImageDelta): void {
    const before = this.#image;
    this.#image = image;
    if (!isSupported(image)) return;
    const isFirst = before === undefined || !isSupported(before);
    for (const id of isFirst ? image.topics.byId.keys() : delta.changedTopics) {
      const partitions = image.topics.byId.get(id)?.partitions ?? [];
      for (const { index } of partitions) this.#review(id, index);
    }
  }

  /**
   * A replica is about to go to another directory. Resolves when the controller knows; until `moved` it counts as being
   * there.
   * @throws the reason of the signal
   */
  move(assignment: DirectoryAssignment, signal: AbortSignal): Promise<void> {
    const { topicId, index, directoryId } = assignment;
    if (this.#image === undefined || !isSupported(this.#image)) return Promise.resolve();
    this.#moving.set(keyOf(topicId, index), directoryId);
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error);
      const onAbort = (): void => reject(signal.reason as Error);
      signal.addEventListener('abort', onAbort, { once: true });
      const isWaiting = this.#review(topicId, index, () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      });
      if (!isWaiting) resolve();
    });
  }

  /** The replica is where it was to go, or the move was given up. */
  moved(topicId: string, index: number): void {
    this.#moving.delete(keyOf(topicId, index));
    if (this.#image !== undefined && isSupported(this.#image)) this.#review(topicId, index);
  }

  /** From here on the controller can be asked. */
  connect(sender: AssignmentSender): void {
    this.#sender = sender;
    void this.#send();
  }

  close(): void {
    this.#isClosed = true;
    this.#retryTimer?.cancel();
    this.#pending.clear();
  }

  /** @returns whether the controller has to be told */
  #review(topicId: string, index: number, onAccepted?: () => void): boolean {
    const key = keyOf(topicId, index);
    const assigned = this.#assignedDirectory(topicId, index);
    const actual = assigned === undefined ? undefined : this.#actualDirectory(topicId, index);
    const pending = this.#pending.get(key);
    if (actual === undefined || actual === assigned) {
      this.#pending.delete(key);
      for (const accepted of pending?.onAccepted ?? []) accepted();
      return false;
    }
    const waiting = pending?.directoryId === actual ? pending.onAccepted : [];
    if (onAccepted !== undefined) waiting.push(onAccepted);
    if (pending?.directoryId !== actual)
      this.#pending.set(key, { topicId, index, directoryId: actual, onAccepted: waiting });
    void this.#send();
    return true;
  }

  /** By the metadata; `undefined` where this node has no such replica. */
  #assignedDirectory(topicId: string, index: number): string | undefined {
    const partition = this.#image?.topics.byId.get(topicId)?.partitions[index];
    return partition?.directories[partition.replicas.indexOf(this.#options.nodeId)];
  }

  #actualDirectory(topicId: string, index: number): string | undefined {
    const moving = this.#moving.get(keyOf(topicId, index));
    if (moving !== undefined) return moving;
    const topic = this.#image?.topics.byId.get(topicId);
    return topic === undefined ? undefined : this.#options.directoryOf(topic.name, index);
  }

  async #send(): Promise<void> {
    const sender = this.#sender;
    if (sender === undefined || this.#isSending || this.#retryTimer !== undefined) return;
    this.#isSending = true;
    // What else this image brings goes with the same request.
    await new Promise<void>((resolve) => this.#options.host.timers.defer(resolve));
    while (this.#pending.size > 0 && this.#retryTimer === undefined && !this.#isClosed) {
      await this.#sendAll(sender, [...this.#pending.values()].slice(0, MAX_ASSIGNMENTS_PER_REQUEST));
    }
    this.#isSending = false;
  }

  async #sendAll(sender: AssignmentSender, sent: readonly Pending[]): Promise<void> {
    try {
      const results = await sender.assignReplicasToDirs(sent);
      const refused = results.find((result, at) => !this.#onResult(sent[at]!, result));
      if (refused === undefined) this.#backoffMs = FIRST_BACKOFF_MS;
      else this.#retryLater(refused);
    } catch (error) {
      this.#retryLater(messageOf(error));
    }
  }

  #retryLater(problem: string): void {
    if (this.#isClosed) return;
    const { logger, host } = this.#options;
    logger.warn('The controller could not be told in which directories replicas are; it is told again', {
      replicas: this.#pending.size,
      error: problem,
    });
    this.#retryTimer = host.timers.schedule(this.#backoffMs, () => this.#retry(), { background: true });
    this.#backoffMs = Math.min(2 * this.#backoffMs, MAX_BACKOFF_MS);
  }

  /** @returns whether there is nothing more to do about it */
  #onResult(pending: Pending, result: KafkaErrorName): boolean {
    const key = keyOf(pending.topicId, pending.index);
    // Moved on meanwhile: the newer place is told next.
    if (this.#pending.get(key) !== pending) return true;
    if (result !== 'NONE') return false;
    this.#pending.delete(key);
    for (const accepted of pending.onAccepted) accepted();
    return true;
  }

  /** Topics may be gone, and replicas elsewhere. */
  #retry(): void {
    this.#retryTimer = undefined;
    for (const { topicId, index } of this.#pending.values()) this.#review(topicId, index);
    void this.#send();
  }
}

function isSupported(image: ClusterImage): boolean {
  return metadataVersionOf(image) >= DIRECTORY_ASSIGNMENT_VERSION;
}

function keyOf(topicId: string, index: number): string {
  return `${topicId} ${index}`;
}
