import { array, assert as assertProperty, boolean, integer, property, record, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_TASKS, type Tasks } from '../tasks.ts';
import { assignTasks, type AssignableMember, type AssignableSubtopology } from './sticky-assignor.ts';

function member(memberId: string, processId = `p-${memberId}`, previous: Tasks = NO_TASKS): AssignableMember {
  return { memberId, processId, previous };
}

function subtopology(subtopologyId: string, taskCount: number, isStateful = true): AssignableSubtopology {
  return { subtopologyId, taskCount, isStateful };
}

const keys = (tasks: Tasks['active']) =>
  [...tasks].flatMap(([id, numbers]) => numbers.map((number) => `${id}:${number}`));

/** `active | standby` of each member, as text. */
function shown(result: ReadonlyMap<string, Tasks>): string[] {
  return [...result].map(
    ([id, { active, standby }]) => `${id} ${keys(active).join(' ')} | ${keys(standby).join(' ')}`,
  );
}

/** The same members, with what they were given. */
function after(members: readonly AssignableMember[], result: ReadonlyMap<string, Tasks>): AssignableMember[] {
  return members.map((one) => ({ ...one, previous: result.get(one.memberId) ?? NO_TASKS }));
}

describe('the sticky assignor', () => {
  it('gives every task to one member, and everybody as many', () => {
    const result = assignTasks({
      members: [member('a'), member('b')],
      subtopologies: [subtopology('0', 4), subtopology('1', 2, false)],
      standbyReplicas: 0,
    });
    expect(shown(result)).toEqual(['a 0:0 0:2 1:0 | ', 'b 0:1 0:3 1:1 | ']);
  });

  it('moves only as much as a new member is due', () => {
    const members = [member('a'), member('b')];
    const subtopologies = [subtopology('0', 6)];
    const first = assignTasks({ members, subtopologies, standbyReplicas: 0 });
    const known = [...after(members, first), member('c')];
    const second = assignTasks({ members: known, subtopologies, standbyReplicas: 0 });
    for (const { memberId } of members) {
      const before = new Set(keys(first.get(memberId)!.active));
      expect(keys(second.get(memberId)!.active).every((task) => before.has(task))).toBe(true);
    }
    expect(keys(second.get('c')!.active)).toHaveLength(2);
  });

  it('keeps copies in other processes, and gives a task that lost its member to one of them', () => {
    const members = [member('a'), member('b'), member('c')];
    const subtopologies = [subtopology('0', 3)];
    const first = assignTasks({ members, subtopologies, standbyReplicas: 1 });
    const orphan = keys(first.get('a')!.active)[0]!;
    const heir = members.find(({ memberId }) => keys(first.get(memberId)!.standby).includes(orphan))!;
    const left = after(members, first).filter(({ memberId }) => memberId !== 'a');
    const second = assignTasks({ members: left, subtopologies, standbyReplicas: 1 });
    expect(keys(second.get(heir.memberId)!.active)).toContain(orphan);
  });

  it('has no copies of stateless tasks, nor more copies than there are processes for', () => {
    const result = assignTasks({
      members: [member('a', 'p'), member('b', 'p'), member('c', 'q')],
      subtopologies: [subtopology('0', 1), subtopology('1', 1, false)],
      standbyReplicas: 2,
    });
    const copies = [...result.values()].flatMap(({ standby }) => keys(standby));
    expect(copies).toEqual(['0:0']);
  });

  it('gives nothing to nobody', () => {
    const result = assignTasks({ members: [], subtopologies: [subtopology('0', 3)], standbyReplicas: 1 });
    expect(result.size).toBe(0);
  });
});

const cluster = record({
  /** Process of each member. */
  processes: array(integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 7 }),
  subtopologies: array(record({ taskCount: integer({ min: 1, max: 6 }), isStateful: boolean() }), {
    minLength: 1,
    maxLength: 3,
  }),
  standbyReplicas: integer({ min: 0, max: 2 }),
  gone: uniqueArray(integer({ min: 0, max: 6 })),
});

it('holds what it promises, for whatever members come and go', () => {
  assertProperty(
    property(cluster, ({ processes, standbyReplicas, gone, ...rest }) => {
      const subtopologies = rest.subtopologies.map(({ taskCount, isStateful }, at) =>
        subtopology(String(at), taskCount, isStateful),
      );
      const members = processes.map((process, at) => member(`m${at}`, `p${process}`));
      const first = assignTasks({ members, subtopologies, standbyReplicas });
      checkInvariants(members, subtopologies, standbyReplicas, first);
      const unchanged = after(members, first);
      const left = unchanged.filter((_, at) => !gone.includes(at));
      const second = assignTasks({ members: left, subtopologies, standbyReplicas });
      if (left.length > 0) checkInvariants(left, subtopologies, standbyReplicas, second);
    }),
  );
});

it('changes nothing when nothing has changed', () => {
  assertProperty(
    property(cluster, ({ processes, ...rest }) => {
      const subtopologies = rest.subtopologies.map(({ taskCount, isStateful }, at) =>
        subtopology(String(at), taskCount, isStateful),
      );
      // One member to a process: with several, the load of a process may move a task between two of its members.
      const members = processes.map((_, at) => member(`m${at}`));
      const first = assignTasks({ members, subtopologies, standbyReplicas: 0 });
      const second = assignTasks({ members: after(members, first), subtopologies, standbyReplicas: 0 });
      expect(shown(second)).toEqual(shown(first));
    }),
  );
});

function checkInvariants(
  members: readonly AssignableMember[],
  subtopologies: readonly AssignableSubtopology[],
  standbyReplicas: number,
  result: ReadonlyMap<string, Tasks>,
): void {
  const tasks = subtopologies.flatMap(({ subtopologyId, taskCount, isStateful }) =>
    Array.from({ length: taskCount }, (_, number) => ({ key: `${subtopologyId}:${number}`, isStateful })),
  );
  const active = [...result.values()].flatMap((one) => keys(one.active));
  // Each task is active once.
  expect(active.toSorted()).toEqual(tasks.map(({ key }) => key).toSorted());
  const byProcess = Map.groupBy(members, ({ processId }) => processId);
  for (const [, ofProcess] of byProcess) {
    const inProcess = ofProcess.flatMap(({ memberId }) => {
      const own = result.get(memberId)!;
      return [...keys(own.active), ...keys(own.standby)];
    });
    // No process has a task twice: a copy is never where the task is.
    expect(new Set(inProcess).size).toBe(inProcess.length);
  }
  for (const { key, isStateful } of tasks) {
    const copies = [...result.values()].filter(({ standby }) => keys(standby).includes(key)).length;
    const most = isStateful ? Math.min(standbyReplicas, byProcess.size - 1) : 0;
    expect(copies).toBe(most);
  }
  const isAlike = [...byProcess.values()].every((ofProcess) => ofProcess.length === 1);
  const isFresh = members.every(({ previous }) => previous === NO_TASKS);
  const counts = [...result.values()].map((one) => keys(one.active).length);
  if (isAlike && (isFresh || standbyReplicas === 0))
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
}
