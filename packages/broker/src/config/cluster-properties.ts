import { property } from '@millrace/config';

/** Typed as text, so that the property is not taken for one that can only be empty. */
const NOT_SET: string = '';
const KERBEROS: string = 'GSSAPI';

/** Who is in the cluster, how its nodes find each other, and how long they wait for each other. */
export const clusterProperties = {
  'process.roles': property.list({
    default: ['broker', 'controller'],
    oneOf: ['broker', 'controller'],
    doc: 'What this node does: `broker` keeps partitions and serves clients, `controller` votes on the state of the cluster, both by default.',
  }),
  'controller.quorum.voters': property.list({
    default: [],
    doc: 'The controllers that vote, as ID@HOST:PORT, the same list on every node. Empty, and without `controller.quorum.bootstrap.servers`: this node is a cluster of its own.',
  }),
  'controller.quorum.bootstrap.servers': property.list({
    default: [],
    doc: 'Controllers as HOST:PORT to ask who leads, where the voters are kept in the metadata log itself (KIP-853) and `controller.quorum.voters` is empty.',
  }),
  'controller.listener.names': property.list({
    default: [],
    doc: 'Names of the listeners for controllers. The first one is used to reach them. A node that is a cluster of its own needs none.',
  }),
  'inter.broker.listener.name': property.string({
    default: NOT_SET,
    doc: 'Name of the listener that brokers use among each other. Empty: the one that is named after `security.inter.broker.protocol`.',
  }),
  'security.inter.broker.protocol': property.string({
    default: 'PLAINTEXT',
    oneOf: ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'],
    doc: 'Security protocol between brokers, where `inter.broker.listener.name` is not set.',
  }),
  'sasl.mechanism.inter.broker.protocol': property.string({
    default: KERBEROS,
    doc: 'SASL mechanism by which this node logs in to other brokers. PLAIN and SCRAM are implemented.',
  }),
  'sasl.mechanism.controller.protocol': property.string({
    default: KERBEROS,
    doc: 'SASL mechanism by which this node logs in to controllers. PLAIN and SCRAM are implemented.',
  }),
  'controller.quorum.election.timeout.ms': property.int({
    default: 1000,
    min: 0,
    doc: 'How long a voter without a leader waits before it asks for votes: from here to twice that, at random.',
  }),
  'controller.quorum.fetch.timeout.ms': property.int({
    default: 2000,
    min: 0,
    doc: 'How long a voter follows a leader that does not answer. A leader that a majority does not fetch from resigns after 1.5 times that.',
  }),
  'controller.quorum.election.backoff.max.ms': property.int({
    default: 1000,
    min: 0,
    doc: 'The longest that a successor waits after its leader has resigned.',
  }),
  'controller.quorum.append.linger.ms': property.int({
    default: 25,
    min: 0,
    doc: 'How long the leader of a quorum of several gathers changes before it writes them to the disk.',
  }),
  'controller.quorum.request.timeout.ms': property.int({
    default: 2000,
    min: 0,
    doc: 'Limit of a request between controllers.',
  }),
  'controller.quorum.retry.backoff.ms': property.int({
    default: 20,
    min: 0,
    doc: 'Pause before a request between controllers is sent again.',
  }),
  'controller.quorum.fetch.max.bytes': property.int({
    default: 1048576,
    min: 0,
    doc: 'Most bytes of the metadata log that a node fetches at once.',
  }),
  'controller.quorum.fetch.snapshot.max.bytes': property.int({
    default: 1048576,
    min: 0,
    doc: 'Most bytes of a metadata snapshot that a node fetches at once.',
  }),
  'controller.quorum.auto.join.enable': property.boolean({
    default: false,
    doc: 'Whether a controller that is not among the voters makes itself one (KIP-1186).',
  }),
  'metadata.max.retention.bytes': property.long({
    default: 104857600,
    min: -1,
    doc: 'How large metadata log and snapshots may be together before the oldest snapshot goes, with the log before the next one. -1: no limit.',
  }),
  'metadata.max.retention.ms': property.long({
    default: 604800000,
    min: -1,
    doc: 'How old a metadata snapshot may be before it goes with the log before the next one. -1: no limit.',
  }),
  'broker.heartbeat.interval.ms': property.int({
    default: 2000,
    min: 1,
    doc: 'How often a broker tells the active controller that it lives.',
  }),
  'broker.session.timeout.ms': property.int({
    default: 9000,
    min: 1,
    doc: 'A broker that has not been heard of for this long is fenced: others lead its partitions.',
  }),
  'log.dir.failure.timeout.ms': property.int({
    default: 30000,
    min: 1,
    doc: 'A broker that cannot tell the controller of a failed log directory for this long stops.',
  }),
  'initial.broker.registration.timeout.ms': property.int({
    default: 60000,
    min: 1,
    doc: 'How long a starting broker tries to register with the active controller before it gives up.',
  }),
  'controlled.shutdown.enable': property.boolean({
    default: true,
    doc: 'Whether a stopping broker waits until others lead its partitions.',
  }),
  'controlled.shutdown.timeout.ms': property.long({
    default: 10000,
    min: 0,
    doc: 'How long a stopping broker waits for others to lead its partitions, and then for requests in progress. Not a Kafka property.',
  }),
} as const;
