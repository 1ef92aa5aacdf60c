import { memoryHost, Simulation, type Host } from '@millrace/host';
import { recordBatches } from '@millrace/protocol';
import { describe, expect, test } from 'vitest';
import { NotLeaderError } from '../errors.ts';
import { openQuorum, valueBatch } from '../testing/open-quorum.ts';

const DIRECTORY = '/data/__cluster_metadata-0';

describe('a quorum of one', () => {
  test('leads at once, and says so when everything before is delivered', async () => {
    const { quorum, listener, close } = await openQuorum(memoryHost(), '/data');
    quorum.start();
    await listener.until(() => listener.leaders.length > 0);
    expect(listener.leaders).toEqual([{ leaderId: 1, epoch: 1 }]);
    expect([quorum.isLeader, quorum.highWatermark]).toEqual([true, 1]);
    await close();
  });

  test('commits what is appended in its order, many at once', async () => {
    const { quorum, listener, close } = await openQuorum(memoryHost(), '/data');
    quorum.start();
    await listener.until(() => quorum.isLeader);
    const appends = Array.from({ length: 50 }, (_, index) =>
      quorum.append(1, valueBatch(`${index}`, 'x'), 2),
    );
    expect(appends.map(({ baseOffset }) => baseOffset)).toEqual(appends.map((_, index) => 1 + 2 * index));
    await Promise.all(appends.map(({ committed }) => committed));
    await listener.until(() => listener.values.size === 100);
    expect(listener.values.get(99)).toBe('49');
    await close();
  });

  test('keeps everything and goes on in the next epoch after a restart', async () => {
    const host = memoryHost();
    const first = await openQuorum(host, '/data');
    first.quorum.start();
    await first.listener.until(() => first.quorum.isLeader);
    await first.quorum.append(1, valueBatch('a'), 1).committed;
    await first.close();
    const second = await openQuorum(host, '/data');
    second.quorum.start();
    await second.listener.until(() => second.listener.leaders.length > 0);
    expect(second.listener.leaders).toEqual([{ leaderId: 1, epoch: 2 }]);
    expect([...second.listener.values]).toEqual([[1, 'a']]);
    expect(second.quorum.highWatermark).toBe(3);
    await second.close();
  });

  test('loses nothing that was committed when the power goes', async () => {
    const simulation = new Simulation({ seed: 'one' });
    await simulation.run(async () => {
      const host = simulation.host('node');
      const { quorum, listener } = await openQuorum(host, '/data');
      quorum.start();
      await listener.until(() => quorum.isLeader);
      await quorum.append(1, valueBatch('kept'), 1).committed;
      host.crash({ unsynced: 'lost' });
      const next = await openQuorum(simulation.restart(host), '/data');
      next.quorum.start();
      await next.listener.until(() => next.listener.leaders.length > 0);
      expect([...next.listener.values.values()]).toEqual(['kept']);
      expect(next.quorum.epoch).toBe(2);
    });
  });

  test('refuses appends of another epoch, and after it is closed', async () => {
    const { quorum, listener, close } = await openQuorum(memoryHost(), '/data');
    expect(() => quorum.append(1, valueBatch('early'), 1)).toThrow(NotLeaderError);
    quorum.start();
    await listener.until(() => quorum.isLeader);
    expect(() => quorum.append(7, valueBatch('other'), 1)).toThrow(
      'does not lead the metadata quorum in epoch 7',
    );
    await close();
    expect(() => quorum.append(1, valueBatch('late'), 1)).toThrow(NotLeaderError);
  });

  test('opens a directory that names an older epoch and an own leadership', async () => {
    const host = memoryHost();
    await writeState(host, { leaderId: 1, leaderEpoch: 7, votedId: -1, data_version: 0 });
    const { quorum, listener, close } = await openQuorum(host, '/data');
    quorum.start();
    await listener.until(() => quorum.isLeader);
    expect(quorum.epoch).toBe(8);
    const state = JSON.parse(String(await host.disk.readFile(`${DIRECTORY}/quorum-state`))) as object;
    expect(state).toMatchObject({
      leaderId: 1,
      leaderEpoch: 8,
      currentVoters: [{ voterId: 1 }],
      data_version: 0,
    });
    await close();
  });

  test('does not start with a state that it cannot read', async () => {
    const host = memoryHost();
    await writeState(host, { leaderId: 1, data_version: 9 });
    await expect(openQuorum(host, '/data')).rejects.toThrow(
      'quorum-state cannot be used: its data_version is 9',
    );
  });

  test('begins its epoch with a LeaderChange record', async () => {
    const { manager, quorum, listener, close } = await openQuorum(memoryHost(), '/data');
    quorum.start();
    await listener.until(() => listener.leaders.length > 0);
    const log = manager.get('__cluster_metadata', 0)!;
    const { records } = await log.read({ offset: 0, maxBytes: 1 << 20, upTo: 'highWatermark' });
    const [first] = recordBatches(Buffer.concat(records));
    expect(first).toMatchObject({ isControl: true, partitionLeaderEpoch: 1, baseOffset: 0 });
    await close();
  });
});

async function writeState(host: Host, state: object): Promise<void> {
  await host.disk.makeDirectory(DIRECTORY);
  await host.disk.writeFile(`${DIRECTORY}/quorum-state`, JSON.stringify(state));
}
