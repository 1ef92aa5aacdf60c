/** One request to a broker, and what became of it. */
export interface RequestEvent {
  /** `client.id`. */
  readonly clientId: string;
  /** Kafka's name, for example `Produce`. */
  readonly api: string;
  readonly apiKey: number;
  readonly version: number;
  /** -1 and below: an address of `bootstrap.servers`, whose id is not known yet. */
  readonly nodeId: number;
  /** `host:port`. */
  readonly address: string;
  readonly correlationId: number;
  /** On the monotonic clock, as `sentMs`. */
  readonly createdMs: number;
  /** Later than `createdMs` where the broker had asked for silence, or too much was in flight. */
  readonly sentMs: number;
  readonly requestBytes: number;
}

/** A request with its answer. */
export interface AnsweredRequestEvent extends RequestEvent {
  /** From sending to the answer. */
  readonly durationMs: number;
  readonly responseBytes: number;
  /** How long the broker asks the client to be silent; 0 as a rule. */
  readonly throttleMs: number;
}

/** A request that gets no answer. */
export interface LostRequestEvent extends RequestEvent {
  readonly error: Error;
}

/**
 * Hears of every request of a client. An event object is made only for the callbacks that are there. They run inside
 * the connection: be quick, and do not throw.
 */
export interface ClientObserver {
  onRequestSent?(event: RequestEvent): void;
  onRequestAnswered?(event: AnsweredRequestEvent): void;
  onRequestLost?(event: LostRequestEvent): void;
}
