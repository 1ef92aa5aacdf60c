import { describe, expect, test } from 'vitest';
import { SimulationError } from '../errors.ts';
import type { SimulationEvent } from './event-trace.ts';
import type { Connection } from '../network.ts';
import type { SimulatedHost } from './simulated-host.ts';
import { Simulation } from './simulation.ts';

describe('virtual time', () => {
  test('passes without waiting: ten minutes of timers every 10 ms', async () => {
    const simulation = new Simulation({ seed: 1 });
    const { timers, clock } = simulation.host('a');
    let ticks = 0;
    const tick = (): void => {
      ticks++;
      timers.schedule(10, tick);
    };
    const startMs = clock.nowMs();
    await simulation.run(async () => {
      tick();
      await simulation.sleep(600_000);
    });
    expect(ticks).toBe(60_000);
    expect(clock.nowMs() - startMs).toBe(600_000);
  });

  test('stands still between events', async () => {
    const simulation = new Simulation({ seed: 1, startMs: 5000 });
    const { clock } = simulation.host('a');
    await simulation.run(async () => {
      await Promise.resolve();
      expect([clock.nowMs(), clock.monotonicMs()]).toEqual([5000, 0]);
      await simulation.sleep(1.5);
      expect([clock.nowMs(), clock.monotonicMs()]).toEqual([5001, 1.5]);
    });
  });

  test('lets the wall clock of one host jump without moving anything else', async () => {
    const simulation = new Simulation({ seed: 1, startMs: 100_000 });
    const [a, b] = [simulation.host('a'), simulation.host('b')];
    a.jumpClock(-60_000);
    expect([a.clock.nowMs(), b.clock.nowMs(), a.clock.monotonicMs()]).toEqual([40_000, 100_000, 0]);
  });

  test('settles chains of promises between two events', async () => {
    const simulation = new Simulation({ seed: 1 });
    const { timers } = simulation.host('a');
    const order: string[] = [];
    await simulation.run(async () => {
      timers.schedule(1, () => {
        void longChain().then(() => order.push('chain of the first'));
      });
      timers.schedule(1, () => order.push('second'));
      await simulation.sleep(2);
    });
    expect(order).toEqual(['chain of the first', 'second']);
  });
});

describe('run', () => {
  test('returns what the body returns and throws what it throws', async () => {
    const simulation = new Simulation({ seed: 1 });
    expect(await simulation.run(() => 42)).toBe(42);
    const reason = new Error('of the test');
    await expect(
      simulation.run(async () => {
        await simulation.sleep(1);
        throw reason;
      }),
    ).rejects.toBe(reason);
  });

  test('leaves what is scheduled to the next run', async () => {
    const simulation = new Simulation({ seed: 1 });
    const { timers } = simulation.host('a');
    const fired: string[] = [];
    await simulation.run(() => {
      timers.schedule(5, () => fired.push('timer'));
    });
    expect(fired).toEqual([]);
    await simulation.run(() => simulation.sleep(10));
    expect(fired).toEqual(['timer']);
  });

  test('names seed, step and last events when nothing is left to do', async () => {
    const simulation = new Simulation({ seed: 'deadly' });
    const host = simulation.host('node-1');
    const running = simulation.run(async () => {
      await host.disk.makeDirectory('/data');
      await new Promise(() => {});
    });
    const error = await running.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SimulationError);
    expect(error).toMatchObject({ code: 'ERR_HOST_SIMULATION_DEADLOCK', seed: 'deadly', step: 1 });
    expect((error as Error).message).toMatch(
      /^Simulation with seed "deadly", step 1: nothing is scheduled at [\d.]+ ms, but the body still waits; last events:\n {2}#1 [\d.]+ ms node-1 disk: mkdir \/data$/,
    );
  });

  test('takes a run over its limits for an endless loop', async () => {
    const loop = (simulation: Simulation): Promise<void> =>
      simulation.run(async () => {
        const { timers } = simulation.host('a');
        const again = (): void => {
          timers.schedule(1, again);
        };
        again();
        await new Promise(() => {});
      });
    await expect(loop(new Simulation({ seed: 1, maxSteps: 100 }))).rejects.toMatchObject({
      code: 'ERR_HOST_SIMULATION_LIMIT',
      step: 100,
    });
    await expect(loop(new Simulation({ seed: 1, maxVirtualMs: 50 }))).rejects.toMatchObject({
      code: 'ERR_HOST_SIMULATION_LIMIT',
    });
  });

  test('fails with the cause when a callback throws', async () => {
    const simulation = new Simulation({ seed: 1 });
    const cause = new Error('in a timer');
    const running = simulation.run(async () => {
      simulation.host('a').timers.schedule(1, () => {
        throw cause;
      });
      await simulation.sleep(5);
    });
    await expect(running).rejects.toMatchObject({ code: 'ERR_HOST_SIMULATION_CALLBACK', cause });
  });

  test('refuses a run inside a run, and restarts that make no sense', async () => {
    const simulation = new Simulation({ seed: 1 });
    const misuse = { code: 'ERR_HOST_SIMULATION_USE' };
    await expect(simulation.run(() => simulation.run(() => 1))).rejects.toMatchObject(misuse);
    const first = simulation.host('a');
    expect(() => simulation.restart(first)).toThrow('host a is running');
    first.crash();
    const second = simulation.restart(first);
    second.crash();
    expect(() => simulation.restart(first)).toThrow('host a was restarted before');
    expect(simulation.restart(second)).toBe(simulation.host('a'));
  });
});

