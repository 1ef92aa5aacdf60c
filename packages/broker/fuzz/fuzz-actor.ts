import type { Host, Random, SocketAddress } from '@millrace/host';
import {
  EncodeError,
  encodeRequest,
  readResponseHeader,
  requestHeaderVersion,
  WireReader,
} from '@millrace/protocol';
import { allApis } from '../src/apis/all-apis.ts';
import type { AnyApiHandler } from '../src/apis/handler.ts';
import { RawConnection } from '../src/testing/raw-connection.ts';
import { damageBytes } from './damage-bytes.ts';
import { randomRequest, type RandomRequest } from './random-request.ts';
import { familyOf, followUps } from './sensible-fields.ts';
import type { SeenValues } from './seen-values.ts';

/** What became of requests. */
export interface FuzzCounts {
  sent: number;
  answered: number;
  /** Undamaged ones whose answer has no error code in it but zeroes, by API: how deep it gets. */
  readonly succeeded: Map<string, number>;
  /** The broker closed the connection. */
  closed: number;
  /** Nothing came in time; the actor went away, as dying clients do. */
  abandoned: number;
  damaged: number;
  readonly byApi: Map<string, number>;
}

export interface FuzzWorld {
  readonly host: Host;
  readonly address: SocketAddress;
  readonly seen: SeenValues;
  readonly counts: FuzzCounts;
}

const CLIENT_ID = 'fuzz';
/** How long an actor waits, looking again as often as the process had less of the CPU than it needs for an answer. */
const PATIENCE_MS = 250;
const PATIENCE_CPU_MS = 50;
const MOST_LOOKS = 20;
/** APIs with a state of their own come more often: produce, fetch, groups, transactions, shares, streams. */
const stateful = new Set([0, 1, 8, 9, 11, 12, 13, 14, 22, 24, 25, 26, 28, 68, 76, 78, 79, 88]);
const apis: readonly AnyApiHandler[] = allApis.flatMap((api) =>
  stateful.has(api.key) ? [api, api, api, api] : [api],
);

/** One client without sense: a connection, and requests one after the other. */
export class FuzzActor {
  readonly #world: FuzzWorld;
  readonly #random: Random;
  #connection: RawConnection | undefined;
  #correlationId = 0;
  /** Key of the request before, if it went well. */
  #succeeded = -1;

  constructor(world: FuzzWorld, random: Random) {
    this.#world = world;
    this.#random = random;
  }

  /** @throws Error when an answer is none */
  async step(): Promise<void> {
    const { counts, host, address } = this.#world;
    const api = this.#nextApi();
    const request = randomRequest(api, this.#random, this.#world.seen);
    const frame = this.#encode(request);
    if (frame === undefined) return;
    const isDamaged = this.#random.uint32() % 4 === 0;
    counts.sent++;
    count(counts.byApi, api.request.name);
    this.#connection ??= await RawConnection.open(host, address);
    if (isDamaged) {
      counts.damaged++;
      this.#connection.sendBytes(damageBytes(frame, headerBytes(request), this.#random));
    } else this.#connection.sendBytes(frame);
    const answer = await this.#answer(this.#connection);
    if (!Buffer.isBuffer(answer)) {
      counts[answer]++;
      this.leave();
    } else {
      counts.answered++;
      const response = this.#decode(request, answer);
      if (!isDamaged) this.#learn(request, response);
      if (this.#random.uint32() % 200 === 0) this.leave();
    }
  }

  /** Any, or now and then the one that somebody with sense would send after what went well. */
  #nextApi(): AnyApiHandler {
    const random = this.#random;
    const next = followUps[this.#succeeded];
    this.#succeeded = -1;
    if (next === undefined || random.uint32() % 3 === 0) return apis[random.uint32() % apis.length]!;
    const key = next[random.uint32() % next.length]!;
    return allApis.find((api) => api.key === key)!;
  }

  #learn({ api, message }: RandomRequest, response: object): void {
    const { counts, seen } = this.#world;
    const isSuccess = !hasError(response);
    if (isSuccess) {
      count(counts.succeeded, api.request.name);
      this.#succeeded = api.key;
    }
    // Refusals say little that is of use later.
    if (isSuccess || this.#random.uint32() % 8 === 0) seen.learn(familyOf(api.key), message, response);
  }

  leave(): void {
    this.#connection?.destroy();
    this.#connection = undefined;
  }

  #encode({ api, version, message }: RandomRequest): Buffer | undefined {
    try {
      const correlationId = ++this.#correlationId;
      const codec = api.request;
      return Buffer.concat(
        encodeRequest({ codec, version, correlationId, clientId: CLIENT_ID, message: message as never }),
      );
    } catch (error) {
      // Fields may exclude each other in a version.
      if (error instanceof EncodeError) return undefined;
      throw error;
    }
  }

  #answer(connection: RawConnection): Promise<Buffer | 'closed' | 'abandoned'> {
    const { timers } = this.#world.host;
    const began = process.cpuUsage();
    return new Promise((resolve) => {
      let looks = 0;
      const look = (): void => {
        const { user, system } = process.cpuUsage(began);
        if ((user + system) / 1000 >= PATIENCE_CPU_MS || ++looks >= MOST_LOOKS) resolve('abandoned');
        else timer = timers.schedule(PATIENCE_MS, look);
      };
      let timer = timers.schedule(PATIENCE_MS, look);
      connection
        .nextFrame()
        .then(resolve, () => resolve('closed'))
        .finally(() => timer.cancel());
    });
  }

  #decode({ api, version }: RandomRequest, frame: Buffer): object {
    const reader = new WireReader(frame);
    const { correlationId } = readResponseHeader(reader, api.key, version);
    if (correlationId !== this.#correlationId) {
      throw new Error(
        `${api.request.name} ${version}: answer ${correlationId} to request ${this.#correlationId}`,
      );
    }
    const response = api.response.read(reader, version);
    if (reader.remaining > 0)
      throw new Error(`${api.response.name} ${version}: ${reader.remaining} bytes too many`);
    return response;
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function hasError(value: unknown): boolean {
  if (Buffer.isBuffer(value) || typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, field]) =>
    name.toLowerCase().endsWith('errorcode') ? field !== 0 : hasError(field),
  );
}

function headerBytes({ api, version }: RandomRequest): number {
  const fixed = 10 + CLIENT_ID.length;
  return requestHeaderVersion(api.key, version) >= 2 ? fixed + 1 : fixed;
}
