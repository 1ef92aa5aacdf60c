// The process that `keepProcessorsAwake` starts: node spinner-main.ts PID, busy for as long as its parent is that process
const ROUNDS_BETWEEN_LOOKS = 10_000_000;

const parent = Number(process.argv[2]);
while (process.ppid === parent) {
  for (let round = 0; round < ROUNDS_BETWEEN_LOOKS; round++);
}