describe('the trace', () => {
  /** Disk, network, timers, random, resets and a crash, all at once. */
  async function worstDay(
    seed: number,
    payload = 'payload',
  ): Promise<{ trace: string; events: SimulationEvent[] }> {
    const events: SimulationEvent[] = [];
    const simulation = new Simulation({ seed, onEvent: (event) => events.push(event) });
    simulation.network.configure({ resetChance: 0.05 });
    await simulation.run(async () => {
      const server = simulation.host('server');
      await server.disk.makeDirectory('/data');
      const file = await server.disk.open('/data/log', 'create');
      let end = 0;
      await server.network.listen({ host: 'server', port: 1 }, (connection) => {
        connection.start({
          onData(chunk) {
            void file.write([chunk], end).then(() => connection.write([chunk]));
            end += chunk.length;
          },
          onDrain() {},
          onClose() {},
        });
      });
      for (const name of ['one', 'two', 'three']) void sendForEver(simulation, name, payload);
      await simulation.sleep(200);
      server.crash();
      const restarted = simulation.restart(server);
      await restarted.disk.list('/data').catch(() => []);
      await simulation.sleep(50);
    });
    return { trace: simulation.trace, events };
  }

  async function sendForEver(simulation: Simulation, name: string, payload: string): Promise<void> {
    const host = simulation.host(name);
    const random = host.random.fork('pace');
    for (;;) {
      const connection = await host.network
        .connect({ host: 'server', port: 1 }, { timeoutMs: 20 })
        .catch(() => undefined);
      if (connection === undefined) await simulation.sleep(1);
      else await sendUntilClosed(host, connection, () => payload.repeat(1 + (random.uint32() % 100)));
    }
  }

  function sendUntilClosed(host: SimulatedHost, connection: Connection, next: () => string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const pace = host.random.fork('pace between sends');
    const send = (): void => {
      connection.write([Buffer.from(next())]);
      timer = host.timers.schedule(pace.float() * 5, send);
    };
    let timer = host.timers.schedule(0, send);
    connection.start({
      onData() {},
      onDrain() {},
      onClose() {
        timer.cancel();
        resolve();
      },
    });
    return promise;
  }

  test.each([1, 2, 3, 4, 5])('is the same for the same seed, byte for byte (seed %i)', async (seed) => {
    const [first, second] = [await worstDay(seed), await worstDay(seed)];
    expect(first.events.length).toBeGreaterThan(300);
    expect(second.events).toEqual(first.events);
    expect(second.trace).toBe(first.trace);
  });

  test('differs between seeds', async () => {
    const traces = await Promise.all([1, 2, 3, 4, 5].map(async (seed) => (await worstDay(seed)).trace));
    expect(new Set(traces).size).toBe(5);
  });

  test('covers the bytes, not only what happened to them', async () => {
    const [first, second] = [await worstDay(1, 'payload'), await worstDay(1, 'paYload')];
    expect(second.events).toEqual(first.events);
    expect(second.trace).not.toBe(first.trace);
  });

  test('is not shifted by another use of randomness on a host', async () => {
    const run = async (draws: number): Promise<string> => {
      const simulation = new Simulation({ seed: 1 });
      const host = simulation.host('a');
      host.random.bytes(draws);
      await simulation.run(async () => {
        await host.disk.makeDirectory('/data');
        await host.disk.writeFile('/data/a', host.random.fork('content').bytes(10), { sync: true });
      });
      return simulation.trace;
    };
    expect(await run(0)).toBe(await run(1000));
  });
});

async function longChain(): Promise<void> {
  for (let link = 0; link < 100; link++) {
    await Promise.resolve();
    await new Promise<void>((resolve) => {
      queueMicrotask(resolve);
    });
  }
}
