import { EDITIONS } from '../syntax/parse-proto.ts';
import type { ProtoFile, ProtoMethod, ProtoService } from '../syntax/proto-file.ts';
import { elementsOf } from '../syntax/elements-of.ts';
import { describeEnum } from './describe-enum.ts';
import { MessageDescriber, type NestedOrder } from './describe-message.ts';
import type { FileDescriptorProto, MethodDescriptorProto, ServiceDescriptorProto } from './descriptor.ts';
import { Origins } from './origins.ts';

/** A descriptor whose type names are as written, and where its parts come from. */
export interface Description {
  readonly file: FileDescriptorProto;
  readonly origins: Origins;
}

/** The descriptor of a file as far as it can be told without the files it imports. */
export function describeFile(proto: ProtoFile, name: string, order: NestedOrder): Description {
  const origins = new Origins();
  const file: FileDescriptorProto = {
    name,
    ...(proto.package === undefined ? {} : { package: proto.package }),
    ...describeImports(proto),
    messageType: [],
    enumType: elementsOf(proto.elements, 'enum').map((type) => describeEnum(type, origins)),
    service: elementsOf(proto.elements, 'service').map((service) => describeService(service, origins)),
    extension: [],
    ...describeSyntax(proto),
  };
  origins.note(file, 0, elementsOf(proto.elements, 'option'));
  const messages = new MessageDescriber(proto.syntax === 'proto3', order, origins);
  messages.describeTopLevel(proto.elements, file);
  return { file, origins };
}

function describeImports({
  imports,
}: ProtoFile): Pick<
  FileDescriptorProto,
  'dependency' | 'publicDependency' | 'weakDependency' | 'optionDependency'
> {
  const files = imports.filter(({ modifier }) => modifier !== 'option');
  const indexesOf = (wanted: string): number[] =>
    files.flatMap(({ modifier }, index) => (modifier === wanted ? [index] : []));
  return {
    dependency: files.map(({ path }) => path),
    publicDependency: indexesOf('public'),
    weakDependency: indexesOf('weak'),
    optionDependency: imports.filter(({ modifier }) => modifier === 'option').map(({ path }) => path),
  };
}

function describeSyntax({ syntax, edition }: ProtoFile): Pick<FileDescriptorProto, 'syntax' | 'edition'> {
  const number = edition === undefined ? undefined : EDITIONS[edition];
  if (number !== undefined) return { syntax: 'editions', edition: number };
  return syntax === 'proto3' ? { syntax } : {};
}

function describeService(service: ProtoService, origins: Origins): ServiceDescriptorProto {
  const method = service.methods.map((item) => describeMethod(item, origins));
  return origins.note({ name: service.name, method }, service.at, service.options);
}

function describeMethod(method: ProtoMethod, origins: Origins): MethodDescriptorProto {
  const descriptor: MethodDescriptorProto = {
    name: method.name,
    inputType: method.input,
    outputType: method.output,
    ...(method.hasBody ? { options: Buffer.alloc(0) } : {}),
    ...(method.clientStreaming ? { clientStreaming: true } : {}),
    ...(method.serverStreaming ? { serverStreaming: true } : {}),
  };
  return origins.note(descriptor, method.at, method.options);
}
