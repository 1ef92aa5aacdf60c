import { Admin } from '@millrace/client';
import type { SimulatedHost } from '@millrace/host';
import { clientLives } from './client-life.ts';
import type { ClientWorld } from './client-world.ts';
import type { IsOver, Workload } from './workload.ts';

/**
 * What an operator was told about a topic. Of one that was deleted its id is gone: an attempt to create it that was
 * given up long ago may come late and make another one of that name.
 */
type Told = 'created' | 'unknown' | { readonly deletedId: string };

const toldIn = new WeakMap<ClientWorld, Map<string, Told>>();

/** Topics come and go: what an operator was told has happened has happened (committed metadata is never lost). */
export const createTopics: Workload = {
  name: 'create-topics',
  topics: {},
  checks: {},
  async run(world, isOver) {
    const told = new Map<string, Told>();
    toldIn.set(world, told);
    const operators = ['operator-a', 'operator-b'].map((name) =>
      clientLives(world, name, isOver, (host, _, over) => operate(world, host, told, over)),
    );
    await Promise.all(operators);
  },
  async verify(world) {
    const told = toldIn.get(world)!;
    const admin = adminOf(world, world.simulation.host('inspector'));
    const ids = new Map((await admin.listTopics()).map(({ name, topicId }) => [name, topicId]));
    await admin.close();
    return [...told].flatMap(([name, state]) => {
      if (state === 'unknown') return [];
      const topicId = ids.get(name);
      if (state === 'created')
        return topicId === undefined ? [`topic ${name} was created and is not there`] : [];
      return topicId === state.deletedId ? [`topic ${name} was deleted and is there`] : [];
    });
  },
};

async function operate(
  world: ClientWorld,
  host: SimulatedHost,
  told: Map<string, Told>,
  isOver: IsOver,
): Promise<void> {
  const random = host.random.fork('workload');
  const admin = adminOf(world, host);
  const mine: string[] = [];
  for (let number = 0; !isOver(); number++) {
    const oldest = mine[0];
    if (oldest !== undefined && random.float() < 0.2) {
      mine.shift();
      told.set(oldest, 'unknown');
      await deleteTopic(admin, oldest, told);
    } else {
      const name = `t-${host.name}.${number}`;
      told.set(name, 'unknown');
      const topic = { name, partitions: 1, replicationFactor: world.replicationFactor };
      const fromMs = world.simulation.nowMs;
      if (!(await isDone(admin.createTopics([topic])))) continue;
      world.recorder.isDone(fromMs);
      told.set(name, 'created');
      mine.push(name);
    }
    await world.simulation.sleep(random.float() * 200);
  }
  await admin.close();
}

async function deleteTopic(admin: Admin, name: string, told: Map<string, Told>): Promise<void> {
  try {
    const deletedId = (await admin.describeTopics([name])).get(name)!.topicId;
    await admin.deleteTopics([name]);
    told.set(name, { deletedId });
  } catch {
    // It may be gone, or not.
  }
}

/** An error says nothing: a call that is made again may find its work done by the one before. */
async function isDone(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch {
    return false;
  }
}

function adminOf(world: ClientWorld, host: SimulatedHost): Admin {
  const properties = {
    'bootstrap.servers': world.bootstrapServers,
    'request.timeout.ms': 1000,
    'default.api.timeout.ms': 8000,
  };
  return new Admin(properties, { host });
}
