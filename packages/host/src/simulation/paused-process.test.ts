import { expect, test } from 'vitest';
import { RecordedConnection } from '../testing/recorded-connection.ts';
import { Simulation } from './simulation.ts';

test('nothing of a paused process runs; what came due meanwhile runs in order when it goes on', async () => {
  const simulation = new Simulation({ seed: 1 });
  const { timers, clock } = simulation.host('node');
  const ran: string[] = [];
  await simulation.run(async () => {
    const late = timers.schedule(20, () => ran.push('cancelled by the first'));
    timers.schedule(10, () => {
      ran.push(`first at ${clock.monotonicMs()}`);
      late.cancel();
    });
    timers.schedule(30, () => ran.push('second'));
    simulation.host('node').pause();
    await simulation.sleep(1000);
    expect(ran).toEqual([]);
    simulation.host('node').resume();
    await simulation.sleep(1);
    expect(ran).toEqual(['first at 1000', 'second']);
  });
});

test('a paused process keeps its connections, and reads what was sent to it when it goes on', async () => {
  const simulation = new Simulation({ seed: 1 });
  const [client, server] = [simulation.host('client'), simulation.host('server')];
  await simulation.run(async () => {
    const accepted = Promise.withResolvers<RecordedConnection>();
    await server.network.listen({ host: '0.0.0.0', port: 1 }, (connection) => {
      accepted.resolve(new RecordedConnection(connection));
    });
    const near = new RecordedConnection(await client.network.connect({ host: 'server', port: 1 }));
    const far = await accepted.promise;
    server.pause();
    near.write('one ');
    await simulation.sleep(5000);
    near.write('two');
    await simulation.sleep(5000);
    expect(far.calls).toEqual([]);
    server.resume();
    await far.receivedAtLeast(7);
    expect(far.content.toString()).toBe('one two');
    expect(near.calls).toEqual([]);
  });
});

test('a process that is killed while it is paused is gone like any other', async () => {
  const simulation = new Simulation({ seed: 1 });
  const [client, server] = [simulation.host('client'), simulation.host('server')];
  await simulation.run(async () => {
    await server.network.listen({ host: '0.0.0.0', port: 1 }, (connection) => {
      void new RecordedConnection(connection);
    });
    const near = new RecordedConnection(await client.network.connect({ host: 'server', port: 1 }));
    await simulation.sleep(5);
    server.pause();
    near.write('x');
    await simulation.sleep(5);
    server.kill();
    expect(await near.closed).toMatchObject({ code: 'ECONNRESET' });
  });
});
