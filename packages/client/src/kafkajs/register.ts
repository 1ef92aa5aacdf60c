/**
 * Loaded with `node --import @millrace/client/kafkajs/register`: whoever imports or requires `kafkajs` gets this layer,
 * libraries included that import it by themselves, such as `@nestjs/microservices`.
 *
 * @packageDocumentation
 */
import { registerHooks } from 'node:module';

const layer = import.meta.resolve('@millrace/client/kafkajs');

registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === 'kafkajs' ? { url: layer, shortCircuit: true } : nextResolve(specifier, context),
});
