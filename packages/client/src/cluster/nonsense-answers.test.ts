import { Simulation, type Host } from '@millrace/host';
import { ApiKey, MillraceError } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { Admin } from '../admin/admin.ts';
import { Consumer } from '../consumer/consumer.ts';
import { Producer } from '../producer/producer.ts';
import { ShareConsumer } from '../share-consumer/share-consumer.ts';
import { FaultyProxy } from '../testing/faulty-proxy.ts';
import { nonsenses, type Nonsense } from '../testing/nonsense-answer.ts';
import { startBroker } from '../testing/start-broker.ts';

const SERVERS = { 'bootstrap.servers': 'proxy:9092', 'request.timeout.ms': 500 };
/** Every call below has this long by its properties or options; on top of it comes the request that is under way. */
const LIMIT_MS = 3000;
const PATIENCE_MS = LIMIT_MS + 3000;
const apiNames = new Map(Object.entries(ApiKey).map(([name, key]) => [key as number, name]));

const unreadable = nonsenses.filter((nonsense) => nonsense !== 'hollow');

const place = { topic: 'orders', partition: 0 };
const wait = { timeoutMs: LIMIT_MS };

type Call = () => Promise<unknown>;

/** A client and what is done with it, one after the other, whatever became of the one before. */
type Story = (host: Host) => {
  readonly calls: readonly Call[];
  readonly close: Call;
};

const stories: Readonly<Record<string, Story>> = {
  producer(host) {
    const limits = { 'max.block.ms': LIMIT_MS, 'delivery.timeout.ms': LIMIT_MS, 'linger.ms': 0 };
    const producer = new Producer({ ...SERVERS, ...limits }, { host });
    const send = () => producer.send({ ...place, value: 'x' });
    return {
      calls: [send, () => producer.partitionsFor('orders'), send],
      close: () => producer.close(wait),
    };
  },
  'producer with transactions'(host) {
    const limits = { 'max.block.ms': LIMIT_MS, 'delivery.timeout.ms': LIMIT_MS, 'linger.ms': 0 };
    const producer = new Producer({ ...SERVERS, ...limits, 'transactional.id': 't' }, { host });
    const member = { groupId: 'g', generationId: -1, memberId: '', groupInstanceId: null };
    return {
      calls: [
        () => producer.initTransactions(),
        async () => producer.beginTransaction(),
        () => producer.send({ ...place, value: 'x' }),
        () => producer.sendOffsets([{ ...place, offset: 1 }], member),
        () => producer.commitTransaction(),
        () => producer.abortTransaction(),
      ],
      close: () => producer.close(wait),
    };
  },
  'member of KIP-848': (host) => memberStory(host, 'consumer'),
  'classic member': (host) => memberStory(host, 'classic'),
  'consumer without a group'(host) {
    const consumer = new Consumer({ ...SERVERS, 'auto.offset.reset': 'earliest' }, { host });
    consumer.assign([place]);
    return {
      calls: [
        () => consumer.poll(wait),
        () => consumer.position(place, wait),
        () => consumer.endOffsets([place], wait),
        () => consumer.offsetsForTimes([{ ...place, timestampMs: 0 }], wait),
      ],
      close: () => consumer.close(wait),
    };
  },
  'share consumer'(host) {
    const consumer = new ShareConsumer({ ...SERVERS, 'group.id': 's' }, { host });
    consumer.subscribe(['orders']);
    return {
      calls: [() => consumer.poll(wait), () => consumer.commit(wait), () => consumer.poll(wait)],
      close: () => consumer.close(wait),
    };
  },
  admin(host) {
    const admin = new Admin(SERVERS, { host });
    return {
      calls: [
        () => admin.describeCluster(wait),
        () => admin.createTopics([{ name: 'new', partitions: 1 }], wait),
        () => admin.describeTopics(['orders'], wait),
        () => admin.listOffsets([{ ...place, at: 'latest' }], wait),
        () => admin.listGroups(wait),
        () => admin.describeGroups(['g'], wait),
        () => admin.describeConfigs([{ type: 'topic', name: 'orders' }], wait),
        () => admin.deleteTopics(['new'], wait),
      ],
      close: () => admin.close(),
    };
  },
};

