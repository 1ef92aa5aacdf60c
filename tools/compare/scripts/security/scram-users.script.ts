import { alterUserScramCredentials, describeUserScramCredentials } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

const [SHA_256, SHA_512] = [1, 2];

export const script: CompareScript = {
  name: 'scram-users',
  title: 'SCRAM users: set, changed, described, deleted, and every way to get it wrong.',
  async run(peer) {
    const user = peer.unique('alice');
    const salt = Buffer.from('salt-of-sixteen!');
    const saltedPassword = Buffer.alloc(32, 7);
    for (const version of peer.versions(alterUserScramCredentials)) {
      const alter = (
        label: string,
        upsertions: readonly { name: string; mechanism: number; iterations: number }[],
        deletions: readonly { name: string; mechanism: number }[] = [],
      ) =>
        peer.ask(label, alterUserScramCredentials, version, {
          deletions,
          upsertions: upsertions.map((each) => ({ ...each, salt, saltedPassword })),
        });
      await alter('delete what is not there', [], [{ name: user, mechanism: SHA_256 }]);
      await alter('set', [{ name: user, mechanism: SHA_256, iterations: 4096 }]);
      await alter('change', [{ name: user, mechanism: SHA_256, iterations: 8192 }]);
      await alter('another mechanism', [{ name: user, mechanism: SHA_512, iterations: 4096 }]);
      await alter('too few iterations', [{ name: user, mechanism: SHA_256, iterations: 4095 }]);
      await alter('too many iterations', [{ name: user, mechanism: SHA_256, iterations: 16_385 }]);
      await alter('unknown mechanism', [{ name: user, mechanism: 9, iterations: 4096 }]);
      await alter('no name', [{ name: '', mechanism: SHA_256, iterations: 4096 }]);
      const twice = { name: user, mechanism: SHA_256, iterations: 4096 };
      await alter('twice', [twice, twice]);
      await alter('set and delete', [twice], [{ name: user, mechanism: SHA_256 }]);
      await alter('nothing', []);
      await peer.caughtUp();
      const describe = (label: string, users: readonly string[] | null) =>
        peer.ask(label, describeUserScramCredentials, version, {
          users: users === null ? null : users.map((name) => ({ name })),
        });
      await describe('described', [user]);
      await describe('described twice', [user, user]);
      await describe('nobody described', [peer.unique('nobody')]);
      await describe('no name described', ['']);
      await alter('delete one', [], [{ name: user, mechanism: SHA_512 }]);
      await peer.caughtUp();
      await describe('after deleting one', [user]);
      await alter('delete the other', [], [{ name: user, mechanism: SHA_256 }]);
      await peer.caughtUp();
      await describe('after deleting both', [user]);
    }
  },
};
