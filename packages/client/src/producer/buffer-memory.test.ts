import { Simulation } from '@millrace/host';
import { describe, expect, it } from 'vitest';
import { BufferMemory } from './buffer-memory.ts';

function inSimulation(body: (memory: BufferMemory, simulation: Simulation) => Promise<void>): Promise<void> {
  const simulation = new Simulation({ seed: 1 });
  return simulation.run(() => body(new BufferMemory(simulation.host('client'), 100), simulation));
}

describe('BufferMemory', () => {
  it('gives what is there and never more', () =>
    inSimulation(async (memory) => {
      expect(memory.tryReserve(60)).toBe(true);
      expect(memory.tryReserve(41)).toBe(false);
      expect(memory.tryReserve(40)).toBe(true);
      expect(memory.usedBytes).toBe(100);
    }));

  it('serves waiters in order, a small one not before a large one', () =>
    inSimulation(async (memory) => {
      const order: string[] = [];
      memory.tryReserve(100);
      const large = memory.reserve(80, 1000, 1000).then(() => order.push('large'));
      const small = memory.reserve(10, 1000, 1000).then(() => order.push('small'));
      memory.release(20);
      expect(memory.tryReserve(5)).toBe(false);
      memory.release(80);
      await Promise.all([large, small]);
      expect(order).toEqual(['large', 'small']);
      expect(memory.usedBytes).toBe(90);
    }));

  it('gives up a wait after its time, and serves the next', () =>
    inSimulation(async (memory, simulation) => {
      let exhausted = 0;
      memory.onExhausted = () => exhausted++;
      memory.tryReserve(50);
      const large = memory.reserve(80, 100, 60_000);
      const small = memory.reserve(30, 1000, 60_000);
      await expect(large).rejects.toThrow(
        'No room for 80 bytes within 60000 ms (max.block.ms): all 100 bytes of buffer.memory',
      );
      expect([exhausted, memory.waiterCount]).toEqual([1, 0]);
      await small;
      expect(simulation.nowMs).toBe(100);
      expect(memory.usedBytes).toBe(80);
      expect(memory.isExhausted).toBe(false);
    }));

  it('rejects all waiters when closed', () =>
    inSimulation(async (memory) => {
      memory.tryReserve(100);
      const waiting = memory.reserve(1, 1000, 1000);
      memory.close(new Error('closed'));
      await expect(waiting).rejects.toThrow('closed');
    }));
});
