export interface HeartbeatTimes {
  readonly heartbeatIntervalMs: number;
  readonly sessionTimeoutMs: number;
  readonly maxPollIntervalMs: number;
  readonly retryBackoffMs: number;
}

/** When to send heartbeats, when to doubt the coordinator, when to doubt the application. Pure. */
export class HeartbeatSchedule {
  readonly #times: HeartbeatTimes;
  #dueAtMs = Infinity;
  #sessionEndsAtMs = Infinity;
  #pollDueAtMs = Infinity;
  #inFlight = false;

  constructor(times: HeartbeatTimes) {
    this.#times = times;
  }

  /** A generation has begun (the coordinator has just spoken to us). */
  restart(nowMs: number): void {
    this.#inFlight = false;
    this.#dueAtMs = nowMs + this.#times.heartbeatIntervalMs;
    this.#sessionEndsAtMs = nowMs + this.#times.sessionTimeoutMs;
  }

  polled(nowMs: number): void {
    this.#pollDueAtMs = nowMs + this.#times.maxPollIntervalMs;
  }

  sent(nowMs: number): void {
    this.#inFlight = true;
    this.#dueAtMs = nowMs + this.#times.heartbeatIntervalMs;
  }

  answered(nowMs: number): void {
    this.#inFlight = false;
    this.#sessionEndsAtMs = nowMs + this.#times.sessionTimeoutMs;
  }

  /** Nothing came back, or an answer that asks for a retry. */
  failed(nowMs: number): void {
    this.#inFlight = false;
    this.#dueAtMs = nowMs + this.#times.retryBackoffMs;
  }

  isHeartbeatDue(nowMs: number): boolean {
    return !this.#inFlight && nowMs >= this.#dueAtMs;
  }

  /** True once per session timeout without any answer. */
  takeSessionExpiry(nowMs: number): boolean {
    if (nowMs < this.#sessionEndsAtMs) return false;
    this.#sessionEndsAtMs = nowMs + this.#times.sessionTimeoutMs;
    return true;
  }

  isPollOverdue(nowMs: number): boolean {
    return nowMs >= this.#pollDueAtMs;
  }

  get nextAtMs(): number {
    const heartbeatAtMs = this.#inFlight ? Infinity : this.#dueAtMs;
    return Math.min(heartbeatAtMs, this.#sessionEndsAtMs, this.#pollDueAtMs);
  }
}
