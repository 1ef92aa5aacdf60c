import type { Random } from '../host.ts';
import type { Incarnation } from './incarnation.ts';
import type { NetworkLink } from './network-link.ts';
import type { ScheduledEvent, Simulation } from './simulation.ts';

/** What is under way or unread at the receiver; more stays with the sender and pushes back on it. */
const WINDOW_BYTES = 256 * 1024;
const MAX_SEGMENT_BYTES = 64 * 1024;
/** How often a segment ends where no write did, so that a reader that counts on whole messages is found out. */
const FRAGMENT_CHANCE = 0.1;
/** Linux gives up after about this long without an acknowledgement (tcp_retries2 = 15). */
const RETRANSMIT_TIMEOUT_US = 924_600_000;

/** The receiving end as its stream sees it. */
export interface StreamReceiver {
  readonly owner: Incarnation;
  /** `false` when nobody is there to take the bytes: the sender gets a reset. */
  receive(segment: Buffer): boolean;
  receiveEnd(): boolean;
  receiveReset(code: string): void;
}

export interface StreamSender {
  /** The queue of the stream is empty. */
  drained(): void;
  /** The end mark is on its way. */
  endSent(): void;
  receiveReset(code: string): void;
}

export interface ByteStreamParts {
  readonly simulation: Simulation;
  readonly random: Random;
  readonly link: NetworkLink;
  /** The way back, for acknowledgements and resets. */
  readonly backLink: NetworkLink;
  readonly label: string;
}

interface TravellingSegment {
  readonly what: string;
  readonly bytes: readonly Uint8Array[];
  readonly arrive: () => void;
}

/** One direction of a connection: bytes in order, in segments of any size, as fast as the window and the link allow. */
export class ByteStream {
  readonly #parts: ByteStreamParts;
  readonly #sender: StreamSender;
  readonly #receiver: StreamReceiver;
  #queue: Uint8Array[] = [];
  #queuedBytes = 0;
  #windowBytes = WINDOW_BYTES;
  #lastArrivalUs = 0;
  #isEnding = false;
  #isEndSent = false;
  #isClosed = false;
  /** Numbers of the segment that was sent last, and of the one that arrived last. */
  #sentCount = 0;
  #arrivedCount = 0;
  /** Segments that found the link cut or the host down, in order. */
  #stuck: (() => void)[] = [];
  #stopWaiting: (() => void) | undefined;
  /** Segments that are late, of a connection that the sender believes to be broken. */
  #late: Buffer[] | undefined;
  #retransmitTimeout: ScheduledEvent | undefined;

  constructor(parts: ByteStreamParts, sender: StreamSender, receiver: StreamReceiver) {
    this.#parts = parts;
    this.#sender = sender;
    this.#receiver = receiver;
  }

  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  get isEndSent(): boolean {
    return this.#isEndSent;
  }

  send(chunks: readonly Uint8Array[]): void {
    for (const chunk of chunks) {
      if (chunk.length === 0) continue;
      this.#queue.push(chunk);
      this.#queuedBytes += chunk.length;
    }
    this.#transmit();
  }

  /** An end mark behind everything queued. */
  end(): void {
    this.#isEnding = true;
    this.#transmit();
  }

  /** Drops what is queued; what is under way still arrives, then the end mark. */
  abandon(): void {
    this.#queue = [];
    this.#queuedBytes = 0;
    this.end();
  }

  /** The sender is gone without a word, or a reset has ended both directions. */
  close(): void {
    this.#isClosed = true;
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#clearStuck();
  }

  /** The receiver has read so many bytes: the window opens, unless acknowledgements cannot come back. */
  acknowledge(sizeBytes: number): void {
    const { backLink } = this.#parts;
    if (backLink.isCut) {
      backLink.whenPassable(() => {
        this.acknowledge(sizeBytes);
      });
      return;
    }
    this.#windowBytes += sizeBytes;
    this.#transmit();
  }

  /** A reset from the receiver's machine to the sender. */
  reset(code: string): void {
    const { simulation, backLink } = this.#parts;
    simulation.schedule({
      kind: 'network',
      label: `${this.#parts.label} reset`,
      delayUs: backLink.arrivalUs(simulation.nowUs, 0) - simulation.nowUs,
      owner: undefined,
      run: () => {
        if (!backLink.isCut) this.#sender.receiveReset(code);
      },
    });
  }

