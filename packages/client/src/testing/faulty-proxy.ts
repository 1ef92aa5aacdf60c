import type { Connection, Host, Listener, Random, SocketAddress } from '@millrace/host';
import {
  ApiKey,
  batchBaseSequence,
  batchProducerEpoch,
  batchProducerId,
  batchRecordCount,
  encodeResponse,
  ErrorCode,
  FrameReader,
  readRequestHeader,
  readResponseHeader,
  WireReader,
} from '@millrace/protocol';
import { ApiVersionsResponse } from '@millrace/protocol/messages/api-versions';
import { ProduceRequest, ProduceResponse } from '@millrace/protocol/messages/produce';
import { nonsenseAnswer, nonsenses, withSize, type Nonsense } from './nonsense-answer.ts';

/** What happens to one Produce request on its way. */
export type ProduceFault =
  | { readonly kind: 'none' }
  /** The connection breaks before the broker sees the request, or before the client sees the answer. */
  | { readonly kind: 'lost-request' | 'lost-answer' }
  /** The broker never sees it; the client gets this error for every partition. */
  | { readonly kind: 'refused'; readonly errorCode: number }
  /** The broker writes it; the client gets this error all the same. */
  | { readonly kind: 'written-but'; readonly errorCode: number }
  /** The broker sees it, and what the client gets in place of its answer makes no sense. */
  | { readonly kind: Nonsense };

/** Decides by the request; one batch per partition. */
export type FaultPlan = (request: ProduceRequest, version: number) => ProduceFault;

/**
 * What happens to one request of any kind: the connection breaks before the broker sees it, or before the client sees
 * the answer; or nothing comes any more, though the connection stays open; or nonsense comes.
 */
export type RequestFault = 'lost-request' | 'lost-answer' | 'silence' | Nonsense;

interface Exchange {
  readonly apiKey: number;
  readonly version: number;
  readonly correlationId: number;
  readonly request: ProduceRequest | undefined;
  readonly fault: ProduceFault;
}

/**
 * Stands between client and broker (which advertises it as its own address), forwards frames as they are, and lets
 * Produce meet with accidents. The bytes that do pass are real ones of both sides.
 */
export class FaultyProxy {
  plan: FaultPlan = () => ({ kind: 'none' });
  /** Asked for every request, of Produce before `plan`. */
  interrupt: (apiKey: number) => RequestFault | undefined = () => undefined;
  /** Lets the broker look like one without finalized features: transactions are of the first generation then. */
  hidesFeatures = false;
  readonly #host: Host;
  readonly #broker: SocketAddress;
  readonly #open = new Set<Connection>();
  #listener: Listener | undefined;

  private constructor(host: Host, broker: SocketAddress) {
    this.#host = host;
    this.#broker = broker;
  }

  static async start(host: Host, at: SocketAddress, broker: SocketAddress): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(host, broker);
    proxy.#listener = await host.network.listen(at, (connection) => proxy.#accept(connection));
    return proxy;
  }

  /** Breaks every connection that is open. */
  breakAll(): void {
    for (const connection of this.#open) connection.destroy();
  }

  async close(): Promise<void> {
    await this.#listener?.close();
    this.breakAll();
  }

  #accept(client: Connection): void {
    const lane = new ProxyLane(client, this);
    this.#track(client);
    client.start({
      onData: (chunk) => lane.fromClient(chunk),
      onDrain: () => {},
      onClose: () => {
        this.#open.delete(client);
        lane.end();
      },
    });
    void this.#connect(lane, client);
  }

  async #connect(lane: ProxyLane, client: Connection): Promise<void> {
    try {
      const upstream = await this.#host.network.connect(this.#broker);
      this.#track(upstream);
      upstream.start({
        onData: (chunk) => lane.fromBroker(chunk),
        onDrain: () => {},
        onClose: () => {
          this.#open.delete(upstream);
          client.destroy();
        },
      });
      lane.connected(upstream);
    } catch {
      // The client sees what it would see of a broker that is not there.
      client.destroy();
    }
  }

  #track(connection: Connection): void {
    this.#open.add(connection);
  }
}

/** One client connection with its counterpart at the broker. */
class ProxyLane {
  readonly #client: Connection;
  readonly #proxy: Pick<FaultyProxy, 'plan' | 'interrupt' | 'hidesFeatures'>;
  readonly #requests = new FrameReader();
  readonly #answers = new FrameReader();
  /** In order: answered by the broker, or by us when their turn comes. */
  readonly #exchanges: Exchange[] = [];
  readonly #backlog: Buffer[] = [];
  #upstream: Connection | undefined;
  #hasEnded = false;

  constructor(client: Connection, proxy: Pick<FaultyProxy, 'plan' | 'interrupt' | 'hidesFeatures'>) {
    this.#client = client;
    this.#proxy = proxy;
  }

