import { getSystemErrorMap } from 'node:util';

const byCode = new Map<string, { readonly errno: number; readonly text: string }>(
  [...getSystemErrorMap()].map(([errno, [code, text]]) => [code, { errno, text }]),
);

/** Where an error of the operating system happened. */
export interface SystemErrorPlace {
  readonly syscall: string;
  readonly path?: string;
  /** The second path of a rename. */
  readonly dest?: string;
  readonly address?: string;
  readonly port?: number;
}

/**
 * An error as Node's `fs` and `net` build them: same `code`, `errno`, `syscall` and message, so that callers cannot
 * tell a simulated disk or network from a real one.
 */
export function systemError(code: string, place: SystemErrorPlace): NodeJS.ErrnoException {
  const known = byCode.get(code) ?? { errno: -1, text: 'unknown error' };
  const message =
    place.address === undefined
      ? `${code}: ${known.text}, ${place.syscall}${quoted(place)}`
      : `${place.syscall} ${code} ${place.address}${place.port === undefined ? '' : `:${place.port}`}`;
  return Object.assign(new Error(message), { code, errno: known.errno, ...place });
}

function quoted({ path, dest }: SystemErrorPlace): string {
  if (path === undefined) return '';
  return dest === undefined ? ` '${path}'` : ` '${path}' -> '${dest}'`;
}

/** The `code` of a system error (`ENOENT`, `ECONNRESET`, ...), `undefined` for anything else. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
