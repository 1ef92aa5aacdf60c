const WARM_UP_ROUNDS = 3;
const ROUNDS = 12;
const TURN_MS = 40;

interface Tally {
  calls: number;
  cpuUs: number;
}

/**
 * Calls per second of processor time of each contender, all threads of the process counted, garbage collection
 * included. Contenders take turns of equal length, several times around.
 *
 * Time on the wall would measure who was lucky with the other work of the machine; processor time leaves that out.
 */
export async function cpuRates(
  contenders: Readonly<Record<string, () => number | Promise<number>>>,
): Promise<Record<string, number>> {
  const tallies = Object.keys(contenders).map((): Tally => ({ calls: 0, cpuUs: 0 }));
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    for (const [index, run] of Object.values(contenders).entries()) {
      const turn = await takeTurn(run);
      if (round < WARM_UP_ROUNDS) continue;
      tallies[index]!.calls += turn.calls;
      tallies[index]!.cpuUs += turn.cpuUs;
    }
  }
  return Object.fromEntries(Object.keys(contenders).map((name, index) => [name, rateOf(tallies[index]!)]));
}

/** The result of each call is used, so that none can be optimized away. */
async function takeTurn(run: () => number | Promise<number>): Promise<Tally> {
  const startCpu = process.cpuUsage();
  const start = performance.now();
  let calls = 0;
  let results = 0;
  while (performance.now() - start < TURN_MS) {
    const result = run();
    results += typeof result === 'number' ? result : await result;
    calls++;
  }
  if (results === 0) throw new Error('A contender did nothing');
  const { user, system } = process.cpuUsage(startCpu);
  return { calls, cpuUs: user + system };
}

function rateOf({ calls, cpuUs }: Tally): number {
  return (calls * 1_000_000) / cpuUs;
}
