import type { Host } from '@millrace/host';
import { ErrorCode, KafkaError } from '@millrace/protocol';
import type { PeerApi, PeerChannels } from '@millrace/replication';
import { errorCodeOf, messageOf } from '../errors.ts';
import type { LocalController } from './local-controller.ts';

/** How long to wait for another leader before the same one is asked again. */
const RETRY_BACKOFF_MS = 50;

export interface ControllerChannelOptions {
  readonly host: Host;
  readonly nodeId: number;
  /** The node that leads the metadata quorum; -1 while none is known. */
  readonly leaderId: () => number;
  /** To the controllers by their node id; of this channel alone, so that nothing else keeps its requests waiting. */
  readonly channels: PeerChannels;
  /** The controller of this node, which is asked directly while it leads. */
  readonly local: LocalController;
  /** Limit of one attempt. */
  readonly attemptTimeoutMs: () => number;
}

export interface ControllerSendOptions {
  /** For all attempts together. */
  readonly timeoutMs: number;
  /** Gives up waiting; the controller may have acted. */
  readonly signal?: AbortSignal;
}

/**
 * Requests of this node to the active controller, whichever node that is: they are sent again when it has moved, cannot
 * be reached or has nothing to say yet, until their time is over.
 *
 * The controller may have acted on a request whose answer was lost; requests must be such that a second one does no
 * harm.
 */
export class ControllerChannel {
  readonly #options: ControllerChannelOptions;
  /** Ends attempts at a leader that is no more, and pauses. */
  #leadership = new AbortController();
  #isClosed = false;

  constructor(options: ControllerChannelOptions) {
    this.#options = options;
  }

  /** Another node leads: whoever waits for the old one tries again at once. */
  onLeaderChange(): void {
    const old = this.#leadership;
    this.#leadership = new AbortController();
    old.abort();
  }

  /** @throws KafkaError REQUEST_TIMED_OUT, with the last problem as its cause; the reason of the signal */
  async send<Request extends object, Response extends object>(
    api: PeerApi<Request, Response>,
    message: Request,
    { timeoutMs, signal }: ControllerSendOptions,
  ): Promise<Response> {
    const { clock } = this.#options.host;
    const deadlineMs = clock.monotonicMs() + timeoutMs;
    let problem: unknown;
    for (;;) {
      const leadership = this.#leadership.signal;
      const leftMs = deadlineMs - clock.monotonicMs();
      if (leftMs <= 0 || this.#isClosed) throw timedOut(api.name, timeoutMs, problem);
      signal?.throwIfAborted();
      try {
        const response = await this.#attempt(api, message, { leftMs, leadership, signal });
        if (!isNotController(response)) return response;
        problem = new KafkaError(
          'NOT_CONTROLLER',
          `Node ${this.#options.leaderId()} is not the active controller`,
        );
      } catch (error) {
        signal?.throwIfAborted();
        if (!leadership.aborted && !isRetriable(error)) throw error;
        problem = error;
      }
      await this.#pause(Math.min(RETRY_BACKOFF_MS, deadlineMs - clock.monotonicMs()), leadership, signal);
    }
  }

  /** Whoever waits gets the time-out at once. */
  close(): void {
    this.#isClosed = true;
    this.#options.channels.close();
    this.#leadership.abort();
  }

  async #attempt<Request extends object, Response extends object>(
    api: PeerApi<Request, Response>,
    message: Request,
    limits: { leftMs: number; leadership: AbortSignal; signal: AbortSignal | undefined },
  ): Promise<Response> {
    const { nodeId, leaderId, local, channels, attemptTimeoutMs } = this.#options;
    const leader = leaderId();
    if (leader === nodeId) return local.call(api, message);
    if (leader < 0) throw new KafkaError('NOT_CONTROLLER', 'No active controller is known');
    const { leftMs, leadership, signal } = limits;
    return channels.to(leader).send(api, message, {
      timeoutMs: Math.min(leftMs, attemptTimeoutMs()),
      signals: signal === undefined ? [leadership] : [leadership, signal],
    });
  }

  #pause(delayMs: number, leadership: AbortSignal, signal: AbortSignal | undefined): Promise<void> {
    if (leadership.aborted || signal?.aborted === true || delayMs <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = this.#options.host.timers.schedule(delayMs, done);
      leadership.addEventListener('abort', done, { once: true });
      signal?.addEventListener('abort', done, { once: true });
      function done(): void {
        timer.cancel();
        leadership.removeEventListener('abort', done);
        signal?.removeEventListener('abort', done);
        resolve();
      }
    });
  }
}

function isNotController(response: object): boolean {
  return (response as { errorCode?: unknown }).errorCode === ErrorCode.NOT_CONTROLLER;
}

/** Of connections, of time, or of a controller that is not the active one. */
function isRetriable(error: unknown): boolean {
  if (error instanceof KafkaError) return error.code === 'NOT_CONTROLLER';
  return errorCodeOf(error)?.startsWith('ERR_REPLICATION_PEER_') ?? false;
}

function timedOut(api: string, timeoutMs: number, problem: unknown): KafkaError {
  const reason = problem === undefined ? '' : `: ${messageOf(problem)}`;
  return new KafkaError(
    'REQUEST_TIMED_OUT',
    `${api} was not answered within ${Math.round(timeoutMs)} ms${reason}`,
    {
      cause: problem,
    },
  );
}
