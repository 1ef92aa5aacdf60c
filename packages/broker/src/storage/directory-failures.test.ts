import { expect, test } from 'vitest';
import { FailingDiskHost } from '../testing/failing-disk.ts';
import { batchOf, createTopic, produceRequest } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';
import { DirectoryFailures } from './directory-failures.ts';

const NOTHING = Symbol('nothing yet');

async function outcomeOf({ failed }: DirectoryFailures): Promise<unknown> {
  return Promise.race([failed, Promise.resolve(NOTHING)]);
}

const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

test('a broker goes on while the directory of its metadata log works, and not without it', async () => {
  const together = { paths: ['/metadata', '/a', '/b'], metadataPath: undefined };
  const failures = new DirectoryFailures(together, true);
  failures.add('/a', full);
  failures.add('/b', full);
  expect(await outcomeOf(failures)).toBe(NOTHING);
  failures.add('/metadata', full);
  expect(await outcomeOf(failures)).toMatchInlineSnapshot(
    `[DataDirectoryError: Data directory /metadata failed while in use: it is on a full disk; free some space or choose another one in "log.dirs"]`,
  );

  const withoutMetadata = new DirectoryFailures(together, true);
  withoutMetadata.add('/metadata', full);
  expect(await outcomeOf(withoutMetadata)).toMatchObject({ directory: '/metadata' });
});

test('a broker does not go on with the directory of its metadata log alone, but a controller does', async () => {
  const apart = { paths: ['/metadata', '/a'], metadataPath: '/metadata' };
  const [ofBroker, ofController] = [new DirectoryFailures(apart, true), new DirectoryFailures(apart, false)];
  for (const failures of [ofBroker, ofController]) failures.add('/a', full);
  expect(await outcomeOf(ofBroker)).toMatchObject({ directory: '/a' });
  expect(await outcomeOf(ofController)).toBe(NOTHING);
});

test('a broker says that its disk has failed, and can be closed and started again', async () => {
  const disk = new FailingDiskHost();
  {
    await using server = await TestBroker.start({}, disk.host);
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    disk.failure = 'EIO';
    await connection.send(produceRequest('orders', batchOf(['lost'])));
    await expect(server.broker.failed).resolves.toMatchObject({
      code: 'ERR_BROKER_DATA_DIRECTORY_FAILED',
      directory: '/data',
      message: expect.stringMatching(/^Data directory \/data failed while in use: it has a defect .*; .*$/),
    });
    disk.failure = undefined;
  }
  await using _server = await TestBroker.start({}, disk.host);
});
