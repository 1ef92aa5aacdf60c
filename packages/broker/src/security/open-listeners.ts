import type { Logger } from '@millrace/host';
import type { BoundListener } from '../connection/socket-server.ts';

/** Says once, at the start, which listeners any machine that reaches them may use without authentication. */
export function warnOfOpenListeners(listeners: readonly BoundListener[], logger: Logger): void {
  const open = listeners.filter(
    ({ boundHost, security }) => security.isOpenToAnybody && !isLoopback(boundHost),
  );
  if (open.length === 0) return;
  logger.warn('Listeners are open to other machines without authentication', {
    listeners: open.map(({ name, boundHost, port }) => `${name}://${boundHost}:${port}`),
    help: 'docs/how-to/secure-a-node.md',
  });
}

function isLoopback(host: string): boolean {
  return host === '::1' || /^(::ffff:)?127\./.test(host);
}
