import { join } from 'node:path';
import { memoryHost } from '@millrace/host';
import { readMetaProperties } from '@millrace/log';
import { controlRecordType, decodeRecords, recordBatches } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import type { BrokerProperties } from '../config/broker-properties.ts';
import { formatStorage, type FormatStorageOptions } from './format-storage.ts';

const clusterId = 'MkU3OEVBNTcwNTJENDM2Qg';
const controller = {
  'process.roles': 'controller',
  'node.id': 3,
  listeners: 'CONTROLLER://127.0.0.1:9093',
  'controller.listener.names': 'CONTROLLER',
  'controller.quorum.bootstrap.servers': '127.0.0.1:9093',
  'log.dirs': '/data/a,/data/b',
};
const VOTERS = '__cluster_metadata-0/00000000000000000000-0000000000.checkpoint';

function formatIn(host = memoryHost()) {
  return {
    host,
    format: (properties: BrokerProperties, options: Partial<FormatStorageOptions> = {}) =>
      formatStorage(properties, { clusterId, host, ...options }),
  };
}

describe('formatting', () => {
  it('gives every directory the same cluster and node, and an id of its own', async () => {
    const { host, format } = formatIn();
    const directories = await format(controller, { voters: 'standalone' });
    expect(directories.map(({ path, isNew }) => ({ path, isNew }))).toEqual([
      { path: '/data/a', isNew: true },
      { path: '/data/b', isNew: true },
    ]);
    for (const { path, directoryId } of directories) {
      expect(await readMetaProperties(host.disk, path)).toEqual({ clusterId, nodeId: 3, directoryId });
    }
    expect(directories[0]!.directoryId).not.toBe(directories[1]!.directoryId);
    expect(await host.disk.stat('/data/a/bootstrap.checkpoint')).toBeDefined();
    expect(await host.disk.stat('/data/b/bootstrap.checkpoint')).toBeUndefined();
  });

  it('leaves the first voters beside the metadata log, as control records of a snapshot', async () => {
    const { host, format } = formatIn();
    await format(controller, { voters: 'standalone' });
    const content = await host.disk.readFile(join('/data/a', VOTERS));
    const types = recordBatches(content).flatMap((batch) => decodeRecords(batch).map(controlRecordType));
    expect(types).toEqual(['SNAPSHOT_HEADER', 'KRAFT_VERSION', 'KRAFT_VOTERS', 'SNAPSHOT_FOOTER']);
  });

  it('takes the directory id that the list of controllers names', async () => {
    const { format } = formatIn();
    const directoryId = 'JEXY6aqzQY-32P5TStzaFg';
    const voters = [
      { nodeId: 3, host: 'one', port: 9093, directoryId },
      { nodeId: 4, host: 'two', port: 9093, directoryId: 'MvDxzVmcRsaTz33bUuRU6A' },
    ];
    const [first] = await format(controller, { voters });
    expect(first!.directoryId).toBe(directoryId);
  });

  it('writes no voters for a controller that is let in later, nor for fixed ones', async () => {
    const { host, format } = formatIn();
    await format(controller, { voters: 'none' });
    expect(await host.disk.stat(join('/data/a', VOTERS))).toBeUndefined();
    const fixed = { ...controller, 'controller.quorum.voters': '3@127.0.0.1:9093', 'log.dirs': '/fixed' };
    await format({ ...fixed, 'controller.quorum.bootstrap.servers': '' });
    expect(await host.disk.stat(join('/fixed', VOTERS))).toBeUndefined();
  });

  it('changes nothing where one directory belongs to somebody else', async () => {
    const { host, format } = formatIn();
    await format({ ...controller, 'log.dirs': '/data/b', 'node.id': 9 }, { voters: 'standalone' });
    await expect(format(controller, { voters: 'standalone' })).rejects.toThrow(
      /\/data\/b belongs to node 9 of cluster .* not to node 3/,
    );
    expect(await host.disk.stat('/data/a/meta.properties')).toBeUndefined();
  });

  it('refuses what is formatted already, unless told to ignore that', async () => {
    const { format } = formatIn();
    const [before] = await format(controller, { voters: 'standalone' });
    await expect(format(controller, { voters: 'standalone' })).rejects.toThrow(/formatted already/);
    const [after] = await format(controller, { voters: 'standalone', ignoreFormatted: true });
    expect(after).toEqual({ ...before, isNew: false });
  });

  it.each([
    [{ clusterId: 'short' }, {}, /cluster.id.*22 characters/],
    [{}, {}, /who votes at first/],
    [{ voters: 'standalone' }, { 'controller.quorum.voters': '3@127.0.0.1:9093' }, /says who votes/],
    [
      { voters: [{ nodeId: 4, host: 'two', port: 1, directoryId: 'MvDxzVmcRsaTz33bUuRU6A' }] },
      {},
      /node.id.*is 3, but initial controllers are 4/,
    ],
    [{ voters: [{ nodeId: 3, host: 'two', port: 1, directoryId: 'x' }] }, {}, /has "x" for node 3/],
  ] as const)('refuses %j with %j', async (options, properties, problem) => {
    const { host, format } = formatIn();
    await expect(format({ ...controller, ...properties }, options)).rejects.toThrow(problem);
    expect(await host.disk.stat('/data/a/meta.properties')).toBeUndefined();
  });
});
