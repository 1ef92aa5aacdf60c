import { ErrorCode, WireReader, WireWriter } from '@millrace/protocol';
import { EnvelopeResponse } from '@millrace/protocol/messages/envelope';
import { expect, it } from 'vitest';
import { RequestForwarder, type ForwardingChannel } from './request-forwarder.ts';

/** A controller that answers when the test says so, on several connections. */
class PatientController {
  readonly asked: number[] = [];
  readonly answers: (() => void)[] = [];

  channel(number: number): ForwardingChannel {
    return {
      send: (api) => {
        this.asked.push(number);
        const writer = new WireWriter();
        EnvelopeResponse.write(writer, { responseData: Buffer.of(number), errorCode: ErrorCode.NONE }, 0);
        const response = api.response.read(new WireReader(writer.toBuffer()), 0);
        return new Promise((resolve) => this.answers.push(() => resolve(response)));
      },
    };
  }
}

it('passes requests on side by side, over the connection with the least under way', async () => {
  const closed = new AbortController().signal;
  const connection = { principal: 'User:alice', remoteHost: '127.0.0.1', closed };
  const controller = new PatientController();
  const channels = [0, 1, 2].map((number) => controller.channel(number));
  const forwarder = new RequestForwarder(channels, () => 1000);
  const forward = () => forwarder.forward(Buffer.alloc(0), { connection });

  const first = forward();
  controller.answers[0]!();
  expect([...(await first)]).toEqual([0]);
  const waiting = [forward(), forward(), forward(), forward()];
  expect(controller.asked).toEqual([0, 0, 1, 2, 0]);
  controller.answers[2]!();
  expect([...(await waiting[1]!)]).toEqual([1]);
  waiting.push(forward());
  expect(controller.asked.at(-1)).toBe(1);
  for (const answer of controller.answers) answer();
  await Promise.all(waiting);
});
