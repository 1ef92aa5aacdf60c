import { Admin } from '@millrace/client';
import { expect, test } from 'vitest';
import { BrokerWorld } from './broker-world.ts';

test('an admin call tries again when the broker has lost power over it', async () => {
  const world = new BrokerWorld({ seed: 1 });
  const { simulation } = world;
  await simulation.run(async () => {
    await world.startBroker();
    const properties = { 'bootstrap.servers': 'broker:9092', 'request.timeout.ms': 1000 };
    const admin = new Admin(properties, { host: simulation.host('admin') });
    await admin.listTopics();
    world.machine.crashAtStep(world.machine.ioSteps + 1);
    const creating = admin.createTopics([{ name: 'orders', partitions: 2 }]);
    await world.machine.ended;
    await simulation.sleep(100);
    await world.restartBroker();
    expect((await creating).get('orders')?.partitions).toBe(2);
    expect(simulation.nowMs).toBeLessThan(5000);
    await admin.close();
    await world.closeBroker();
  });
});
