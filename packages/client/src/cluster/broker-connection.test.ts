import { memoryHost, silentLogger, Simulation, type Host } from '@millrace/host';
import { encodeResponse, WireWriter } from '@millrace/protocol';
import { HeartbeatRequest, HeartbeatResponse } from '@millrace/protocol/messages/heartbeat';
import { describe, expect, it } from 'vitest';
import { usualVersions } from '../testing/metadata-answer.ts';
import { ScriptedBroker, type Script, type ScriptedRequest } from '../testing/scripted-broker.ts';
import { defineApi } from './api.ts';
import { BrokerConnection, type BrokerConnectionOptions } from './broker-connection.ts';

const HEARTBEAT = defineApi(HeartbeatRequest, HeartbeatResponse);
const VERSION = 4;
const message = { groupId: 'g', generationId: 1, memberId: 'm' };
const done = { throttleTimeMs: 0, errorCode: 0 };

async function connect(
  script: Script,
  options: Partial<BrokerConnectionOptions> = {},
  host: Host = memoryHost(),
) {
  const broker = await ScriptedBroker.start(host, usualVersions, script);
  const address = { host: '127.0.0.1', port: broker.port };
  const closed = Promise.withResolvers<Error | undefined>();
  const connection = new BrokerConnection(await host.network.connect(address), address, {
    host,
    logger: silentLogger,
    clientId: 'test',
    maxInFlight: 5,
    maxIdleMs: 0,
    maxResponseBytes: 1_000_000,
    onClose: closed.resolve,
    ...options,
  });
  return {
    broker,
    connection,
    closed: closed.promise,
    beat: (timeoutMs = 5000) => connection.request(HEARTBEAT, VERSION, message, { timeoutMs }),
    async [Symbol.asyncDispose]() {
      connection.destroy();
      await broker[Symbol.asyncDispose]();
    },
  };
}

describe('BrokerConnection', () => {
  it('counts correlation ids through the end of int32 into the negatives (platformatic/kafka#302)', async () => {
    const script = (request: ScriptedRequest) => request.answer(HeartbeatResponse, done);
    await using test = await connect(script, { firstCorrelationId: 2_147_483_645 });
    for (let count = 0; count < 5; count++) await test.beat();
    expect(test.broker.requests.map(({ correlationId }) => correlationId)).toEqual([
      2_147_483_645, 2_147_483_646, 2_147_483_647, -2_147_483_648, -2_147_483_647,
    ]);
  });

  it('reads past tagged fields it does not know (platformatic/kafka#313)', async () => {
    await using test = await connect((request) => {
      const writer = new WireWriter();
      writer.unknownTaggedFields([{ tag: 40, value: Buffer.from('future') }]);
      const tagged = { ...done, unknownTaggedFields: [{ tag: 50, value: Buffer.from('also future') }] };
      const header = Buffer.concat(writer.finish());
      const { version, correlationId } = request;
      const plain = Buffer.concat(
        encodeResponse({ codec: HeartbeatResponse, version, correlationId, message: tagged }),
      );
      // Size, correlation id, then the header's tags in place of its empty section.
      const frame = Buffer.concat([plain.subarray(0, 8), header, plain.subarray(9)]);
      frame.writeInt32BE(frame.length - 4, 0);
      request.connection.write([frame]);
    });
    expect((await test.beat()).errorCode).toBe(0);
  });

  it('has no more requests in flight than it may, and keeps their order', async () => {
    const arrived = Promise.withResolvers<void>();
    await using test = await connect(
      () => {
        if (test.broker.requests.length === 2) arrived.resolve();
      },
      { maxInFlight: 2 },
    );
    const beats = Array.from({ length: 4 }, () => test.beat());
    await arrived.promise;
    expect(test.broker.requests).toHaveLength(2);
    test.broker.script = (request) => request.answer(HeartbeatResponse, done);
    for (const request of test.broker.requests.slice()) request.answer(HeartbeatResponse, done);
    await Promise.all(beats);
    expect(test.broker.requests.map(({ correlationId }) => correlationId)).toEqual([0, 1, 2, 3]);
  });

  it('closes a connection that announces an answer beyond the limit, before it comes', async () => {
    await using test = await connect((request) => {
      request.connection.write([Buffer.from('7fffffff', 'hex')]);
    });
    const beat = test.beat();
    await expect(beat).rejects.toMatchObject({ cause: { code: 'ERR_CLIENT_BAD_RESPONSE' } });
  });

  it('closes a connection that answers what nobody asked', async () => {
    await using test = await connect((request) => {
      request.answer(HeartbeatResponse, done);
      request.answer(HeartbeatResponse, done);
    });
    await test.beat();
    expect((await test.closed)?.message).toMatch(/an answer that nobody asked for/);
  });

  it('rejects a message that cannot be written, and goes on with the next', async () => {
    await using test = await connect((request) => request.answer(HeartbeatResponse, done));
    const broken = { ...message, groupId: 5 as never };
    await expect(test.connection.request(HEARTBEAT, VERSION, broken, { timeoutMs: 5000 })).rejects.toThrow();
    expect((await test.beat()).errorCode).toBe(0);
  });

  it('drains: answers come, then it closes', async () => {
    await using test = await connect((request) => request.answer(HeartbeatResponse, done));
    const beat = test.beat();
    await test.connection.drain();
    expect((await beat).errorCode).toBe(0);
    await expect(test.beat()).rejects.toMatchObject({ code: 'ERR_CLIENT_DISCONNECTED' });
  });

  it('closes itself when idle for too long, not while an answer is due', async () => {
    const simulation = new Simulation({ seed: 1 });
    await simulation.run(async () => {
      const host = simulation.host('client');
      const answerLate: Script = (request) => {
        host.timers.schedule(5000, () => request.answer(HeartbeatResponse, done));
      };
      const test = await connect(answerLate, { maxIdleMs: 1000 }, host);
      await test.beat(60_000);
      const answeredMs = simulation.nowMs;
      await test.closed;
      expect(answeredMs).toBeGreaterThanOrEqual(5000);
      expect(simulation.nowMs - answeredMs).toBeLessThan(2100);
      await test[Symbol.asyncDispose]();
    });
  });

  it('sends nothing while throttled, then everything in order (kafkajs#1532, #1556, #1572)', async () => {
    const simulation = new Simulation({ seed: 1 });
    await simulation.run(async () => {
      const throttle: Script = (request) => {
        const isFirst = request.correlationId === 0;
        request.answer(HeartbeatResponse, { ...done, throttleTimeMs: isFirst ? 3000 : 0 });
      };
      const test = await connect(throttle, {}, simulation.host('client'));
      await test.beat();
      const startMs = simulation.nowMs;
      await Promise.all([test.beat(), test.beat()]);
      expect(simulation.nowMs - startMs).toBeGreaterThanOrEqual(2999);
      expect(simulation.nowMs - startMs).toBeLessThan(3100);
      await test[Symbol.asyncDispose]();
    });
  });

  it('bounds a throttle time that makes no sense', async () => {
    const simulation = new Simulation({ seed: 1 });
    await simulation.run(async () => {
      const throttle: Script = (request) =>
        request.answer(HeartbeatResponse, { ...done, throttleTimeMs: 2_147_483_647 });
      const test = await connect(throttle, {}, simulation.host('client'));
      await test.beat();
      await test.beat(120_000);
      expect(simulation.nowMs).toBeLessThan(61_000);
      await test[Symbol.asyncDispose]();
    });
  });
});
