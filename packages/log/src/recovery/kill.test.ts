import { nodeHost } from '@millrace/host';
import { test } from 'vitest';
import { appendUntilKilled } from '../testing/append-until-killed.ts';
import { checkAfterKill } from '../testing/check-after-kill.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';

test.each([
  ['in the page cache', ''],
  ['on the disk', '1'],
])(
  'kill -9 loses nothing that was acknowledged %s, doubles nothing, and leaves no damage',
  { timeout: 120_000 },
  async (_, flushMessages) => {
    const host = nodeHost();
    const directory = await temporaryDirectory(host);
    try {
      for (const acknowledgements of [1, 37, 300]) {
        const acknowledged = await appendUntilKilled(directory, flushMessages, acknowledgements);
        await checkAfterKill(host, directory, acknowledged);
      }
    } finally {
      await host.disk.removeDirectory(directory);
    }
  },
);