  connected(upstream: Connection): void {
    this.#upstream = upstream;
    if (this.#hasEnded) return upstream.destroy();
    for (const frame of this.#backlog.splice(0)) upstream.write([frame]);
  }

  end(): void {
    this.#hasEnded = true;
    this.#upstream?.destroy();
  }

  fromClient(chunk: Buffer): void {
    for (const frame of this.#requests.push(chunk)) {
      if (this.#hasEnded) return;
      this.#request(frame);
    }
  }

  fromBroker(chunk: Buffer): void {
    for (const frame of this.#answers.push(chunk)) {
      if (this.#hasEnded) return;
      this.#answer(frame);
    }
  }

  #request(frame: Buffer): void {
    const reader = new WireReader(frame);
    const { apiKey, apiVersion: version, correlationId } = readRequestHeader(reader);
    const interruption = this.#proxy.interrupt(apiKey);
    if (interruption === 'silence') return void (this.#hasEnded = true);
    const request = apiKey === ApiKey.PRODUCE ? ProduceRequest.read(reader, version) : undefined;
    const fault = this.#faultOf(interruption, request, version);
    if (fault.kind === 'lost-request') return this.#break();
    this.#exchanges.push({ apiKey, version, correlationId, request, fault });
    if (fault.kind === 'refused') return this.#answerRefused();
    const size = Buffer.alloc(4);
    size.writeInt32BE(frame.length);
    if (this.#upstream === undefined) this.#backlog.push(size, frame);
    else this.#upstream.write([size, frame]);
  }

  #faultOf(
    interruption: Exclude<RequestFault, 'silence'> | undefined,
    request: ProduceRequest | undefined,
    version: number,
  ): ProduceFault {
    if (interruption !== undefined) return { kind: interruption };
    return request === undefined ? { kind: 'none' } : this.#proxy.plan(request, version);
  }

  #answer(frame: Buffer): void {
    const exchange = this.#exchanges.shift()!;
    const { apiKey, version, fault } = exchange;
    if (fault.kind === 'lost-answer') return this.#break();
    if (fault.kind === 'written-but') {
      readResponseHeader(new WireReader(frame), apiKey, version);
      this.#send(exchange, fault.errorCode);
    } else if (isNonsense(fault.kind)) {
      this.#client.write(nonsenseAnswer(frame, exchange, fault.kind));
    } else if (apiKey === ApiKey.API_VERSIONS && this.#proxy.hidesFeatures) {
      this.#client.write(withoutFeatures(frame, exchange));
    } else {
      this.#client.write(withSize(frame));
    }
    this.#answerRefused();
  }

  /** Answers that are ours to give, once those before them have been given. */
  #answerRefused(): void {
    for (let first = this.#exchanges[0]; first?.fault.kind === 'refused'; first = this.#exchanges[0]) {
      this.#exchanges.shift();
      this.#send(first, first.fault.errorCode);
    }
  }

  #send({ version, correlationId, request }: Exchange, errorCode: number): void {
    const message = {
      responses: request!.topicData.map(({ name, topicId, partitionData }) => ({
        name,
        topicId,
        partitionResponses: partitionData.map(({ index }) => ({
          index,
          errorCode,
          baseOffset: -1,
          logStartOffset: 0,
        })),
      })),
    };
    this.#client.write(encodeResponse({ codec: ProduceResponse, version, correlationId, message }));
  }

  #break(): void {
    this.#hasEnded = true;
    this.#client.destroy();
    this.#upstream?.destroy();
  }
}

function isNonsense(kind: ProduceFault['kind']): kind is Nonsense {
  return (nonsenses as readonly string[]).includes(kind);
}

function withoutFeatures(frame: Buffer, { apiKey, version, correlationId }: Exchange): Buffer[] {
  const reader = new WireReader(frame);
  readResponseHeader(reader, apiKey, version);
  const isFallback = frame.readInt16BE(reader.position) === ErrorCode.UNSUPPORTED_VERSION;
  if (isFallback) return withSize(frame);
  const message = { ...ApiVersionsResponse.read(reader, version), finalizedFeatures: [] };
  return encodeResponse({ codec: ApiVersionsResponse, version, correlationId, message });
}

const refusals = [
  ErrorCode.NOT_LEADER_OR_FOLLOWER,
  ErrorCode.NOT_ENOUGH_REPLICAS,
  ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
  ErrorCode.KAFKA_STORAGE_ERROR,
  ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
] as const;

/** Errors a broker may give although the batch is in the log. */
const afterWriting = [ErrorCode.REQUEST_TIMED_OUT, ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND] as const;

/** Accidents by chance: about `rate` of all requests meet one. */
export function randomFaults(random: Random, rate: number): FaultPlan {
  const passed = new Set<string>();
  return (request) => {
    const drawn = drawFault(random, rate);
    const isTooLarge = drawn.kind === 'refused' && drawn.errorCode === ErrorCode.MESSAGE_TOO_LARGE;
    const ids = batchIds(request);
    // A broker that has taken a batch once does not find the same one too large later.
    const isSenseless = isTooLarge && (!isDivisible(request) || ids.some((id) => passed.has(id)));
    const fault: ProduceFault = isSenseless ? { kind: 'none' } : drawn;
    if (fault.kind !== 'refused' && fault.kind !== 'lost-request') for (const id of ids) passed.add(id);
    return fault;
  };
}

function drawFault(random: Random, rate: number): ProduceFault {
  if (random.float() >= rate) return { kind: 'none' };
  const draw = random.float();
  if (draw < 0.25) return { kind: 'lost-request' };
  if (draw < 0.5) return { kind: 'lost-answer' };
  if (draw < 0.7) return { kind: 'refused', errorCode: pick(random, refusals) };
  if (draw < 0.85) return { kind: 'written-but', errorCode: pick(random, afterWriting) };
  return { kind: 'refused', errorCode: ErrorCode.MESSAGE_TOO_LARGE };
}

function batchIds({ topicData }: ProduceRequest): string[] {
  return topicData.flatMap(({ topicId, partitionData }) =>
    partitionData.map(({ index, records }) => {
      const batch = records!;
      const producer = `${batchProducerId(batch, 0)}:${batchProducerEpoch(batch, 0)}`;
      return `${topicId}-${index}:${producer}:${batchBaseSequence(batch, 0)}`;
    }),
  );
}

function isDivisible({ topicData }: ProduceRequest): boolean {
  return topicData.every(({ partitionData }) =>
    partitionData.every(({ records }) => records !== null && batchRecordCount(records, 0) > 1),
  );
}

function pick<T>(random: Random, from: readonly T[]): T {
  return from[Math.floor(random.float() * from.length)]!;
}
