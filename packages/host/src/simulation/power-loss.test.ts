import { describe, expect, test } from 'vitest';
import { makeDurableDirectory } from '../make-durable-directory.ts';
import { SeededRandom } from '../random/seeded-random.ts';
import { replaceFile } from '../replace-file.ts';
import type { SimulatedHost } from './simulated-host.ts';
import { Simulation } from './simulation.ts';
import { SECTOR_BYTES, type UnsyncedFate } from './unsynced-file.ts';

const SEEDS = Array.from({ length: 100 }, (_, seed) => seed);

/** `before` runs on one incarnation, which then loses power; `after` on the next. */
async function acrossPowerLoss<T>(
  seed: number,
  before: (host: SimulatedHost) => Promise<void>,
  after: (host: SimulatedHost) => Promise<T>,
  unsynced: UnsyncedFate = 'random',
): Promise<T> {
  const simulation = new Simulation({ seed });
  return simulation.run(async () => {
    const host = simulation.host('node');
    await host.disk.makeDirectory('/data');
    await host.disk.syncDirectory('/');
    await before(host);
    host.crash({ unsynced });
    return after(simulation.restart(host));
  });
}

async function writeSynced(host: SimulatedHost, path: string, content: Uint8Array): Promise<void> {
  await host.disk.writeFile(path, content, { sync: true });
  await host.disk.syncDirectory('/data');
}

