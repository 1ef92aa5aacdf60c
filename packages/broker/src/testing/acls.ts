import { CreateAclsRequest, CreateAclsResponse } from '@millrace/protocol/messages/create-acls';
import { AclOperation, AclPatternType, AclPermissionType, AclResourceType } from '@millrace/protocol';
import type { RawConnection } from './raw-connection.ts';

export const withAuthorizer = {
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  'super.users': 'User:admin',
} as const;

export interface TestAcl {
  readonly type: keyof typeof AclResourceType;
  readonly name: string;
  readonly operation: keyof typeof AclOperation;
  readonly principal?: string;
  readonly pattern?: keyof typeof AclPatternType;
  readonly permission?: keyof typeof AclPermissionType;
}

/** Sends the ACLs as one request. @returns the error codes */
export async function createAcls(connection: RawConnection, acls: readonly TestAcl[]): Promise<number[]> {
  const creations = acls.map(({ type, name, operation, principal = 'User:alice', ...rest }) => ({
    resourceType: AclResourceType[type],
    resourceName: name,
    resourcePatternType: AclPatternType[rest.pattern ?? 'LITERAL'],
    principal,
    host: '*',
    operation: AclOperation[operation],
    permissionType: AclPermissionType[rest.permission ?? 'ALLOW'],
  }));
  const { results } = await connection.send({
    request: CreateAclsRequest,
    response: CreateAclsResponse,
    version: 3,
    message: { creations },
  });
  return results.map(({ errorCode }) => errorCode);
}
