/**
 * `npm run torture:log -- --kills 100 [--directory DIR]`: real processes on a real disk. One appends and is killed
 * with SIGKILL at a random moment, again and again on the same directory; each time verify, recovery, every record and
 * verify again are checked. The directory of a failure stays.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { nodeHost } from '@millrace/host';
import { appendUntilKilled } from '../src/testing/append-until-killed.ts';
import { checkAfterKill } from '../src/testing/check-after-kill.ts';
import { temporaryDirectory } from '../src/testing/temporary-directory.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '20' }, directory: { type: 'string' } },
});
const host = nodeHost();
const kills = Number(values.kills);

for (const flushMessages of ['', '1']) {
  const root = values.directory ?? (await temporaryDirectory(host));
  const directory = join(root, flushMessages === '' ? 'page-cache' : 'flushed');
  for (let kill = 1; kill <= kills; kill++) {
    const acknowledgements = 1 + (host.random.uint32() % 400);
    const acknowledged = await appendUntilKilled(directory, flushMessages, acknowledgements);
    const end = await checkAfterKill(host, directory, acknowledged).catch((error: unknown) => {
      throw new Error(`kill ${kill} left damage in ${directory}`, { cause: error });
    });
    process.stdout.write(
      `kill ${kill} of ${kills}${flushMessages === '' ? '' : ', flushed'}: ${acknowledged} acknowledged, ${end} there\n`,
    );
  }
  await host.disk.removeDirectory(directory);
}
