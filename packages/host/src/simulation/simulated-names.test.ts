import { expect, test } from 'vitest';
import { Simulation } from './simulation.ts';

test('names stand for hosts, for several of them, or for none', async () => {
  const simulation = new Simulation({ seed: 1 });
  const { network } = simulation.host('client');
  await simulation.run(async () => {
    simulation.network.names.set('kafka.example', ['one', 'two']);
    simulation.network.names.set('a.example', ['one']);
    expect(await network.resolve('kafka.example')).toEqual(['one', 'two']);
    expect(await network.resolve('one')).toEqual(['one']);
    expect(await network.canonicalName('one')).toBe('a.example');
    expect(await network.canonicalName('two')).toBe('two');
    simulation.network.names.set('kafka.example', []);
    await expect(network.resolve('kafka.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });
});
