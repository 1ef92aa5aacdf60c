import { ApiKey, apiDescription, ErrorCode } from '@millrace/protocol';
import { RecentHistogram } from './recent-histogram.ts';
import type { ServedRequest } from './served-request.ts';

/** Histograms hold whole microseconds. */
const US_PER_MS = 1000;

/** APIs whose answers wait for records, or for other members: that time is not the node's own. */
const waitingApis: ReadonlySet<number> = new Set([
  ApiKey.FETCH,
  ApiKey.JOIN_GROUP,
  ApiKey.SYNC_GROUP,
  ApiKey.SHARE_FETCH,
]);

/** What there is to say about the requests of one API. */
export class ApiRequests {
  /** As Kafka's dashboards know it: `Produce`. */
  readonly name: string;
  readonly mayWait: boolean;
  /** Requests by version; holes where there were none. */
  readonly byVersion: number[] = [];
  /** Answers by error code, 0 among them. */
  readonly errors = new Map<number, number>();
  readonly totalTime = new RecentHistogram();
  readonly queueTime = new RecentHistogram();
  readonly localTime = new RecentHistogram();
  readonly remoteTime = new RecentHistogram();
  readonly sendTime = new RecentHistogram();
  readonly requestBytes = new RecentHistogram();
  /** Requests that wait right now. */
  waiting = 0;

  constructor(apiKey: number) {
    this.name = apiDescription(apiKey)?.name ?? String(apiKey);
    this.mayWait = waitingApis.has(apiKey);
  }

  record(served: ServedRequest): void {
    const { version, answeredMs, requestBytes } = served;
    this.byVersion[version] = (this.byVersion[version] ?? 0) + 1;
    this.totalTime.record(served.totalMs * US_PER_MS, answeredMs);
    this.queueTime.record(served.queueMs * US_PER_MS, answeredMs);
    this.localTime.record(served.localMs * US_PER_MS, answeredMs);
    this.remoteTime.record(served.remoteMs * US_PER_MS, answeredMs);
    this.requestBytes.record(requestBytes, answeredMs);
    if (served.isSent) this.sendTime.record(0, answeredMs);
  }

  recordSent(elapsedMs: number, nowMs: number): void {
    this.sendTime.record(elapsedMs * US_PER_MS, nowMs);
  }

  countError(errorCode: number): void {
    this.errors.set(errorCode, (this.errors.get(errorCode) ?? 0) + 1);
  }

  /** Counts the error codes of an answer: those of partitions where records are moved, that of the whole elsewhere. */
  countErrors(apiKey: number, response: object): void {
    if (apiKey === ApiKey.PRODUCE) {
      for (const { partitionResponses } of (response as ProduceAnswer).responses)
        for (const { errorCode } of partitionResponses) this.countError(errorCode);
      return;
    }
    const { errorCode, responses } = response as FetchAnswer;
    if (apiKey === ApiKey.FETCH && errorCode === ErrorCode.NONE) {
      for (const { partitions } of responses)
        for (const partition of partitions) this.countError(partition.errorCode);
      return;
    }
    this.countError(errorCode ?? ErrorCode.NONE);
  }
}

interface ProduceAnswer {
  readonly responses: readonly { readonly partitionResponses: readonly { readonly errorCode: number }[] }[];
}

interface FetchAnswer {
  readonly errorCode?: number;
  readonly responses: readonly { readonly partitions: readonly { readonly errorCode: number }[] }[];
}

/** The requests of a broker by API. */
export class RequestMetrics {
  readonly #byKey: (ApiRequests | undefined)[] = [];

  /** @param apiKey of an API that is served */
  of(apiKey: number): ApiRequests {
    return (this.#byKey[apiKey] ??= new ApiRequests(apiKey));
  }

  /** Those that were asked for since the start. */
  all(): ApiRequests[] {
    return this.#byKey.filter((api) => api !== undefined);
  }
}