function memberStory(host: Host, protocol: 'classic' | 'consumer'): ReturnType<Story> {
  const times = protocol === 'classic' ? { 'heartbeat.interval.ms': 200 } : {};
  const group = { 'group.id': `g-${protocol}`, 'group.protocol': protocol, ...times };
  const consumer = new Consumer({ ...SERVERS, 'auto.offset.reset': 'earliest', ...group }, { host });
  consumer.subscribe(['orders']);
  return {
    calls: [
      () => consumer.poll(wait),
      () => consumer.poll(wait),
      () => consumer.commit([{ ...place, offset: 1 }], wait),
      () => consumer.committed([place], wait),
      () => consumer.unsubscribe(wait),
    ],
    close: () => consumer.close(wait),
  };
}

/** How a call ended, in time and with an error that has a type, or not. */
async function ending(host: Host, call: Call): Promise<string> {
  const { promise: late, resolve } = Promise.withResolvers<string>();
  const timer = host.timers.schedule(PATIENCE_MS, () => resolve('never ends'));
  const said = async () => {
    try {
      await call();
      return 'good';
    } catch (error) {
      return error instanceof MillraceError ? 'good' : `throws ${String((error as Error).stack)}`;
    }
  };
  try {
    return await Promise.race([said(), late]);
  } finally {
    timer.cancel();
  }
}

interface Fault {
  readonly apiKey: number;
  readonly nonsense: Nonsense;
}

/** Tells the story while every answer of that API makes no sense. @returns the requests there were, and what went wrong */
async function tell(story: Story, fault?: Fault): Promise<{ seen: Set<number>; problems: string[] }> {
  const seen = new Set<number>();
  const problems: string[] = [];
  const simulation = new Simulation({ seed: 1 });
  await simulation.run(async () => {
    const broker = await startBroker(
      {
        listeners: 'PLAINTEXT://0.0.0.0:9092',
        'advertised.listeners': 'PLAINTEXT://proxy:9092',
        'group.initial.rebalance.delay.ms': '0',
        'offsets.topic.num.partitions': '1',
        'transaction.state.log.num.partitions': '1',
        'share.coordinator.state.topic.num.partitions': '1',
      },
      simulation.host('broker'),
    );
    const at = { host: '0.0.0.0', port: 9092 };
    const proxy = await FaultyProxy.start(simulation.host('proxy'), at, { host: 'broker', port: 9092 });
    const host = simulation.host('client');
    await using admin = new Admin(SERVERS, { host });
    await admin.createTopics([{ name: 'orders', partitions: 1 }]);
    await using producer = new Producer(SERVERS, { host });
    await producer.send({ ...place, value: 'first' });
    proxy.interrupt = (apiKey) => {
      seen.add(apiKey);
      return apiKey === fault?.apiKey ? fault.nonsense : undefined;
    };
    const { calls, close } = story(host);
    for (const [index, call] of [...calls, close].entries()) {
      const end = await ending(host, call);
      if (end !== 'good') problems.push(`${index === calls.length ? 'close' : `call ${index}`} ${end}`);
    }
    proxy.interrupt = () => undefined;
    await proxy.close();
    await broker.broker.close();
  });
  return { seen, problems };
}

describe.each(Object.entries(stories))('%s', (_, story) => {
  it(
    'has every call end in time, with a typed error at worst, whichever answers are always nonsense',
    {
      timeout: 120_000,
    },
    async () => {
      const undisturbed = await tell(story);
      expect(undisturbed.problems).toEqual([]);
      const problems: string[] = [];
      for (const [index, apiKey] of [...undisturbed.seen].entries()) {
        // Which bytes it is that cannot be read makes no difference to any API; what can be read, but says nothing, does.
        for (const nonsense of [unreadable[index % unreadable.length]!, 'hollow'] as const) {
          const told = await tell(story, { apiKey, nonsense }).catch((error: unknown) => ({
            problems: [String((error as Error).stack)],
          }));
          const name = apiNames.get(apiKey) ?? String(apiKey);
          problems.push(...told.problems.map((problem) => `${nonsense} ${name}: ${problem}`));
        }
      }
      expect(problems).toEqual([]);
    },
  );
});
