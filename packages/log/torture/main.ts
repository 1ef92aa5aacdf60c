/**
 * `npm run torture:log -- --kills 100 --fills 20 --flips 2000 [--directory DIR]`: real processes on a real disk.
 *
 * - A process appends and is killed with SIGKILL at a random moment, again and again on the same directory; each time
 *   verify, recovery, every record and verify again are checked.
 * - A small file system is filled until it takes no more, then given room; nothing acknowledged may be missing.
 * - A bit of any file of a directory is flipped; verify or a reader must notice, unless it makes no difference.
 *
 * The directory of a failure stays.
 */
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { nodeHost } from '@millrace/host';
import { appendUntilKilled } from '../src/testing/append-until-killed.ts';
import { checkAfterKill } from '../src/testing/check-after-kill.ts';
import { fillDisk } from '../src/testing/fill-disk.ts';
import { flipBit } from '../src/testing/flip-bit.ts';
import { writeSampleDirectory } from '../src/testing/sample-directory.ts';
import { SmallFileSystem } from '../src/testing/small-file-system.ts';
import { temporaryDirectory } from '../src/testing/temporary-directory.ts';
import { openTestLog, valuesOf } from '../src/testing/test-log.ts';
import { verifyDirectory } from '../src/tools/verify/verify-directory.ts';
import { writeMetaProperties } from '../src/files/meta-properties.ts';

const { values: options } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    fills: { type: 'string', default: '5' },
    flips: { type: 'string', default: '300' },
    directory: { type: 'string' },
  },
});
const host = nodeHost();

await killAgainAndAgain(Number(options.kills));
await fillUp(Number(options.fills));
await flipBits(Number(options.flips));

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function killAgainAndAgain(kills: number): Promise<void> {
  for (const flushMessages of ['', '1']) {
    const root = options.directory ?? (await temporaryDirectory(host));
    const directory = join(root, flushMessages === '' ? 'page-cache' : 'flushed');
    for (let kill = 1; kill <= kills; kill++) {
      const acknowledgements = 1 + (host.random.uint32() % 400);
      const acknowledged = await appendUntilKilled(directory, flushMessages, acknowledgements);
      const end = await checkAfterKill(host, directory, acknowledged).catch((error: unknown) => {
        throw new Error(`kill ${kill} left damage in ${directory}`, { cause: error });
      });
      const mode = flushMessages === '' ? '' : ', flushed';
      print(`kill ${kill} of ${kills}${mode}: ${acknowledged} acknowledged, ${end} there`);
    }
    await host.disk.removeDirectory(directory);
  }
}

/** The same log on a file system that is full, given room, and full again. */
async function fillUp(fills: number): Promise<void> {
  await using small = await SmallFileSystem.mount(host, '150k');
  if (small === undefined) {
    print('fill: skipped, no file system can be mounted here');
    return;
  }
  const config = { 'internal.segment.bytes': 60_000, 'retention.ms': -1 };
  const logDir = join(small.path, 'data');
  const acknowledged: string[] = [];
  let sizeKib = 150;
  for (let fill = 1; fill <= fills; fill++) {
    const { manager, log } = await openTestLog(config, host, { logDirs: [logDir] });
    const present = await valuesOf(log);
    if (acknowledged.some((value, offset) => present[offset] !== value))
      throw new Error(`fill ${fill}: something acknowledged is missing`);
    // What was refused may be there all the same; it is part of the log from now on.
    acknowledged.splice(0, acknowledged.length, ...present.map(String));
    const filled = await fillDisk(log);
    acknowledged.push(...filled.acknowledged);
    await manager.close();
    const { findings } = await verifyDirectory(host, logDir);
    const damage = findings.find(({ severity }) => severity === 'error');
    if (damage !== undefined) throw new Error(`fill ${fill}: ${damage.file}: ${damage.problem}`);
    print(
      `fill ${fill} of ${fills}: full at ${sizeKib} KiB, ${acknowledged.length} there; ${String(filled.error)}`,
    );
    sizeKib += 50 + (host.random.uint32() % 100);
    small.remount(`size=${sizeKib}k`);
  }
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

async function flipBits(flips: number): Promise<void> {
  const root = options.directory ?? (await temporaryDirectory(host));
  const logDir = join(root, 'flips');
  const written = await writeSampleDirectory(host, { logDir });
  const directoryId = 'AAAAAAAAAAAAAAAAAAAAAQ';
  await writeMetaProperties(host.disk, logDir, { clusterId: 'torture', nodeId: 1, directoryId });
  const values = Array.from(written.values(), (record) => record.slice(record.indexOf('=') + 1));
  const outcomes = new Map<string, Map<string, number>>();
  for (let count = 0; count < flips; count++) {
    const { file, outcome } = await flipBit(host, logDir, values, host.random);
    const kind = basename(file).replace(/^\d{20}/, '');
    const ofKind = outcomes.get(kind) ?? new Map<string, number>();
    outcomes.set(kind, ofKind.set(outcome, (ofKind.get(outcome) ?? 0) + 1));
  }
  for (const [kind, ofKind] of [...outcomes].toSorted(byName)) {
    const counts = [...ofKind].toSorted(byName).map(([outcome, count]) => `${count} ${outcome}`);
    print(`flips in ${kind}: ${counts.join(', ')}`);
  }
  await host.disk.removeDirectory(logDir);
}
