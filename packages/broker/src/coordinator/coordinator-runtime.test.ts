import { memoryHost, silentLogger, type LogFields, type Logger } from '@millrace/host';
import { buildBatch, endTxnMarker, ErrorCode, KafkaError, recordBatches } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import type { GroupCall, GroupReplies, GroupReply } from '../group/group-calls.ts';
import type { GroupEvent } from '../group/group-shard.ts';
import { encodeGroupRecord, type OffsetCommitRecord } from '../group/group-records.ts';
import { GroupStateMachine } from '../group/group-state-machine.ts';
import { commitCall, heartbeatCall, joinCall } from '../group/testing/group-test-calls.ts';
import { testGroupProperties } from '../group/testing/test-group-properties.ts';
import { AppendInDoubtError } from './append-in-doubt-error.ts';
import type { CoordinatorLog } from './coordinator-log.ts';
import { CoordinatorRuntime } from './coordinator-runtime.ts';
import type { AppendFrame } from './state-machine.ts';

/** A log whose appends end when the test says so. */
class ManualLog implements CoordinatorLog {
  readonly batches: Buffer[];
  /** Are batches in the log at once, and wait for replicas only? */
  logsAtOnce = false;
  readonly #open: PromiseWithResolvers<void>[] = [];
  #onAppend = Promise.withResolvers<void>();

  constructor(batches: readonly Buffer[] = []) {
    this.batches = [...batches];
  }

  append(batch: Buffer, _frame?: AppendFrame, onLogged?: () => void): Promise<void> {
    this.batches.push(batch);
    const ended = Promise.withResolvers<void>();
    this.#open.push(ended);
    if (this.logsAtOnce) onLogged?.();
    this.#onAppend.resolve();
    this.#onAppend = Promise.withResolvers<void>();
    return ended.promise;
  }

  replay(onBatches: (batches: Buffer) => void): Promise<void> {
    for (const batch of this.batches) onBatches(batch);
    return Promise.resolve();
  }

  /** The oldest append is durable. */
  succeed(): void {
    this.#open.shift()!.resolve();
  }

  /** The newest append. */
  refuse(error: Error): void {
    this.batches.pop();
    this.#open.pop()!.reject(error);
  }

  fail(error: Error): void {
    this.#open.shift()!.reject(error);
  }

  /** Resolves with the next append. */
  nextAppend(): Promise<void> {
    return this.#onAppend.promise;
  }

  recordCounts(): number[] {
    return this.batches.map((batch) => recordBatches(batch)[0]!.recordCount);
  }
}

function newRuntime(
  log: CoordinatorLog,
  logger: Logger = silentLogger,
  timeoutMs = () => Infinity,
  onInDoubt?: () => void,
): CoordinatorRuntime<GroupCall, GroupReply, GroupEvent> {
  const machine = new GroupStateMachine(() => ({
    ...testGroupProperties,
    'group.initial.rebalance.delay.ms': 0,
  }));
  return new CoordinatorRuntime({
    host: memoryHost(),
    logger,
    name: '__consumer_offsets-0',
    log,
    machine,
    ...(onInDoubt === undefined ? {} : { onInDoubt }),
    writeTimeout: { timeoutMs, holdsFor: ({ api }) => api !== 'join' },
  });
}

async function newLoadedRuntime(
  log: CoordinatorLog,
): Promise<CoordinatorRuntime<GroupCall, GroupReply, GroupEvent>> {
  const runtime = newRuntime(log);
  await runtime.load();
  return runtime;
}

const fetchAll: GroupCall = { api: 'fetch', groupId: 'g', topics: null };

function errorOf(reply: GroupReply): number {
  const topics = (reply as GroupReplies['commit']).topics;
  return topics[0]!.partitions[0]!.errorCode;
}

function offsetsOf(reply: GroupReply): number[] {
  const topics = (reply as GroupReplies['fetch']).topics;
  return topics.flatMap(({ partitions }) => partitions.map(({ committedOffset }) => committedOffset));
}

const commitRecord: OffsetCommitRecord = {
  type: 'offset-commit',
  groupId: 'g',
  topic: 't',
  partition: 0,
  value: {
    offset: 7,
    leaderEpoch: -1,
    metadata: '',
    commitTimestampMs: 0,
    expireTimestampMs: -1,
    topicId: 'AAAAAAAAAAAAAAAAAAAAAA',
  },
};

