import { memoryHost, type Connection } from '@millrace/host';
import { expect, test } from 'vitest';
import { ClusterLinks } from './cluster-links.ts';
import { KillableHost } from './killable-host.ts';
import { ReservedPorts } from './reserved-ports.ts';

/** What one end has heard, in order. */
class End {
  readonly heard: string[] = [];
  readonly connection: Connection;
  readonly #waiting: (() => void)[] = [];

  constructor(connection: Connection) {
    this.connection = connection;
    connection.start({
      onData: (chunk) => this.#hear(chunk.toString()),
      onDrain() {},
      onClose: () => this.#hear('closed'),
    });
  }

  say(text: string): void {
    this.connection.write([Buffer.from(text)]);
  }

  async hears(text: string): Promise<void> {
    while (!this.heard.join('').includes(text)) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }

  #hear(text: string): void {
    this.heard.push(text);
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

async function twoNodes() {
  const real = memoryHost();
  const links = new ClusterLinks();
  const ports = new ReservedPorts(real.network);
  const port = await ports.reserve();
  const [one, two] = [1, 2].map((nodeId) => new KillableHost(memoryHost(), { nodeId, links, ports }));
  const accepted = Promise.withResolvers<End>();
  await two!.network.listen({ host: '127.0.0.1', port }, (connection) =>
    accepted.resolve(new End(connection)),
  );
  const near = new End(await one!.network.connect({ host: '127.0.0.1', port }));
  return { links, one: one!, two: two!, port, near, far: await accepted.promise };
}

test('what is sent over a cut link waits, in order, until it is healed', async () => {
  const { links, one, two, near, far } = await twoNodes();
  links.cut(1, 2);
  near.say('a');
  near.say('b');
  far.say('the other way is open');
  await near.hears('open');
  expect(far.heard).toEqual([]);
  links.heal(1);
  await far.hears('ab');
  await Promise.all([one.kill(), two.kill()]);
});

test('a connection cannot be opened over a cut link', async () => {
  const { links, one, two, port } = await twoNodes();
  links.cut(2, 1);
  const address = { host: '127.0.0.1', port };
  await expect(one.network.connect(address, { timeoutMs: 20 })).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  const connecting = one.network.connect(address);
  links.heal(2);
  (await connecting).destroy();
  await Promise.all([one.kill(), two.kill()]);
});

test('a slow node hears and is heard later', async () => {
  const { links, one, two, near, far } = await twoNodes();
  links.slow(2, 30);
  const startMs = one.clock.monotonicMs();
  near.say('ping');
  await far.hears('ping');
  far.say('pong');
  await near.hears('pong');
  expect(one.clock.monotonicMs() - startMs).toBeGreaterThanOrEqual(58);
  await Promise.all([one.kill(), two.kill()]);
});

test('of a process that is killed, sockets are closed, locks are free, and nothing more happens', async () => {
  const { one, two, near, far } = await twoNodes();
  const happened: string[] = [];
  await two.disk.makeDirectory('/d');
  expect(await two.disk.lock('/d/lock')).toBeDefined();
  two.timers.schedule(0, () => happened.push('timer'));
  two.timers.defer(() => happened.push('deferred'));
  void two.disk.writeFile('/d/file', 'x').then(() => happened.push('written'));
  await two.kill();
  await near.hears('closed');
  void two.disk.writeFile('/d/late', 'x').then(() => happened.push('late'));
  await new Promise((resolve) => {
    one.timers.schedule(5, () => resolve(undefined));
  });
  expect(happened).toEqual([]);
  expect(far.heard).toEqual([]);
  await one.kill();
});
