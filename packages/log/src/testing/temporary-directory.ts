import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Host } from '@millrace/host';

/** A new directory on a real disk, for the test that asks; the test removes it. */
export async function temporaryDirectory(host: Host): Promise<string> {
  const path = join(tmpdir(), `millrace-log-${host.random.bytes(8).toString('hex')}`);
  await host.disk.makeDirectory(path);
  return path;
}