function batchOf(record: OffsetCommitRecord, options: Parameters<typeof buildBatch>[1] = {}): Buffer {
  return buildBatch([{ timestampMs: 0, ...encodeGroupRecord(record) }], options);
}

describe('a write that takes longer than it may', () => {
  it('is answered with COORDINATOR_NOT_AVAILABLE, and counts when it has ended', async () => {
    const log = new ManualLog();
    let timeoutMs = 5;
    const runtime = newRuntime(log, silentLogger, () => timeoutMs);
    await runtime.load();
    const commits = [7, 8].map((offset) => runtime.call(commitCall({ offset })));
    for (const commit of commits) expect(errorOf(await commit)).toBe(ErrorCode.COORDINATOR_NOT_AVAILABLE);
    timeoutMs = 60_000;
    const read = runtime.call(fetchAll);
    const appended = log.nextAppend();
    log.succeed();
    await appended;
    log.succeed();
    const { topics } = (await read) as GroupReplies['fetch'];
    expect(topics[0]!.partitions[0]!.committedOffset).toBe(8);
    await runtime.close();
  });
});

describe('an append that is in the log when the partition is lost', () => {
  /** A commit of 7 is durable, one of 8 in doubt; somebody reads meanwhile. */
  async function loseTheSecondCommit() {
    const log = new ManualLog();
    let lost = 0;
    const runtime = newRuntime(log, silentLogger, undefined, () => lost++);
    await runtime.load();
    const first = runtime.call(commitCall({ offset: 7 }));
    log.succeed();
    expect(errorOf(await first)).toBe(ErrorCode.NONE);
    const commit = runtime.call(commitCall({ offset: 8 }));
    const read = runtime.call(fetchAll);
    log.fail(new AppendInDoubtError(new KafkaError('NOT_LEADER_OR_FOLLOWER')));
    return { log, runtime, commit: await commit, read: await read, lost: () => lost };
  }

  it('is never answered with success, nor is what it may have changed shown to anybody', async () => {
    const { runtime, commit, read, lost } = await loseTheSecondCommit();
    expect(errorOf(commit)).toBe(ErrorCode.NOT_COORDINATOR);
    expect(read).toMatchObject({ errorCode: ErrorCode.NOT_COORDINATOR });
    expect(runtime.call(fetchAll)).toMatchObject({ errorCode: ErrorCode.NOT_COORDINATOR });
    expect(lost()).toBe(1);
  });

  it('counts where the next leader has it', async () => {
    const { log } = await loseTheSecondCommit();
    const next = await newLoadedRuntime(new ManualLog(log.batches));
    expect(offsetsOf(await next.call(fetchAll))).toEqual([8]);
    next.unload(ErrorCode.NOT_COORDINATOR);
  });

  it('has never been where the next leader does not have it', async () => {
    const { log } = await loseTheSecondCommit();
    const next = await newLoadedRuntime(new ManualLog(log.batches.slice(0, 1)));
    expect(offsetsOf(await next.call(fetchAll))).toEqual([7]);
    next.unload(ErrorCode.NOT_COORDINATOR);
  });
});

describe('appends that are in the log', () => {
  it('wait for replicas side by side, and are answered in order', async () => {
    const log = new ManualLog();
    log.logsAtOnce = true;
    const runtime = await newLoadedRuntime(log);
    const commits = [1, 2, 3].map((offset) => runtime.call(commitCall({ offset })));
    expect(log.recordCounts()).toEqual([1, 1, 1]);
    for (const commit of commits) {
      log.succeed();
      expect(errorOf(await commit)).toBe(ErrorCode.NONE);
    }
    runtime.unload(ErrorCode.NOT_COORDINATOR);
  });

  it('stay when a later one is refused; who has read meanwhile sees what stays, when it is durable', async () => {
    const log = new ManualLog();
    log.logsAtOnce = true;
    const runtime = await newLoadedRuntime(log);
    const first = runtime.call(commitCall({ offset: 1 }));
    log.logsAtOnce = false;
    const second = runtime.call(commitCall({ offset: 2 }));
    const read = Promise.resolve(runtime.call(fetchAll));
    log.refuse(new KafkaError('NOT_ENOUGH_REPLICAS'));
    expect(errorOf(await second)).toBe(ErrorCode.COORDINATOR_NOT_AVAILABLE);
    let isAnswered = false;
    const answered = read.then((reply) => {
      isAnswered = true;
      return reply;
    });
    const third = runtime.call(commitCall({ groupId: 'other', offset: 3 }));
    expect(isAnswered).toBe(false);
    log.succeed();
    expect(errorOf(await first)).toBe(ErrorCode.NONE);
    expect(offsetsOf(await answered)).toEqual([1]);
    log.succeed();
    expect(errorOf(await third)).toBe(ErrorCode.NONE);
    runtime.unload(ErrorCode.NOT_COORDINATOR);
  });
});

