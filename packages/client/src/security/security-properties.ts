import { property } from '@millrace/config';

const NOT_SET: string = '';

/** How connections are secured, with Kafka's names. Keys and certificates are PEM, as text or in files. */
export const securityProperties = {
  'security.protocol': property.string({
    default: 'PLAINTEXT',
    oneOf: ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'],
    ignoresCase: true,
    doc: 'Whether connections use TLS, and whether the client authenticates by SASL.',
  }),
  'ssl.truststore.type': property.string({
    default: 'PEM',
    oneOf: ['PEM'],
    doc: "Form of the trusted certificates. Kafka's default, JKS, is a format of Java.",
  }),
  'ssl.truststore.location': property.string({
    default: NOT_SET,
    doc: 'File with the certificates of authorities whose brokers are believed. Without any: those that come with Node.js.',
  }),
  'ssl.truststore.certificates': property.string({
    default: NOT_SET,
    doc: 'Those certificates themselves in PEM, instead of a file.',
  }),
  'ssl.keystore.type': property.string({
    default: 'PEM',
    oneOf: ['PEM', 'PKCS12'],
    doc: 'Form of the key and certificate of this client, for brokers that ask for one.',
  }),
  'ssl.keystore.location': property.string({
    default: NOT_SET,
    doc: 'File with the private key and the certificate chain; read anew for each connection.',
  }),
  'ssl.keystore.password': property.password({ default: NOT_SET, doc: 'Password of a PKCS12 file.' }),
  'ssl.keystore.key': property.password({
    default: NOT_SET,
    doc: 'The private key itself in PEM (PKCS #8), instead of a file.',
  }),
  'ssl.keystore.certificate.chain': property.string({
    default: NOT_SET,
    doc: 'The certificate chain itself in PEM, with `ssl.keystore.key`.',
  }),
  'ssl.key.password': property.password({
    default: NOT_SET,
    doc: 'Password of a private key in PEM that is encrypted.',
  }),
  'ssl.endpoint.identification.algorithm': property.string({
    default: 'https',
    oneOf: ['https', ''],
    doc: 'Whether the certificate of a broker must name the host that was connected to. Empty: it need not.',
  }),
  'ssl.enabled.protocols': property.list({
    default: ['TLSv1.2', 'TLSv1.3'],
    oneOf: ['TLSv1.2', 'TLSv1.3'],
    doc: 'Versions of TLS that are spoken.',
  }),
  'ssl.cipher.suites': property.list({
    default: [],
    doc: "Cipher suites that may be used, by IANA's names as in Java. Without any: those that Node.js prefers.",
  }),
  'sasl.mechanism': property.string({
    default: NOT_SET,
    oneOf: ['', 'PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER'],
    doc: "How the client authenticates. Kafka's default is GSSAPI, which there is none of here.",
  }),
  'sasl.jaas.config': property.password({
    default: NOT_SET,
    doc: 'Name and password in Kafka\'s syntax: PlainLoginModule required username="alice" password="..."; the option `sasl` is the typed way.',
  }),
  'sasl.oauthbearer.token.endpoint.url': property.string({
    default: NOT_SET,
    doc: 'Where an access token is had for the clientId and clientSecret of `sasl.jaas.config` (client credentials grant).',
  }),
  'sasl.oauthbearer.client.credentials.client.id': property.string({
    default: NOT_SET,
    doc: 'The client id for the token endpoint, in place of clientId in `sasl.jaas.config`.',
  }),
  'sasl.oauthbearer.client.credentials.client.secret': property.password({
    default: NOT_SET,
    doc: 'The secret of that client id, in place of clientSecret in `sasl.jaas.config`.',
  }),
  'sasl.oauthbearer.scope': property.string({
    default: NOT_SET,
    doc: 'What is asked of the token endpoint, in place of scope in `sasl.jaas.config`.',
  }),
  'sasl.login.refresh.window.factor': property.double({
    default: 0.8,
    min: 0.5,
    max: 1,
    doc: 'The share of its life after which an access token is replaced.',
  }),
} as const;
