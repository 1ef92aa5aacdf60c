import type { ScramCredentialInfo } from '@millrace/client';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { confirm } from '../confirm.ts';
import type { ClientOptions } from '../options/client-options.ts';
import { withAdmin } from '../options/with-admin.ts';
import { Printer } from '../output/printer.ts';
import type { Terminal } from '../terminal.ts';

export type ListOptions = ClientOptions;

export async function listUsers(context: CommandContext, options: ListOptions): Promise<void> {
  const users = await withAdmin(context, options, (admin, call) =>
    admin.describeUserScramCredentials(undefined, call),
  );
  const list = [...users].flatMap(([user, infos]) => infos.map((info) => ({ user, ...info })));
  new Printer(context.terminal, options.output).result(list, (all) => ({
    header: ['user', 'mechanism', 'iterations'],
    rows: all.map(({ user, mechanism, iterations }) => [user, mechanism, iterations]),
  }));
}

export interface SetOptions extends ClientOptions {
  readonly mechanism: ScramCredentialInfo['mechanism'];
  readonly iterations?: number;
}

/** On the command line everybody on the machine could read the password. */
export async function setPassword(context: CommandContext, user: string, options: SetOptions): Promise<void> {
  const { mechanism, iterations } = options;
  const password = await firstLine(context.terminal);
  if (password === '') throw CliError.usage('The password is empty; write it to standard input');
  const change = { user, mechanism, password, ...(iterations === undefined ? {} : { iterations }) };
  await withAdmin(context, options, (admin, call) => admin.alterUserScramCredentials([change], call));
  const result = { user, mechanism };
  new Printer(context.terminal, options.output).result(
    result,
    () => `Set the ${mechanism} password of ${user}`,
  );
}

export interface DeleteOptions extends ClientOptions {
  readonly yes?: boolean;
}

export async function deleteUser(
  context: CommandContext,
  user: string,
  options: DeleteOptions,
): Promise<void> {
  await confirm(context.terminal, `Delete the passwords of ${user}?`, options.yes === true);
  const mechanisms = await withAdmin(context, options, async (admin, call) => {
    const infos = (await admin.describeUserScramCredentials([user], call)).get(user) ?? [];
    const removals = infos.map(({ mechanism }) => ({ user, mechanism, remove: true }) as const);
    await admin.alterUserScramCredentials(removals, call);
    return infos.map(({ mechanism }) => mechanism);
  });
  const printer = new Printer(context.terminal, options.output);
  printer.result({ user, mechanisms }, () => `Deleted ${user} (${mechanisms.join(', ')})`);
}

async function firstLine({ stdin, stderr }: Terminal): Promise<string> {
  if (stdin.isTTY === true) stderr.write('Password: ');
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) {
    chunks.push(Buffer.from(chunk as Uint8Array));
    if (chunks.at(-1)!.includes('\n')) break;
  }
  return Buffer.concat(chunks).toString('utf8').split(/\r?\n/, 1)[0] ?? '';
}
