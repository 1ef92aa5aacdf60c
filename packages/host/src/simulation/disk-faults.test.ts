import { describe, expect, test } from 'vitest';
import type { SimulatedHost } from './simulated-host.ts';
import { Simulation } from './simulation.ts';

function onDisk(name: string, body: (host: SimulatedHost, simulation: Simulation) => Promise<void>): void {
  test(name, async () => {
    const simulation = new Simulation({ seed: 1 });
    await simulation.run(async () => {
      const host = simulation.host('node');
      await host.disk.makeDirectory('/data');
      await body(host, simulation);
    });
  });
}

describe('disk faults', () => {
  onDisk('strike one file and leave the others alone, until they end', async ({ disk }) => {
    const end = disk.faults.add({ code: 'EIO', path: '/data/bad' });
    await expect(disk.writeFile('/data/bad', 'x')).rejects.toMatchObject({
      code: 'EIO',
      message: "EIO: i/o error, open '/data/bad'",
    });
    await disk.writeFile('/data/good', 'x');
    end();
    await disk.writeFile('/data/bad', 'x');
  });

  onDisk('strike chosen operations as often as asked', async ({ disk }) => {
    const file = await disk.open('/data/a', 'create');
    disk.faults.add({ code: 'EIO', operations: ['read'], times: 2, path: (path) => path.endsWith('a') });
    await file.write([Buffer.from('x')], 0);
    await expect(file.read(Buffer.alloc(1), 0)).rejects.toMatchObject({ code: 'EIO' });
    await expect(file.read(Buffer.alloc(1), 0)).rejects.toMatchObject({ code: 'EIO' });
    expect(await file.read(Buffer.alloc(1), 0)).toBe(1);
  });

  onDisk('strike by chance', async ({ disk }) => {
    disk.faults.add({ code: 'EIO', operations: ['stat'], chance: 0.3 });
    let failures = 0;
    for (let call = 0; call < 200; call++) {
      await disk.stat('/data').catch(() => {
        failures++;
      });
    }
    expect(failures).toBeGreaterThan(30);
    expect(failures).toBeLessThan(100);
    disk.faults.clear();
    await disk.stat('/data');
  });

  onDisk('leave nothing of a write that failed', async ({ disk }) => {
    const file = await disk.open('/data/a', 'create');
    disk.faults.add({ code: 'EIO', operations: ['write', 'truncate'], times: 2 });
    await expect(file.write([Buffer.from('x')], 0)).rejects.toMatchObject({ code: 'EIO' });
    await expect(file.truncate(10)).rejects.toMatchObject({ code: 'EIO' });
    expect(await file.size()).toBe(0);
  });

  onDisk('fill a disk: the beginning that fits is written, and overwriting goes on', async ({ disk }) => {
    disk.faults.capacityBytes = 1000;
    await disk.writeFile('/data/a', Buffer.alloc(600));
    const file = await disk.open('/data/b', 'create');
    await expect(file.write([Buffer.alloc(300), Buffer.alloc(300)], 0)).rejects.toMatchObject({
      code: 'ENOSPC',
      syscall: 'write',
    });
    expect(await file.size()).toBe(400);
    await file.write([Buffer.alloc(400, 1)], 0);
    await expect(file.write([Buffer.from('x')], 400)).rejects.toMatchObject({ code: 'ENOSPC' });
    await disk.removeFile('/data/a');
    await file.write([Buffer.alloc(600)], 400);
  });

  onDisk('slow a disk down', async ({ disk }, simulation) => {
    disk.faults.extraLatencyMs = 500;
    const startMs = simulation.nowMs;
    await disk.stat('/data');
    expect(simulation.nowMs - startMs).toBeGreaterThan(500);
  });

  onDisk('belong to the machine and outlive a restart', async (host, simulation) => {
    host.disk.faults.add({ code: 'EROFS', operations: ['open'] });
    host.kill();
    const { disk } = simulation.restart(host);
    await expect(disk.writeFile('/data/a', '')).rejects.toMatchObject({ code: 'EROFS' });
  });
});

describe('a simulated write', () => {
  onDisk('finds out a caller that changes a chunk before it has settled', async ({ disk }) => {
    const file = await disk.open('/data/a', 'create');
    const chunk = Buffer.from('first');
    const writing = file.write([Buffer.from('x'), chunk], 0);
    chunk.write('other');
    await expect(writing).rejects.toThrow('A chunk of a write to /data/a was changed');
  });
});