describe('a power loss', () => {
  test.each(['random', 'lost', 'kept', 'torn', 'scattered'] as const)(
    'never takes what was synced (%s)',
    async (fate) => {
      for (const seed of SEEDS) {
        const synced = new SeededRandom(seed).bytes(5000);
        const content = await acrossPowerLoss(
          seed,
          async (host) => {
            await writeSynced(host, '/data/log', synced);
            const file = await host.disk.open('/data/log', 'write');
            await file.write([Buffer.alloc(3000, 1)], 5000);
          },
          (host) => host.disk.readFile('/data/log'),
          fate,
        );
        expect(content.subarray(0, 5000).equals(synced), `seed ${seed}`).toBe(true);
      }
    },
  );

  test('leaves in each sector that is written again what was there or what was written, never zeros', async () => {
    for (const seed of SEEDS) {
      const synced = Buffer.alloc(1100, 1);
      const content = await acrossPowerLoss(
        seed,
        async (host) => {
          await writeSynced(host, '/data/log', synced);
          const file = await host.disk.open('/data/log', 'write');
          await file.write([Buffer.concat([synced, Buffer.alloc(200, 2)])], 0);
        },
        (host) => host.disk.readFile('/data/log'),
        'scattered',
      );
      expect(content.subarray(0, 1100).equals(synced), `seed ${seed}`).toBe(true);
    }
  });

  test('leaves unsynced writes in every shape: gone, whole, torn at a sector, with holes', async () => {
    const shapes = new Map<string, number>();
    const written = Buffer.alloc(8 * SECTOR_BYTES, 1);
    for (const seed of SEEDS) {
      const content = await acrossPowerLoss(
        seed,
        async (host) => {
          await writeSynced(host, '/data/log', Buffer.alloc(0));
          const file = await host.disk.open('/data/log', 'write');
          await file.write([written], 0);
        },
        (host) => host.disk.readFile('/data/log'),
      );
      const shape = shapeOf(content, written);
      shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
    }
    for (const shape of ['gone', 'whole', 'torn', 'holes'])
      expect(shapes.get(shape), shape).toBeGreaterThan(3);
  });

  test('may keep a later write and lose an earlier one', async () => {
    let reordered = 0;
    for (const seed of SEEDS) {
      const content = await acrossPowerLoss(
        seed,
        async (host) => {
          await writeSynced(host, '/data/log', Buffer.alloc(2 * SECTOR_BYTES));
          const file = await host.disk.open('/data/log', 'write');
          await file.write([Buffer.alloc(SECTOR_BYTES, 1)], 0);
          await file.write([Buffer.alloc(SECTOR_BYTES, 2)], SECTOR_BYTES);
        },
        (host) => host.disk.readFile('/data/log'),
      );
      if (content[0] === 0 && content[SECTOR_BYTES] === 2) reordered++;
    }
    expect(reordered).toBeGreaterThan(0);
  });

  test('may undo an unsynced truncation', async () => {
    const sizes = new Set<number>();
    for (const seed of SEEDS) {
      const content = await acrossPowerLoss(
        seed,
        async (host) => {
          await writeSynced(host, '/data/log', Buffer.alloc(1000, 1));
          const file = await host.disk.open('/data/log', 'write');
          await file.truncate(100);
        },
        (host) => host.disk.readFile('/data/log'),
      );
      sizes.add(content.length);
    }
    expect(sizes).toEqual(new Set([100, 1000]));
  });

  test('may take a file whose directory was not synced, however well the file was', async () => {
    const outcomes = new Set<boolean>();
    for (const seed of SEEDS) {
      const exists = await acrossPowerLoss(
        seed,
        (host) => host.disk.writeFile('/data/new', 'content', { sync: true }),
        async (host) => (await host.disk.stat('/data/new')) !== undefined,
      );
      outcomes.add(exists);
    }
    expect(outcomes).toEqual(new Set([true, false]));
  });

  test('never takes a directory that was made durable, nor its parents', async () => {
    for (const seed of SEEDS.slice(0, 20)) {
      const entries = await acrossPowerLoss(
        seed,
        async (host) => {
          await makeDurableDirectory(host.disk, '/data/a/b/c');
          await makeDurableDirectory(host.disk, '/data/a/b/c');
        },
        (host) => names(host, '/data/a/b'),
        'lost',
      );
      expect(entries).toEqual(['/data/a/b/c']);
    }
  });

  test('may bring back a file whose removal was not synced, with its content', async () => {
    const outcomes = new Set<string>();
    for (const seed of SEEDS) {
      const content = await acrossPowerLoss(
        seed,
        async (host) => {
          await writeSynced(host, '/data/old', Buffer.from('old'));
          await host.disk.removeFile('/data/old');
        },
        async (host) => ((await host.disk.stat('/data/old')) ? host.disk.readFile('/data/old') : 'removed'),
      );
      outcomes.add(String(content));
    }
    expect(outcomes).toEqual(new Set(['old', 'removed']));
  });

  test('finds a file renamed between directories in exactly one of them', async () => {
    const places = new Set<string>();
    for (const seed of SEEDS) {
      const found = await acrossPowerLoss(
        seed,
        async (host) => {
          await host.disk.makeDirectory('/data/a');
          await host.disk.makeDirectory('/data/b');
          await host.disk.syncDirectory('/data');
          await host.disk.writeFile('/data/a/file', 'x', { sync: true });
          await host.disk.syncDirectory('/data/a');
          await host.disk.rename('/data/a/file', '/data/b/file');
        },
        async (host) => [...(await names(host, '/data/a')), ...(await names(host, '/data/b'))],
      );
      expect(found.length, `seed ${seed}`).toBe(1);
      places.add(found[0] ?? '');
    }
    expect(places).toEqual(new Set(['/data/a/file', '/data/b/file']));
  });

  test('at any step of replaceFile leaves the old content or the new', async () => {
    const outcomes = new Set<string>();
    for (const seed of SEEDS.slice(0, 20)) {
      for (let step = 1; ; step++) {
        const { content, hasCrashed } = await crashDuringReplace(seed, step);
        outcomes.add(content);
        if (hasCrashed) continue;
        expect(content).toBe('new content');
        break;
      }
    }
    expect(outcomes).toEqual(new Set(['old', 'new content']));
  });

  test('loses data for good that a failed sync reported as lost', async () => {
    const content = await acrossPowerLoss(
      1,
      async (host) => {
        await writeSynced(host, '/data/log', Buffer.from('aaaa'));
        const file = await host.disk.open('/data/log', 'write');
        await file.write([Buffer.from('bb')], 0);
        host.disk.faults.add({ code: 'EIO', operations: ['sync'], times: 1 });
        await expect(file.sync()).rejects.toMatchObject({ code: 'EIO', syscall: 'fdatasync' });
        await file.sync();
      },
      (host) => host.disk.readFile('/data/log'),
      'kept',
    );
    expect(content.toString()).toBe('aaaa');
  });

  test('ends locks, and a second one finds the state after the first', async () => {
    const simulation = new Simulation({ seed: 1 });
    await simulation.run(async () => {
      let host = simulation.host('node');
      await host.disk.makeDirectory('/data');
      await host.disk.syncDirectory('/');
      for (let life = 1; life <= 5; life++) {
        expect(await host.disk.lock('/data/.lock')).toBeDefined();
        await writeSynced(host, '/data/lives', Buffer.from(String(life)));
        host.crash({ unsynced: 'lost' });
        host = simulation.restart(host);
        expect((await host.disk.readFile('/data/lives')).toString()).toBe(String(life));
      }
    });
  });
});

