import { Controller, Module } from '@nestjs/common';
import {
  ClientKafka,
  Ctx,
  EventPattern,
  type KafkaContext,
  MessagePattern,
  Payload,
} from '@nestjs/microservices';

export interface Order {
  readonly id: string;
  readonly amount: number;
}

/** What the handlers saw. */
export const seen: { readonly topic: string; readonly offset: string; readonly order: Order }[] = [];
export const firstEvent = Promise.withResolvers<void>();

/** Decorators are applied by hand: type stripping leaves them alone. */
export class OrdersController {
  total(orders: readonly Order[]): { total: number } {
    return { total: orders.reduce((sum, { amount }) => sum + amount, 0) };
  }

  created(order: Order, context: KafkaContext): void {
    seen.push({ topic: context.getTopic(), offset: context.getMessage().offset, order });
    if (seen.length === 2) firstEvent.resolve();
  }
}

const prototype = OrdersController.prototype;
decorate('total', MessagePattern('orders.total'), [Payload()]);
decorate('created', EventPattern('orders.created') as MethodDecorator, [Payload(), Ctx()]);
Controller()(OrdersController);

export class OrdersModule {
  readonly name = 'orders';
}
Module({ controllers: [OrdersController] })(OrdersModule);

export function makeClient(brokers: string[]): ClientKafka {
  return new ClientKafka({ client: { brokers }, consumer: { groupId: 'shop', maxWaitTimeInMs: 50 } });
}

function decorate(
  method: 'total' | 'created',
  handler: MethodDecorator,
  parameters: readonly ParameterDecorator[],
): void {
  handler(prototype, method, Object.getOwnPropertyDescriptor(prototype, method)!);
  for (const [index, parameter] of parameters.entries()) parameter(prototype, method, index);
}
