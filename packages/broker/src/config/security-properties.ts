import { property } from '@millrace/config';

const NOT_SET: string = '';
const OAUTH_CLASSES = 'org.apache.kafka.common.security.oauthbearer';
const SIGNED_TOKENS = `${OAUTH_CLASSES}.OAuthBearerValidatorCallbackHandler`;
/** What `sasl.server.callback.handler.class` says where tokens need no signature. */
export const UNSIGNED_TOKENS = `${OAUTH_CLASSES}.internals.unsecured.OAuthBearerUnsecuredValidatorCallbackHandler`;

/**
 * TLS and SASL of listeners. Each may be set for one listener as `listener.name.<name>.<property>`, those of SASL for
 * one mechanism, too: `listener.name.<name>.<mechanism>.<property>`, both in lower case.
 */
export const listenerSecurityProperties = {
  'ssl.keystore.type': property.string({
    default: 'PEM',
    oneOf: ['PEM', 'PKCS12'],
    doc: "Form of the key and the certificate of the node. Kafka's default, JKS, is a format of Java.",
  }),
  'ssl.keystore.location': property.string({
    default: NOT_SET,
    doc: 'File with the private key and the certificate chain. It is read again when it changes.',
    updateMode: 'per-broker',
  }),
  'ssl.keystore.password': property.password({
    default: NOT_SET,
    doc: 'Password of a PKCS12 file.',
    updateMode: 'per-broker',
  }),
  'ssl.key.password': property.password({
    default: NOT_SET,
    doc: 'Password of a private key in PEM that is encrypted.',
    updateMode: 'per-broker',
  }),
  'ssl.keystore.key': property.password({
    default: NOT_SET,
    doc: 'The private key itself in PEM (PKCS #8), instead of a file.',
    updateMode: 'per-broker',
  }),
  'ssl.keystore.certificate.chain': property.string({
    default: NOT_SET,
    doc: 'The certificate chain itself in PEM, with `ssl.keystore.key`.',
    updateMode: 'per-broker',
  }),
  'ssl.truststore.type': property.string({
    default: 'PEM',
    oneOf: ['PEM'],
    doc: 'Form of the trusted certificates.',
  }),
  'ssl.truststore.location': property.string({
    default: NOT_SET,
    doc: 'File with the certificates of authorities whose clients are believed. Read again when it changes.',
    updateMode: 'per-broker',
  }),
  'ssl.truststore.certificates': property.string({
    default: NOT_SET,
    doc: 'Those certificates themselves in PEM, instead of a file.',
    updateMode: 'per-broker',
  }),
  'ssl.client.auth': property.string({
    default: 'none',
    oneOf: ['none', 'requested', 'required'],
    doc: 'Whether clients may, or must, show a certificate of their own.',
  }),
  'ssl.enabled.protocols': property.list({
    default: ['TLSv1.2', 'TLSv1.3'],
    oneOf: ['TLSv1.2', 'TLSv1.3'],
    doc: 'Versions of TLS that are spoken.',
  }),
  'ssl.cipher.suites': property.list({
    default: [],
    doc: "Cipher suites by their IANA names. Empty: Node's choice.",
  }),
  'ssl.endpoint.identification.algorithm': property.string({
    default: 'https',
    oneOf: ['https', ''],
    doc: 'Whether the certificate of another node must name the host this node connects to. Empty: it need not.',
  }),
  'ssl.principal.mapping.rules': property.string({
    default: 'DEFAULT',
    doc: 'How the name in a client certificate becomes a principal: rules RULE:pattern/replacement/[LU], or DEFAULT.',
  }),
  'sasl.enabled.mechanisms': property.list({
    default: [],
    oneOf: ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER'],
    doc: "What clients of SASL listeners may authenticate by. Kafka's default is GSSAPI, which there is none of here.",
  }),
  'sasl.jaas.config': property.password({
    default: NOT_SET,
    doc: 'Users of PLAIN, with the listener and the mechanism in front: PlainLoginModule required user_NAME="password" ...;',
  }),
  'connections.max.reauth.ms': property.long({
    default: 0,
    min: 0,
    doc: 'How long an authenticated SASL connection may go on before it must authenticate again (KIP-368). 0: no limit.',
  }),
  'sasl.server.max.receive.size': property.int({
    default: 524288,
    min: 1,
    doc: 'Largest request in bytes before a peer of a SASL listener has authenticated.',
  }),
  'sasl.server.callback.handler.class': property.string({
    default: NOT_SET,
    oneOf: [NOT_SET, SIGNED_TOKENS, UNSIGNED_TOKENS],
    doc:
      'What checks access tokens. OAuthBearerValidatorCallbackHandler, as when empty: by the keys of their issuer. ' +
      'OAuthBearerUnsecuredValidatorCallbackHandler: takes tokens that nobody has signed, for tests only.',
  }),
  'sasl.oauthbearer.jwks.endpoint.url': property.string({
    default: NOT_SET,
    doc: 'Where the keys that sign access tokens are published: https://, http:// or file:///.',
  }),
  'sasl.oauthbearer.jwks.endpoint.refresh.ms': property.long({
    default: 3600000,
    min: 1,
    doc: 'The keys are fetched again this often, and sooner for a token of an unknown key.',
  }),
  'sasl.oauthbearer.expected.audience': property.list({
    default: [],
    doc: 'A token must be meant for one of these. Empty: not looked at.',
  }),
  'sasl.oauthbearer.expected.issuer': property.string({
    default: NOT_SET,
    doc: 'Who must have issued a token. Empty: not looked at.',
  }),
  'sasl.oauthbearer.scope.claim.name': property.string({
    default: 'scope',
    doc: 'The claim with the scopes of a token.',
  }),
  'sasl.oauthbearer.sub.claim.name': property.string({
    default: 'sub',
    doc: 'The claim with the name of the principal.',
  }),
  'sasl.oauthbearer.clock.skew.seconds': property.int({
    default: 30,
    min: 0,
    doc: 'How far the clocks of the issuer and of this node may be apart.',
  }),
} as const;

/** The same for the whole node. */
export const securityProperties = {
  ...listenerSecurityProperties,
  'ssl.reload.interval.ms': property.long({
    default: 10000,
    min: 0,
    doc: 'How often files with keys and certificates are looked at for changes. 0: only at the start. Not a Kafka property.',
  }),
  'connection.failed.authentication.delay.ms': property.int({
    default: 100,
    min: 0,
    doc: 'How long the answer to a failed authentication is held back, to slow down whoever guesses.',
  }),
  'authorizer.class.name': property.string({
    default: NOT_SET,
    oneOf: ['', 'org.apache.kafka.metadata.authorizer.StandardAuthorizer'],
    doc: 'org.apache.kafka.metadata.authorizer.StandardAuthorizer puts ACLs into force. Empty: everybody may do everything.',
  }),
  'super.users': property.string({
    default: NOT_SET,
    doc: 'Principals that may do everything, separated by semicolons: User:admin;User:CN=ops,O=Shop.',
  }),
  'allow.everyone.if.no.acl.found': property.boolean({
    default: false,
    doc: 'Whether everybody may use what no ACL speaks of.',
  }),
} as const;
