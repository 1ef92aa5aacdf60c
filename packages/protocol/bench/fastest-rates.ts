const ROUNDS = 7;
const ROUND_MS = 60;

/**
 * Runs each contender in short turns, several times around, and gives its best turn in calls per second: a machine
 * that is busy elsewhere slows some turns of everybody instead of all turns of one.
 */
export async function fastestRates(
  contenders: Readonly<Record<string, () => number | Promise<number>>>,
): Promise<Record<string, number>> {
  const best: Record<string, number> = {};
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, run] of Object.entries(contenders)) {
      best[name] = Math.max(best[name] ?? 0, await rate(run));
    }
  }
  return best;
}

/** The result of each call is used, so that none can be optimized away. */
async function rate(run: () => number | Promise<number>): Promise<number> {
  const start = performance.now();
  let calls = 0;
  let results = 0;
  while (performance.now() - start < ROUND_MS) {
    const result = run();
    results += typeof result === 'number' ? result : await result;
    calls++;
  }
  if (results === 0) throw new Error('A contender did nothing');
  return (calls * 1000) / (performance.now() - start);
}
