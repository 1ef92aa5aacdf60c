import { PassThrough, Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { createLogger, type LogLevel } from './logger.ts';

function linesOf(write: (logger: ReturnType<typeof createLogger>) => void, least: LogLevel, isTTY: boolean) {
  const stderr = Object.assign(new PassThrough(), { isTTY });
  const { signal } = new AbortController();
  const terminal = { stdin: Readable.from([]), stdout: new PassThrough(), stderr, env: {}, signal };
  write(createLogger(terminal, least, () => 1_750_000_000_000));
  return (stderr.read() as Buffer | null)?.toString() ?? '';
}

const failure = Object.assign(new Error('no space left'), { code: 'ENOSPC' });

test('log lines are JSON for collectors', () => {
  const text = linesOf((logger) => logger.error('Disk failed', { error: failure, bytes: 3n }), 'warn', false);
  expect(text).toMatchInlineSnapshot(`
    "{"level":50,"time":"2025-06-15T15:06:40.000Z","error":{"name":"Error","message":"no space left","code":"ENOSPC"},"bytes":3,"msg":"Disk failed"}
    "
  `);
});

test('log lines are plain for a person at a terminal', () => {
  const text = linesOf((logger) => logger.warn('Disk is slow', { directory: '/data' }), 'info', true);
  expect(text).toMatchInlineSnapshot(`
    "15:06:40.000 warn Disk is slow directory="/data"
    "
  `);
});

test('log lines below the level are left out', () => {
  const write = (logger: ReturnType<typeof createLogger>) => {
    logger.debug('a');
    logger.info('b');
    logger.warn('c');
  };
  expect(linesOf(write, 'error', false)).toBe('');
  expect(linesOf((logger) => logger.error('d'), 'silent', false)).toBe('');
});

test('a field that JSON cannot hold does not cost the line', () => {
  const circular: { self?: unknown } = {};
  circular.self = circular;
  expect(linesOf((logger) => logger.info('Odd', { circular }), 'info', false)).toContain('"msg":"Odd"');
});