  #transmit(): void {
    if (this.#isClosed) return;
    const hadQueue = this.#queuedBytes > 0;
    while (this.#canSendSegment()) this.#sendSegment(this.#cutSegment());
    if (this.#queuedBytes > 0) return;
    if (hadQueue) this.#sender.drained();
    if (this.#isEnding && !this.#isEndSent) this.#sendEnd();
  }

  /** Waits for room for a whole segment, or else every acknowledgement of a small one would beget smaller ones. */
  #canSendSegment(): boolean {
    return this.#queuedBytes > 0 && this.#windowBytes >= Math.min(this.#queuedBytes, MAX_SEGMENT_BYTES);
  }

  #cutSegment(): Buffer {
    const { random } = this.#parts;
    const most = Math.min(this.#queuedBytes, MAX_SEGMENT_BYTES);
    const isFragment = most > 1 && random.float() < FRAGMENT_CHANCE;
    const segment = Buffer.allocUnsafe(isFragment ? 1 + (random.uint32() % (most - 1)) : most);
    let filled = 0;
    let index = 0;
    while (filled < segment.length) {
      const chunk = this.#queue[index] as Uint8Array;
      const taken = Math.min(chunk.length, segment.length - filled);
      segment.set(taken === chunk.length ? chunk : chunk.subarray(0, taken), filled);
      filled += taken;
      if (taken < chunk.length) this.#queue[index] = chunk.subarray(taken);
      else index++;
    }
    this.#queue.splice(0, index);
    this.#queuedBytes -= segment.length;
    this.#windowBytes -= segment.length;
    return segment;
  }

  #sendSegment(segment: Buffer): void {
    this.#travel(`data ${segment.length}`, [segment], () => {
      if (this.#isLate(segment)) return;
      if (this.#parts.link.breaksConnection()) {
        this.#breakBothEnds();
        return;
      }
      if (!this.#receiver.receive(segment)) this.reset('ECONNRESET');
    });
  }

  #sendEnd(): void {
    this.#isEndSent = true;
    this.#sender.endSent();
    this.#travel('end', [], () => {
      if (this.#late !== undefined) return;
      if (!this.#receiver.receiveEnd()) this.reset('ECONNRESET');
    });
  }

  /** The sender hears of a broken connection; the receiver gets what was under way, and hears of it after that. */
  #isLate(segment: Buffer): boolean {
    if (this.#late !== undefined) {
      this.#late.push(segment);
      return true;
    }
    const delayUs = this.#parts.link.lateByUs();
    if (delayUs === undefined) return false;
    const late = [segment];
    this.#late = late;
    this.reset('ECONNRESET');
    this.#parts.simulation.schedule({
      kind: 'network',
      label: `${this.#parts.label} late`,
      delayUs,
      owner: this.#receiver.owner,
      bytes: late,
      run: () => {
        for (const each of late) this.#receiver.receive(each);
        this.#receiver.receiveReset('ECONNRESET');
      },
    });
    return true;
  }

  #breakBothEnds(): void {
    this.#receiver.receiveReset('ECONNRESET');
    this.reset('ECONNRESET');
  }

  /** Arrives after everything sent before. Behind a segment that is stuck, everything is stuck. */
  #travel(what: string, bytes: readonly Uint8Array[], arrive: () => void): void {
    const number = ++this.#sentCount;
    const arriveInTurn = (): void => {
      this.#arrivedCount = number;
      arrive();
    };
    this.#travelAs(number, { what, bytes, arrive: arriveInTurn });
  }

  #travelAs(number: number, segment: TravellingSegment): void {
    const { what, bytes, arrive } = segment;
    const { simulation, link, label } = this.#parts;
    const sizeBytes = bytes[0]?.length ?? 0;
    this.#lastArrivalUs = Math.max(this.#lastArrivalUs, link.arrivalUs(simulation.nowUs, sizeBytes));
    const { owner } = this.#receiver;
    simulation.schedule({
      kind: 'network',
      label: `${label} ${what}`,
      delayUs: this.#lastArrivalUs - simulation.nowUs,
      owner,
      // A segment for a process that is gone meets its machine, which answers with a reset, or nobody.
      outlivesOwner: true,
      bytes,
      run: () => {
        const isBlocked = link.isCut || this.#stuck.length > 0 || !simulation.isPowered(owner.hostName);
        const isNext = number === this.#arrivedCount + 1;
        if (!isBlocked && isNext) arrive();
        else if (this.#isClosed) return;
        else if (isBlocked) this.#stick(() => this.#travelAs(number, segment));
        // One before it was stuck, and is on its way again.
        else this.#travelAs(number, segment);
      },
    });
  }

  #stick(retry: () => void): void {
    this.#stuck.push(retry);
    this.#stopWaiting ??= this.#parts.link.whenPassable(() => {
      const stuck = this.#stuck;
      this.#clearStuck();
      for (const travelAgain of stuck) travelAgain();
    });
    this.#retransmitTimeout ??= this.#parts.simulation.schedule({
      kind: 'network',
      label: `${this.#parts.label} retransmit timeout`,
      delayUs: RETRANSMIT_TIMEOUT_US,
      owner: undefined,
      run: () => {
        this.#retransmitTimeout = undefined;
        this.#sender.receiveReset('ETIMEDOUT');
      },
    });
  }

  #clearStuck(): void {
    this.#stuck = [];
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
    if (this.#retransmitTimeout !== undefined) this.#parts.simulation.cancel(this.#retransmitTimeout);
    this.#retransmitTimeout = undefined;
  }
}
