const WARM_UP_ROUNDS = 3;
const ROUNDS = 12;
const CALLS_PER_TURN = 20_000;

/** One contender: handles one record and gives something of it back, so that no work can be optimized away. */
export type Contender = () => number | Promise<number>;

/**
 * Calls per second of processor time, all threads and garbage collection included. Contenders take turns, so that a busy
 * machine is busy for all of them.
 */
export async function ratesInTurns(contenders: readonly Contender[]): Promise<number[]> {
  const cpuUs = contenders.map(() => 0);
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      const usedUs = await turn(contender);
      if (round >= WARM_UP_ROUNDS) cpuUs[index]! += usedUs;
    }
  }
  return cpuUs.map((usedUs) => (ROUNDS * CALLS_PER_TURN * 1_000_000) / usedUs);
}

async function turn(contender: Contender): Promise<number> {
  const start = process.cpuUsage();
  let results = 0;
  for (let call = 0; call < CALLS_PER_TURN; call += 1) {
    const result = contender();
    results += typeof result === 'number' ? result : await result;
  }
  if (results === 0) throw new Error('A contender did nothing');
  const { user, system } = process.cpuUsage(start);
  return user + system;
}
