import { Admin } from '@millrace/client';
import type { CommandContext } from '../command-context.ts';
import { clientProperties, type ClientOptions } from './client-options.ts';

/** Runs `work` with an Admin that is closed afterwards, and at once on Ctrl-C. */
export async function withAdmin<Result>(
  context: CommandContext,
  options: ClientOptions,
  work: (admin: Admin, call: { readonly signal: AbortSignal }) => Promise<Result>,
): Promise<Result> {
  await using admin = new Admin(await clientProperties(context, options), { host: context.host });
  return await work(admin, { signal: context.terminal.signal });
}
