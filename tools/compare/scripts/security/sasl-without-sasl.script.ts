import { saslAuthenticate, saslHandshake } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

export const script: CompareScript = {
  name: 'sasl-without-sasl',
  title: 'SASL requests on a listener that has no SASL.',
  async run(peer) {
    for (const version of peer.versions(saslHandshake)) {
      await peer.ask('handshake', saslHandshake, version, { mechanism: 'PLAIN' }, { on: `h${version}` });
    }
    for (const version of peer.versions(saslAuthenticate)) {
      const authBytes = Buffer.from('\0alice\0secret');
      await peer.ask('authenticate', saslAuthenticate, version, { authBytes }, { on: `a${version}` });
    }
  },
};