describe('loading', () => {
  it('lasts until all that was replayed is committed', async () => {
    const log = new ManualLog([batchOf(commitRecord)]);
    const committed = Promise.withResolvers<void>();
    const runtime = newRuntime({
      append: (batch) => log.append(batch),
      replay: (onBatches) => log.replay(onBatches).then(() => committed.promise),
    });
    const loading = runtime.load();
    expect(runtime.call(fetchAll)).toMatchObject({ errorCode: ErrorCode.COORDINATOR_LOAD_IN_PROGRESS });
    committed.resolve();
    await loading;
    expect(offsetsOf(await runtime.call(fetchAll))).toEqual([7]);
    runtime.unload(ErrorCode.NOT_COORDINATOR);
  });

  it('stops, and says nothing, when the partition has gone elsewhere meanwhile', async () => {
    const errors: string[] = [];
    const logger = { ...silentLogger, error: (message: string) => errors.push(message) };
    let chunks = 0;
    const runtime = newRuntime(
      {
        append: () => Promise.resolve(),
        async replay(onBatches) {
          for (; chunks < 3; chunks++) {
            onBatches(batchOf(commitRecord));
            if (chunks === 0) runtime.unload(ErrorCode.NOT_COORDINATOR);
          }
          return Promise.resolve();
        },
      },
      logger,
    );
    await runtime.load();
    expect(chunks).toBe(1);
    expect(errors).toEqual([]);
    expect(runtime.call(fetchAll)).toMatchObject({ errorCode: ErrorCode.NOT_COORDINATOR });
  });
});

