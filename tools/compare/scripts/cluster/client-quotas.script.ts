import { alterClientQuotas, describeClientQuotas } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

interface Entity {
  readonly entityType: string;
  readonly entityName: string | null;
}

const [EXACT, DEFAULT, ANY] = [0, 1, 2];

function rate(value: number): { key: string; value: number }[] {
  return [{ key: 'producer_byte_rate', value }];
}

export const script: CompareScript = {
  name: 'client-quotas',
  title:
    'Client quotas: set, changed, removed for users, clients, both and addresses; found again by filters; nonsense.',
  async run(peer) {
    const [user, client] = [peer.unique('user'), peer.unique('client')];
    const [ofUser, ofClient] = [
      { entityType: 'user', entityName: user },
      { entityType: 'client-id', entityName: client },
    ];
    for (const version of peer.versions(alterClientQuotas)) {
      const alter = (
        label: string,
        entity: readonly Entity[],
        ops: readonly { key: string; value: number; remove?: boolean }[],
        validateOnly = false,
      ) =>
        peer.ask(label, alterClientQuotas, version, {
          entries: [{ entity, ops: ops.map((op) => ({ remove: false, ...op })) }],
          validateOnly,
        });
      await alter('of a user', [ofUser], rate(1000));
      await alter('of a client', [ofClient], [{ key: 'consumer_byte_rate', value: 2000.5 }]);
      await alter('of both', [ofUser, ofClient], [{ key: 'request_percentage', value: 50 }]);
      await alter('of all users', [{ entityType: 'user', entityName: null }], rate(9000));
      await alter('dry', [ofUser], rate(7), true);
      await alter(
        'of an address',
        [{ entityType: 'ip', entityName: '10.1.2.3' }],
        [{ key: 'connection_creation_rate', value: 10 }],
      );
      await alter('of an address, a rate of users', [{ entityType: 'ip', entityName: '10.1.2.3' }], rate(1));
      await alter(
        'of a user, a rate of addresses',
        [ofUser],
        [{ key: 'connection_creation_rate', value: 1 }],
      );
      await alter(
        'of a bad address',
        [{ entityType: 'ip', entityName: 'not an address' }],
        [{ key: 'connection_creation_rate', value: 1 }],
      );
      await alter('unknown key', [ofUser], [{ key: 'no_such_rate', value: 1 }]);
      await alter('zero', [ofUser], rate(0));
      await alter('negative', [ofUser], rate(-1));
      await alter('half a byte', [ofUser], rate(0.5));
      await alter('unknown type', [{ entityType: 'planet', entityName: 'earth' }], rate(1));
      await alter('no entity', [], rate(1));
      await alter('empty name', [{ entityType: 'user', entityName: '' }], rate(1));
      await alter('a type twice', [ofUser, { entityType: 'user', entityName: 'other' }], rate(1));
      await alter('user and address', [ofUser, { entityType: 'ip', entityName: '10.1.2.3' }], rate(1));
      await alter('a key twice', [ofUser], [...rate(5), ...rate(6)]);
      await alter(
        'removed though not set',
        [ofUser],
        [{ key: 'consumer_byte_rate', value: 0, remove: true }],
      );
      await peer.caughtUp();
      const describe = (
        label: string,
        components: readonly { entityType: string; matchType: number; match: string | null }[],
        strict = false,
      ) => peer.ask(`described ${label}`, describeClientQuotas, version, { components, strict });
      const exactly = { entityType: 'user', matchType: EXACT, match: user };
      await describe('by user', [exactly]);
      await describe('by user alone', [exactly], true);
      await describe('by user and any client', [
        exactly,
        { entityType: 'client-id', matchType: ANY, match: null },
      ]);
      await describe('by default user', [{ entityType: 'user', matchType: DEFAULT, match: null }]);
      await describe('by client', [{ entityType: 'client-id', matchType: EXACT, match: client }]);
      await describe('by address', [{ entityType: 'ip', matchType: EXACT, match: '10.1.2.3' }]);
      await describe('by an unknown type', [{ entityType: 'planet', matchType: ANY, match: null }]);
      await describe('by an unknown match', [{ entityType: 'user', matchType: 9, match: null }]);
      await describe('by an empty type', [{ entityType: '', matchType: ANY, match: null }]);
      await describe('by user and address', [exactly, { entityType: 'ip', matchType: ANY, match: null }]);
      await describe('by a type twice', [exactly, exactly]);
      await alter('remove of the user', [ofUser], [{ key: 'producer_byte_rate', value: 0, remove: true }]);
      await peer.caughtUp();
      await describe('after removing', [exactly]);
    }
  },
};
