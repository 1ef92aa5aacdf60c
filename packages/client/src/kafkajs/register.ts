/**
 * Loaded with `node --import @millrace/client/kafkajs/register`: whoever imports or requires `kafkajs` gets this layer,
 * libraries included that import it by themselves, such as `@nestjs/microservices`.
 *
 * @packageDocumentation
 */
import { registerHooks } from 'node:module';

/** The module whose place the layer takes. */
export const replacedModule = 'kafkajs';

const layer = import.meta.resolve('@millrace/client/kafkajs');

registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === replacedModule ? { url: layer, shortCircuit: true } : nextResolve(specifier, context),
});