describe('CoordinatorRuntime', () => {
  it('asks to wait while it loads, except for heartbeats', async () => {
    const log = new ManualLog();
    const runtime = newRuntime(log);
    const loading = runtime.load();
    expect(errorOf(await runtime.call(commitCall()))).toBe(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
    const beat = await runtime.call(heartbeatCall({ memberId: 'm', generation: 1 }));
    expect(beat).toMatchObject({ errorCode: ErrorCode.NONE });
    await loading;
    expect(await runtime.call(heartbeatCall({ memberId: 'm', generation: 1 }))).toMatchObject({
      errorCode: ErrorCode.UNKNOWN_MEMBER_ID,
    });
    runtime.unload(ErrorCode.NOT_COORDINATOR);
  });

  it('answers without a promise what needs no append', async () => {
    const runtime = await newLoadedRuntime(new ManualLog());
    expect(runtime.call(fetchAll)).toEqual({ errorCode: ErrorCode.NONE, topics: [] });
    runtime.unload(ErrorCode.NOT_COORDINATOR);
  });

  it('answers a commit when it is durable, not before', async () => {
    const log = new ManualLog();
    const runtime = await newLoadedRuntime(log);
    let isAnswered = false;
    const commit = Promise.resolve(runtime.call(commitCall())).then((reply) => {
      isAnswered = true;
      return reply;
    });
    await Promise.resolve();
    expect(isAnswered).toBe(false);
    log.succeed();
    expect(errorOf(await commit)).toBe(ErrorCode.NONE);
    runtime.unload(ErrorCode.NOT_COORDINATOR);
  });

  it('gathers what comes during an append into one batch', async () => {
    const log = new ManualLog();
    const runtime = await newLoadedRuntime(log);
    const commits = [1, 2, 3, 4].map(async (offset) =>
      runtime.call(commitCall({ offset, partition: offset })),
    );
    expect(log.recordCounts()).toEqual([1]);
    const next = log.nextAppend();
    log.succeed();
    await next;
    expect(log.recordCounts()).toEqual([1, 3]);
    log.succeed();
    expect((await Promise.all(commits)).map(errorOf)).toEqual([0, 0, 0, 0]);
    expect(offsetsOf(await runtime.call(fetchAll))).toEqual([1, 2, 3, 4]);
    runtime.unload(ErrorCode.NOT_COORDINATOR);
  });

  it('keeps a gathered batch below the size limit', async () => {
    const log = new ManualLog();
    const runtime = await newLoadedRuntime(log);
    const metadata = 'm'.repeat(4000);
    const commits = Array.from({ length: 600 }, async (_, partition) =>
      runtime.call(commitCall({ partition, metadata })),
    );
    for (let batch = 0; batch < 4; batch++) {
      const next = batch < 3 ? log.nextAppend() : undefined;
      log.succeed();
      await next;
    }
    await Promise.all(commits);
    expect(log.batches.every(({ length }) => length <= 1_048_588)).toBe(true);
    expect(log.recordCounts().reduce((sum, count) => sum + count)).toBe(600);
    runtime.unload(ErrorCode.NOT_COORDINATOR);
  });

  it('shows nobody an offset that a failed append takes back', async () => {
    const log = new ManualLog([batchOf(commitRecord)]);
    const runtime = await newLoadedRuntime(log);
    const commit = runtime.call(commitCall({ offset: 8 }));
    const queued = runtime.call(commitCall({ offset: 9 }));
    const fetch = runtime.call(fetchAll);
    log.fail(new KafkaError('NOT_ENOUGH_REPLICAS', 'no replicas'));
    expect(errorOf(await commit)).toBe(ErrorCode.COORDINATOR_NOT_AVAILABLE);
    expect(errorOf(await queued)).toBe(ErrorCode.COORDINATOR_NOT_AVAILABLE);
    expect(offsetsOf(await fetch)).toEqual([7]);
    runtime.unload(ErrorCode.NOT_COORDINATOR);
  });

  it.each([
    ['UNKNOWN_TOPIC_OR_PARTITION', 'COORDINATOR_NOT_AVAILABLE'],
    ['NOT_ENOUGH_REPLICAS_AFTER_APPEND', 'COORDINATOR_NOT_AVAILABLE'],
    ['REQUEST_TIMED_OUT', 'COORDINATOR_NOT_AVAILABLE'],
    ['NOT_LEADER_OR_FOLLOWER', 'NOT_COORDINATOR'],
    ['KAFKA_STORAGE_ERROR', 'NOT_COORDINATOR'],
    ['MESSAGE_TOO_LARGE', 'UNKNOWN_SERVER_ERROR'],
    ['RECORD_LIST_TOO_LARGE', 'UNKNOWN_SERVER_ERROR'],
    ['INVALID_FETCH_SIZE', 'UNKNOWN_SERVER_ERROR'],
    ['INVALID_TIMESTAMP', 'INVALID_TIMESTAMP'],
  ] as const)('tells of a failed append with %s as %s', async (cause, told) => {
    const log = new ManualLog();
    const runtime = await newLoadedRuntime(log);
    const commit = runtime.call(commitCall());
    log.fail(new KafkaError(cause, 'as the log said it'));
    expect(errorOf(await commit)).toBe(ErrorCode[told]);
    runtime.unload(ErrorCode.NOT_COORDINATOR);
  });

  it('ends the join phase by its timer', async () => {
    const log = new ManualLog();
    const runtime = await newLoadedRuntime(log);
    const join = runtime.call(joinCall({ version: 3 }));
    expect(await join).toMatchObject({ errorCode: ErrorCode.NONE, generationId: 1 });
    runtime.unload(ErrorCode.NOT_COORDINATOR);
  });

  it('answers whatever waits when the partition goes elsewhere, and refuses calls from then on', async () => {
    const log = new ManualLog();
    const runtime = await newLoadedRuntime(log);
    const commit = runtime.call(commitCall());
    const join = runtime.call(joinCall({ groupId: 'h', version: 3 }));
    runtime.unload(ErrorCode.NOT_COORDINATOR);
    expect(errorOf(await commit)).toBe(ErrorCode.NOT_COORDINATOR);
    expect(await join).toMatchObject({ errorCode: ErrorCode.NOT_COORDINATOR });
    log.succeed();
    expect(errorOf(await runtime.call(commitCall()))).toBe(ErrorCode.NOT_COORDINATOR);
  });

  it('waits for appends when it closes, and takes no more calls meanwhile', async () => {
    const log = new ManualLog();
    const runtime = await newLoadedRuntime(log);
    const commit = runtime.call(commitCall());
    const closing = runtime.close();
    expect(errorOf(await runtime.call(commitCall()))).toBe(ErrorCode.NOT_COORDINATOR);
    log.succeed();
    await closing;
    expect(errorOf(await commit)).toBe(ErrorCode.NONE);
  });

  it('refuses the calls of a partition that cannot be read, and says so once', async () => {
    const errors: LogFields[] = [];
    const logger = { ...silentLogger, error: (_: string, fields: LogFields = {}) => errors.push(fields) };
    const damaged = new ManualLog([
      buildBatch([{ timestampMs: 0, key: Buffer.from([0, 1, 0]), value: null }]),
    ]);
    const runtime = newRuntime(damaged, logger);
    await runtime.load();
    expect(errorOf(await runtime.call(commitCall()))).toBe(ErrorCode.NOT_COORDINATOR);
    expect(errors).toMatchObject([{ partition: '__consumer_offsets-0' }]);
  });

  it('tells operators what becomes of a group', async () => {
    const lines: [string, LogFields][] = [];
    const logger = {
      ...silentLogger,
      info: (message: string, fields: LogFields = {}) => lines.push([message, fields]),
    };
    const runtime = newRuntime(new ManualLog(), logger);
    await runtime.load();
    await runtime.call(joinCall({ version: 3 }));
    expect(lines.map(([message]) => message)).toEqual([
      'Group prepares to rebalance',
      'Group has a new generation',
    ]);
    expect(lines[0]![1]).toMatchObject({ groupId: 'g', generation: 0, reason: 'a member joins: client-1' });
    runtime.unload(ErrorCode.NOT_COORDINATOR);
  });

  it('compresses its batches as configured', async () => {
    const log = new ManualLog();
    const machine = new GroupStateMachine(() => testGroupProperties);
    const options = { host: memoryHost(), logger: silentLogger, name: '__consumer_offsets-0', log, machine };
    const runtime = new CoordinatorRuntime<GroupCall, GroupReply, GroupEvent>({
      ...options,
      compression: () => 'gzip',
    });
    await runtime.load();
    const commit = runtime.call(commitCall());
    log.succeed();
    await commit;
    expect(recordBatches(log.batches[0]!)[0]!.compression).toBe('gzip');
    runtime.unload(ErrorCode.NOT_COORDINATOR);
  });

  it('makes a call that nobody waits for after loading', async () => {
    const log = new ManualLog([batchOf(commitRecord)]);
    const runtime = newRuntime(log);
    runtime.callWhenLoaded({ api: 'forgetTopics', topics: ['t'], topicIds: [] });
    await runtime.load();
    log.succeed();
    expect(offsetsOf(await runtime.call(fetchAll))).toEqual([]);
    runtime.unload(ErrorCode.NOT_COORDINATOR);
  });

  it('replays the offsets of committed transactions where their markers stand, and no others', async () => {
    const inTransaction = (producerId: number, offset: number, partition: number): Buffer =>
      batchOf(
        { ...commitRecord, partition, value: { ...commitRecord.value!, offset } },
        { producerId, producerEpoch: 0, baseSequence: 0, isTransactional: true },
      );
    const marker = { producerEpoch: 0, coordinatorEpoch: 0, timestampMs: 0 };
    const log = new ManualLog([
      inTransaction(1, 10, 0),
      inTransaction(2, 20, 1),
      inTransaction(3, 30, 2),
      endTxnMarker({ ...marker, type: 'COMMIT', producerId: 1 }),
      endTxnMarker({ ...marker, type: 'ABORT', producerId: 2 }),
    ]);
    const runtime = await newLoadedRuntime(log);
    expect(offsetsOf(await runtime.call(fetchAll))).toEqual([10]);
    runtime.unload(ErrorCode.NOT_COORDINATOR);
  });
});
