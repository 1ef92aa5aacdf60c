import { CertificateAuthority } from '@millrace/test-certificates';

/** Keys and certificates of a test, as PEM. */
export interface TlsMaterial {
  /** Of the authority that everybody trusts. */
  readonly authority: string;
  /** Key and chain of the broker, for 127.0.0.1. */
  readonly broker: string;
  readonly alice: { readonly key: string; readonly chain: string };
  /** Signed by an authority that nobody knows. */
  readonly stranger: { readonly key: string; readonly chain: string };
}

export function tlsMaterial(): TlsMaterial {
  const authority = new CertificateAuthority();
  const broker = authority.issue({ subject: [['CN', 'broker']] });
  const alice = authority.issue({ subject: [['CN', 'alice']] });
  const stranger = new CertificateAuthority('Somebody else').issue({ subject: [['CN', 'mallory']] });
  return {
    authority: authority.certificate,
    broker: `${broker.key}\n${broker.certificate}`,
    alice: { key: alice.key, chain: alice.certificate },
    stranger: { key: stranger.key, chain: stranger.certificate },
  };
}

/** Of a listener named SSL that believes only those who show a certificate; keys and certificates in these files. */
export function tlsListener(keystore: string, truststore: string): Record<string, string> {
  const listener = 'listener.name.ssl';
  return {
    [`${listener}.ssl.keystore.type`]: 'PEM',
    [`${listener}.ssl.keystore.location`]: keystore,
    [`${listener}.ssl.truststore.type`]: 'PEM',
    [`${listener}.ssl.truststore.location`]: truststore,
    [`${listener}.ssl.client.auth`]: 'required',
  };
}