describe('a crashed incarnation', () => {
  test('never hears from its disk, timers and connections again', async () => {
    const simulation = new Simulation({ seed: 3 });
    const heard: string[] = [];
    await simulation.run(async () => {
      const host = simulation.host('node');
      const peer = simulation.host('peer');
      await peer.network.listen({ host: 'peer', port: 1 }, (connection) => {
        connection.start({ onData() {}, onDrain() {}, onClose() {} });
        connection.write([Buffer.from('hello')]);
        peer.timers.schedule(5, () => {
          connection.destroy();
        });
      });
      const connection = await host.network.connect({ host: 'peer', port: 1 });
      const note = (what: string) => (): void => void heard.push(what);
      connection.start({ onData: note('data'), onDrain: note('drain'), onClose: note('close') });
      host.timers.schedule(1, note('timer'));
      host.timers.defer(note('defer'));
      void host.disk.makeDirectory('/data').then(note('disk'));
      void host.network.connect({ host: 'peer', port: 2 }).catch(note('connect'));
      host.crash();
      host.timers.schedule(1, note('timer after the crash'));
      void host.disk.makeDirectory('/data').then(note('disk after the crash'));
      await host.ended;
      await simulation.sleep(2000);
    });
    expect(heard).toEqual([]);
  });

  test('may crash in the place of any of its I/O steps', async () => {
    const work = async (host: SimulatedHost): Promise<void> => {
      await host.disk.makeDirectory('/data');
      await writeSynced(host, '/data/log', Buffer.from('x'));
    };
    const steps = await simulate(async (simulation) => {
      const host = simulation.host('node');
      await work(host);
      return host.ioSteps;
    });
    expect(steps).toBe(6);
    for (let step = 1; step <= steps; step++) {
      const stepsDone = await simulate(async (simulation) => {
        const host = simulation.host('node');
        host.crashAtStep(step);
        void work(host);
        await host.ended;
        expect(host.isRunning).toBe(false);
        return host.ioSteps;
      });
      expect(stepsDone).toBe(step);
    }
  });
});

describe('a process kill', () => {
  test('takes nothing that was written', async () => {
    for (const seed of SEEDS) {
      const simulation = new Simulation({ seed });
      await simulation.run(async () => {
        const host = simulation.host('node');
        await host.disk.makeDirectory('/data');
        await host.disk.writeFile('/data/log', 'written, never synced');
        host.kill();
        const next = simulation.restart(host);
        expect((await next.disk.readFile('/data/log')).toString()).toBe('written, never synced');
      });
    }
  });

  test('leaves unsynced data to a later power loss', async () => {
    const content = await simulate(async (simulation) => {
      const host = simulation.host('node');
      await host.disk.makeDirectory('/data');
      await host.disk.syncDirectory('/');
      await writeSynced(host, '/data/log', Buffer.from('old'));
      await host.disk.writeFile('/data/log', 'new');
      host.kill();
      const next = simulation.restart(host);
      next.crash({ unsynced: 'lost' });
      return (await simulation.restart(next).disk.readFile('/data/log')).toString();
    });
    expect(content).toBe('old');
  });

  test('may or may not have done what was not answered yet', async () => {
    const outcomes = new Set<string>();
    for (const seed of SEEDS) {
      const simulation = new Simulation({ seed });
      await simulation.run(async () => {
        const host = simulation.host('node');
        await host.disk.makeDirectory('/data');
        const file = await host.disk.open('/data/log', 'create');
        void file.write([Buffer.from('x')], 0);
        host.kill();
        outcomes.add((await simulation.restart(host).disk.readFile('/data/log')).toString());
      });
    }
    expect(outcomes).toEqual(new Set(['', 'x']));
  });
});

function simulate<T>(body: (simulation: Simulation) => Promise<T>): Promise<T> {
  const simulation = new Simulation({ seed: 1 });
  return simulation.run(() => body(simulation));
}

async function crashDuringReplace(
  seed: number,
  step: number,
): Promise<{ content: string; hasCrashed: boolean }> {
  const simulation = new Simulation({ seed });
  return simulation.run(async () => {
    const first = simulation.host('node');
    await first.disk.makeDirectory('/data');
    await first.disk.syncDirectory('/');
    await writeSynced(first, '/data/file', Buffer.from('old'));
    first.crash({ unsynced: 'lost' });
    const host = simulation.restart(first);
    host.crashAtStep(step);
    await Promise.race([host.ended, replaceFile(host.disk, '/data/file', 'new content')]);
    const hasCrashed = !host.isRunning;
    host.crash();
    const content = await simulation.restart(host).disk.readFile('/data/file');
    return { content: content.toString(), hasCrashed };
  });
}

async function names(host: SimulatedHost, directory: string): Promise<string[]> {
  return (await host.disk.list(directory)).map((entry) => `${directory}/${entry.name}`);
}

function shapeOf(content: Buffer, written: Buffer): string {
  if (content.length === 0) return 'gone';
  if (content.equals(written)) return 'whole';
  if (content.includes(0)) return 'holes';
  expect(content.length % SECTOR_BYTES).toBe(0);
  return 'torn';
}
