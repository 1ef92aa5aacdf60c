import { ZERO_UUID } from '@millrace/protocol';
import { describe, expect, test } from 'vitest';
import { VotersError } from '../errors.ts';
import { VoterSet, type Voter } from './voter-set.ts';

const DIRECTORY = 'AAAAAAAAAAAAAAAAAAAAFw';

function voter(id: number, directoryId: string = DIRECTORY): Voter {
  return { id, directoryId, endpoints: [], minKraftVersion: 0, maxKraftVersion: 1 };
}

describe('a set of voters', () => {
  test('is read from the property in the form of Kafka', () => {
    const voters = VoterSet.parse('3@c.example:9095, 1@10.0.0.1:9093,2@[::1]:9094', 'CONTROLLER');
    expect(voters.voters.map(({ id, endpoints }) => [id, endpoints])).toEqual([
      [1, [{ name: 'CONTROLLER', host: '10.0.0.1', port: 9093 }]],
      [2, [{ name: 'CONTROLLER', host: '::1', port: 9094 }]],
      [3, [{ name: 'CONTROLLER', host: 'c.example', port: 9095 }]],
    ]);
    expect([voters.size, voters.majority]).toEqual([3, 2]);
  });

  test.each(['1', 'a@b:1', '1@b', '1@b:99999', '1@:9093', '99999999999@b:1'])('refuses %s', (text) => {
    expect(() => VoterSet.parse(text, 'CONTROLLER')).toThrow(VotersError);
  });

  test('refuses two voters with one id', () => {
    expect(() => VoterSet.parse('1@a:1,1@b:1', 'CONTROLLER')).toThrow('have one id');
  });

  test('knows a voter by its directory, if it has one', () => {
    const voters = new VoterSet([voter(1), voter(2, ZERO_UUID)]);
    expect(voters.has({ id: 1, directoryId: DIRECTORY })).toBe(true);
    expect(voters.has({ id: 1, directoryId: 'AAAAAAAAAAAAAAAAAAAAGA' })).toBe(false);
    expect(voters.has({ id: 1, directoryId: ZERO_UUID })).toBe(false);
    expect(voters.has({ id: 2, directoryId: DIRECTORY })).toBe(true);
    expect(voters.has({ id: 3, directoryId: DIRECTORY })).toBe(false);
  });

  test.each([
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 3],
    [5, 3],
  ])('of %d needs %d for a majority', (size, majority) => {
    expect(new VoterSet(Array.from({ length: size }, (_, id) => voter(id))).majority).toBe(majority);
  });

  test('changes into another one, and stays as it is', () => {
    const voters = new VoterSet([voter(1), voter(2)]);
    expect(String(voters.with(voter(3)))).toBe('1,2,3');
    expect(String(voters.without(1))).toBe('2');
    expect(String(voters)).toBe('1,2');
  });
});
