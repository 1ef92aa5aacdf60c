import { Admin, type AdminCallOptions } from '@millrace/client';
import type { CommandContext } from '../command-context.ts';
import { clientProperties, type ClientOptions } from './client-options.ts';

/** What every call of a command to Admin is given. */
export interface CommandCall extends AdminCallOptions {
  readonly signal: AbortSignal;
}

/** A person waits, and can type it again: a topic that is not there is not waited for. */
export function commandCall(signal: AbortSignal): CommandCall {
  return { signal, unknownTopicPatienceMs: 0 };
}

/** Runs `work` with an Admin that is closed afterwards, and at once on Ctrl-C. */
export async function withAdmin<Result>(
  context: CommandContext,
  options: ClientOptions,
  work: (admin: Admin, call: CommandCall) => Promise<Result>,
): Promise<Result> {
  await using admin = new Admin(await clientProperties(context, options), { host: context.host });
  return await work(admin, commandCall(context.terminal.signal));
}
