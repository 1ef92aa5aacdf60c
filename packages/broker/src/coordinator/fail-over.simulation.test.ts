import { SeededRandom } from '@millrace/host';
import { describe, expect, it } from 'vitest';
import { refuse } from '../group/group-refusal.ts';
import { GroupStateMachine } from '../group/group-state-machine.ts';
import { testGroupProperties } from '../group/testing/test-group-properties.ts';
import { refuseTransactionCall } from '../transaction/transaction-refusal.ts';
import { TransactionStateMachine } from '../transaction/transaction-state-machine.ts';
import { CommittingClient } from './testing/committing-client.ts';
import { FailOverSimulation, Violation } from './testing/fail-over-simulation.ts';
import type { PlantedFlaws } from './testing/replicated-log-model.ts';
import { Decisions, TransactingClient } from './testing/transacting-client.ts';

const SEEDS = 100;
const STEPS = 250;

async function runGroups(seed: number, flaws: PlantedFlaws): Promise<number> {
  const simulation = new FailOverSimulation({
    random: new SeededRandom(seed),
    flaws,
    newMachine: () => new GroupStateMachine(() => testGroupProperties),
    clients: ['a', 'b', 'c'].map((groupId) => new CommittingClient(groupId)),
    refuse,
  });
  try {
    await simulation.run(STEPS);
    return simulation.model.committed;
  } finally {
    simulation.close();
  }
}

async function runTransactions(seed: number, flaws: PlantedFlaws): Promise<number> {
  const decisions = new Decisions();
  let producerIds = 0;
  const simulation = new FailOverSimulation({
    random: new SeededRandom(seed),
    flaws,
    newMachine: () =>
      new TransactionStateMachine({
        coordinatorEpoch: () => 0,
        properties: () => transactionProperties,
        transactionVersion: () => 2,
      }),
    clients: ['a', 'b', 'c'].map((id) => new TransactingClient(id, decisions, () => ++producerIds)),
    onRequest: (request) => {
      decisions.onMarkers(request);
      const { transactionalId, producerId, producerEpoch } = request;
      return { api: 'markersWritten', transactionalId, producerId, producerEpoch } as const;
    },
    refuse: refuseTransactionCall,
  });
  try {
    await simulation.run(STEPS);
    return decisions.check();
  } finally {
    simulation.close();
  }
}

const transactionProperties = {
  'transaction.max.timeout.ms': 900_000,
  'transactional.id.expiration.ms': 604_800_000,
  'transaction.abort.timed.out.transaction.cleanup.interval.ms': 10_000,
  'transaction.remove.expired.transaction.cleanup.interval.ms': 3_600_000,
};

describe.each([
  ['committed offsets never go back', runGroups, 20],
  ['no transaction ends both ways, and every end that was promised happens', runTransactions, 5],
])('however a partition changes hands, %s', (_, run, least) => {
  it(`in ${SEEDS} runs, in which much is done`, async () => {
    let done = 0;
    for (let seed = 0; seed < SEEDS; seed++) done += await run(seed, {});
    expect(done / SEEDS).toBeGreaterThan(least);
  });

  it.each<keyof PlantedFlaws>(['servesUncommitted', 'acknowledgesEarly'])(
    'and a coordinator that %s is found out',
    async (flaw) => {
      const runUntilFound = async () => {
        for (let seed = 0; seed < SEEDS; seed++) await run(seed, { [flaw]: true });
      };
      await expect(runUntilFound()).rejects.toBeInstanceOf(Violation);
    },
  );
});
