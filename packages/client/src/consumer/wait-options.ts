import { checkOptionNames } from '../option-checks.ts';

/** For calls that wait. */
export interface WaitOptions {
  /** Milliseconds; default `default.api.timeout.ms`. */
  readonly timeoutMs?: number;
  /** Ends the wait; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What bounds a call that waits. */
export interface WaitLimits {
  readonly timeoutMs: number;
  /** The option or property that `timeoutMs` is from, for messages. */
  readonly limitedBy: string;
  readonly signal?: AbortSignal;
}

const names = Object.keys({ timeoutMs: true, signal: true } satisfies Record<keyof WaitOptions, true>);

/** @param call for messages, for example `poll()` @throws InvalidOptionError */
export function checkWaitOptions(call: string, options: WaitOptions): void {
  checkOptionNames(call, options, names);
}

/** @param defaultTimeoutMs `default.api.timeout.ms` @throws InvalidOptionError */
export function waitLimits(options: WaitOptions, defaultTimeoutMs: number): WaitLimits {
  checkWaitOptions('the call', options);
  const { timeoutMs, signal } = options;
  return {
    timeoutMs: timeoutMs ?? defaultTimeoutMs,
    limitedBy: timeoutMs === undefined ? 'default.api.timeout.ms' : 'timeoutMs',
    ...(signal === undefined ? {} : { signal }),
  };
}
