import type { QuorumDescription, QuorumReplica } from '@millrace/client';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { confirm } from '../confirm.ts';
import { ExitCode } from '../exit-codes.ts';
import type { ClientOptions } from '../options/client-options.ts';
import { withAdmin } from '../options/with-admin.ts';
import { Printer } from '../output/printer.ts';
import { formatTable } from '../output/table.ts';

export type DescribeOptions = ClientOptions;

export async function describeQuorum(context: CommandContext, options: DescribeOptions): Promise<void> {
  const quorum = await withAdmin(context, options, (admin, call) => admin.describeMetadataQuorum(call));
  const value = { ...quorum, endpoints: Object.fromEntries(quorum.endpoints) };
  const nowMs = context.host.clock.nowMs();
  new Printer(context.terminal, options.output).result(value, () => describeForPeople(quorum, nowMs));
}

function describeForPeople(quorum: QuorumDescription, nowMs: number): string {
  const { leaderId, leaderEpoch, highWatermark, voters, observers, endpoints } = quorum;
  const leaderEnd = voters.find(({ nodeId }) => nodeId === leaderId)?.logEndOffset ?? highWatermark;
  const row = (replica: QuorumReplica, role: string) => [
    replica.nodeId,
    replica.nodeId === leaderId ? 'leader' : role,
    replica.logEndOffset,
    Math.max(0, leaderEnd - replica.logEndOffset),
    agoText(nowMs, replica.lastCaughtUpTimestampMs),
    replica.directoryId,
    endpoints.get(replica.nodeId)?.map(({ host, port }) => `${host}:${port}`)[0] ?? '',
  ];
  const table = formatTable({
    header: ['node', 'role', 'log end', 'lag', 'caught up', 'directory', 'endpoint'],
    rows: [
      ...voters.map((voter) => row(voter, 'voter')),
      ...observers.map((observer) => row(observer, 'observer')),
    ],
  });
  return `leader ${leaderId}  epoch ${leaderEpoch}  high watermark ${highWatermark}\n${table.trimEnd()}`;
}

function agoText(nowMs: number, timestampMs: number): string {
  if (timestampMs < 0) return 'never';
  return `${(Math.max(0, nowMs - timestampMs) / 1000).toFixed(1)} s ago`;
}

export interface AddVoterOptions extends ClientOptions {
  readonly directoryId: string;
  readonly endpoint: readonly string[];
}

export async function addVoter(
  context: CommandContext,
  nodeId: number,
  { directoryId, endpoint, ...options }: AddVoterOptions,
): Promise<void> {
  const endpoints = endpoint.map(parseEndpoint);
  await withAdmin(context, options, (admin, call) =>
    admin.addRaftVoter({ nodeId, directoryId, endpoints }, call),
  );
  const result = { nodeId, directoryId, endpoints };
  new Printer(context.terminal, options.output).result(result, () => `Controller ${nodeId} votes now`);
}

/** `CONTROLLER://host:port`. */
function parseEndpoint(text: string): { listener: string; host: string; port: number } {
  const [, listener, host, port] = /^(\w+):\/\/\[?([^\]]+?)\]?:(\d+)$/.exec(text) ?? [];
  if (listener === undefined || host === undefined) {
    throw CliError.usage(`--endpoint is "${text}", but must be like CONTROLLER://host:9093`);
  }
  return { listener: listener.toUpperCase(), host, port: Number(port) };
}

export interface RemoveVoterOptions extends ClientOptions {
  readonly directoryId?: string;
  readonly yes?: boolean;
}

export async function removeVoter(
  context: CommandContext,
  nodeId: number,
  { directoryId, yes, ...options }: RemoveVoterOptions,
): Promise<void> {
  await confirm(context.terminal, `Take the vote from controller ${nodeId}?`, yes === true);
  const voter = await withAdmin(context, options, async (admin, call) => {
    const known = directoryId ?? directoryOf(nodeId, await admin.describeMetadataQuorum(call));
    await admin.removeRaftVoter({ nodeId, directoryId: known }, call);
    return { nodeId, directoryId: known };
  });
  new Printer(context.terminal, options.output).result(voter, () => `Controller ${nodeId} votes no more`);
}

function directoryOf(nodeId: number, { voters }: QuorumDescription): string {
  const found = voters.find((voter) => voter.nodeId === nodeId);
  if (found === undefined) throw new CliError(`Node ${nodeId} is no voter`, { exitCode: ExitCode.NOT_FOUND });
  return found.directoryId;
}
