import { MillraceError } from '@millrace/protocol';
import { CliError } from './cli-error.ts';
import { ExitCode } from './exit-codes.ts';

export interface ErrorDescription {
  readonly message: string;
  readonly hint: string | undefined;
  readonly exitCode: ExitCode;
}

/** Kafka errors by what a script should make of them. */
const notFound = new Set([
  'UNKNOWN_TOPIC_OR_PARTITION',
  'UNKNOWN_TOPIC_ID',
  'GROUP_ID_NOT_FOUND',
  'RESOURCE_NOT_FOUND',
]);
const refused = new Set([
  'TOPIC_ALREADY_EXISTS',
  'NON_EMPTY_GROUP',
  'GROUP_SUBSCRIBED_TO_TOPIC',
  'TOPIC_AUTHORIZATION_FAILED',
  'GROUP_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
  'ERR_CLIENT_AUTHENTICATION_FAILED',
  'SECURITY_DISABLED',
  'TOPIC_DELETION_DISABLED',
  'POLICY_VIOLATION',
]);

const hints: Readonly<Record<string, string>> = {
  UNKNOWN_TOPIC_OR_PARTITION: 'Run "millrace topic list" to see the topics there are.',
  GROUP_ID_NOT_FOUND: 'Run "millrace group list" to see the groups there are.',
  NON_EMPTY_GROUP: 'Stop the consumers of the group first.',
  TOPIC_ALREADY_EXISTS: 'Choose another name, or "millrace topic alter" to change the one that exists.',
  SECURITY_DISABLED: 'The node enforces no ACLs; set authorizer.class.name to have it do so.',
  ERR_CLIENT_AUTHENTICATION_FAILED:
    'Give name and password in a file: sasl.mechanism and sasl.jaas.config, by --config.',
  ECONNREFUSED:
    'Is a node running there? Start one with "millrace start", or name another with --bootstrap-server.',
  ERR_REGISTRY_UNAVAILABLE:
    'Is a schema registry running there? Start one with "millrace schema-registry start", or name another with --registry.',
  EADDRINUSE: 'Another process listens there; choose another address with --listen, or stop it.',
};

/** What went wrong in one sentence, what to do about it, and the exit code a script gets. */
export function describeError(error: unknown): ErrorDescription {
  if (error instanceof CliError)
    return { message: error.message, hint: error.hint, exitCode: error.exitCode };
  const code = codeOf(error);
  return {
    message: error instanceof Error ? error.message : String(error),
    hint: chain(error)
      .map(codeOf)
      .flatMap((name) => hints[name] ?? [])[0],
    exitCode: exitCodeOf(error, code),
  };
}

function exitCodeOf(error: unknown, code: string): ExitCode {
  if (code === 'ERR_REGISTRY_REFUSED') return registryExitCode((error as { status?: unknown }).status);
  if (notFound.has(code)) return ExitCode.NOT_FOUND;
  if (refused.has(code)) return ExitCode.REFUSED;
  if (error instanceof MillraceError && code === 'ERR_CONFIG_INVALID_PROPERTY') return ExitCode.USAGE;
  return ExitCode.FAILED;
}

/** By the HTTP status with which a schema registry refused. */
function registryExitCode(status: unknown): ExitCode {
  if (status === 404) return ExitCode.NOT_FOUND;
  return typeof status === 'number' && status < 500 ? ExitCode.REFUSED : ExitCode.FAILED;
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** The error and its causes, outermost first. */
function chain(error: unknown): unknown[] {
  const links: unknown[] = [];
  for (let current = error; current instanceof Error && links.length < 10; current = current.cause)
    links.push(current);
  return links;
}
