import { memoryHost } from '@millrace/host';
import { describe, expect, test } from 'vitest';
import { collectAssignment } from './property-assignments.ts';
import { readProperties } from './read-properties.ts';

describe('--set and --config', () => {
  test('--set keeps what stands behind the first =', () => {
    expect(collectAssignment('a=b=c', { x: 'y' })).toEqual({ x: 'y', a: 'b=c' });
  });

  test.each(['novalue', '=value'])('--set refuses %s', (text) => {
    expect(() => collectAssignment(text)).toThrow('key=value');
  });

  test('--set wins over the file', async () => {
    const host = memoryHost();
    await host.disk.makeDirectory('/etc');
    await host.disk.writeFile('/etc/server.properties', 'node.id=7\nnum.partitions = 3\n');
    const properties = await readProperties(host, {
      config: '/etc/server.properties',
      set: { 'node.id': '8' },
    });
    expect(properties).toEqual({ 'node.id': '8', 'num.partitions': '3' });
  });

  test('a missing file is named', async () => {
    await expect(readProperties(memoryHost(), { config: '/nowhere.properties' })).rejects.toThrow(
      '/nowhere.properties',
    );
  });
});
