import { differences } from './differences.ts';
import { judge, type Verdict } from './judge.ts';
import type { Nodes } from './nodes.ts';
import { Peer } from './peer.ts';
import type { CompareScript } from './script.ts';

let runs = 0;

/** Sends the requests of a script to both nodes and judges the answers. */
export async function runScript(script: CompareScript, nodes: Nodes): Promise<Verdict> {
  const run = `${process.pid}-${++runs}`;
  const kafka = new Peer(nodes.kafka, run, nodes.commonVersions);
  const millrace = new Peer(nodes.millrace, run, nodes.commonVersions);
  const [theirs, ours] = await Promise.allSettled([script.run(kafka), script.run(millrace)]);
  kafka.close();
  millrace.close();
  const verdict = judge(script, kafka.steps.length, differences(kafka.steps, millrace.steps));
  const failures = [
    ...(theirs.status === 'rejected' ? [`on Apache Kafka: ${reason(theirs)}`] : []),
    ...(ours.status === 'rejected' ? [`on Millrace: ${reason(ours)}`] : []),
  ];
  if (kafka.steps.length === 0) failures.push('the script compared nothing');
  return failures.length === 0 ? verdict : { ...verdict, failure: failures.join('; ') };
}

function reason({ reason: error }: PromiseRejectedResult): string {
  return error instanceof Error ? error.message : String(error);
}
