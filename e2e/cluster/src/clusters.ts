/** Clusters of three processes, for tests and benchmarks. */
export { startKafkaCluster } from './kafka-cluster.ts';
export { startMillraceCluster, type ClusterOptions } from './millrace-cluster.ts';
export type { ClusterProcesses, NodeProcess } from './processes.ts';
