import { memoryHost } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import {
  ConsumerGroupDescribeRequest,
  ConsumerGroupDescribeResponse,
} from '@millrace/protocol/messages/consumer-group-describe';
import { UpdateFeaturesRequest, UpdateFeaturesResponse } from '@millrace/protocol/messages/update-features';
import { describe, expect, it } from 'vitest';
import type { RawConnection } from '../testing/raw-connection.ts';
import { formatAtLevel } from '../testing/format-at-level.ts';
import { TestBroker } from '../testing/test-broker.ts';

const [UPGRADE, SAFE_DOWNGRADE] = [1, 2];

function setLevel(
  connection: RawConnection,
  version: number,
  update: { feature?: string; level: number; upgradeType?: number; validateOnly?: boolean },
) {
  const { feature = 'group.version', level, upgradeType = UPGRADE, validateOnly = false } = update;
  const isOld = version === 0;
  return connection.send({
    request: UpdateFeaturesRequest,
    response: UpdateFeaturesResponse,
    version,
    message: {
      featureUpdates: [
        {
          feature,
          maxVersionLevel: level,
          ...(isOld ? { allowDowngrade: upgradeType !== UPGRADE } : { upgradeType }),
        },
      ],
      ...(isOld ? {} : { validateOnly }),
    },
  });
}

async function describeGroupsError(connection: RawConnection): Promise<number> {
  const { groups } = await connection.send({
    request: ConsumerGroupDescribeRequest,
    response: ConsumerGroupDescribeResponse,
    version: 1,
    message: { groupIds: ['any'], includeAuthorizedOperations: false },
  });
  return groups[0]!.errorCode;
}

describe('UpdateFeatures', () => {
  it.each([1, 2])('takes a feature away and gives it back, at once, in version %i', async (version) => {
    const host = memoryHost();
    const server = await TestBroker.start({}, host);
    await server.broker.ensureInternalTopic('__consumer_offsets');
    const connection = await server.connect();
    const down = { level: 0, upgradeType: SAFE_DOWNGRADE };
    expect((await setLevel(connection, version, { ...down, validateOnly: true })).errorCode).toBe(0);
    expect(await describeGroupsError(connection)).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
    const { errorCode, results } = await setLevel(connection, version, down);
    expect(errorCode).toBe(ErrorCode.NONE);
    expect(results).toHaveLength(version < 2 ? 1 : 0);
    expect(await describeGroupsError(connection)).toBe(ErrorCode.UNSUPPORTED_VERSION);
    await server[Symbol.asyncDispose]();
    await using restarted = await TestBroker.start({}, host);
    const again = await restarted.connect();
    expect(await describeGroupsError(again)).toBe(ErrorCode.UNSUPPORTED_VERSION);
    expect((await setLevel(again, version, { level: 1 })).errorCode).toBe(ErrorCode.NONE);
    expect(await describeGroupsError(again)).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
  });

  it.each([
    ['a feature nobody knows', { feature: 'no.such.version', level: 1 }, 'no such feature'],
    ['a level above the supported ones', { level: 9 }, 'levels 0 to 1 are supported'],
    ['a negative level', { level: -1 }, 'levels 0 to 1 are supported'],
    ['a downgrade that is not called one', { level: 0 }, 'say that a downgrade is meant'],
    [
      'to let others vote with a node that they cannot reach',
      { feature: 'kraft.version', level: 1 },
      'node 1 has no controller listener',
    ],
    ['a kraft.version nobody knows', { feature: 'kraft.version', level: 2 }, 'levels 0 to 1 are supported'],
    ['a type that does not exist', { level: 1, upgradeType: 7 }, 'upgrade type 7 is unknown'],
    [
      'an older metadata version',
      { feature: 'metadata.version', level: 22, upgradeType: SAFE_DOWNGRADE },
      'records in the metadata log',
    ],
  ])('refuses %s', async (_, update, reason) => {
    await using server = await TestBroker.start();
    const { errorCode, errorMessage } = await setLevel(await server.connect(), 1, update);
    expect(errorCode).toBe(ErrorCode.INVALID_UPDATE_VERSION);
    expect(errorMessage).toContain(reason);
  });

  it('goes back to an older metadata version and up again, where the records are the same', async () => {
    const host = memoryHost();
    await formatAtLevel(host, 29, ['/data']);
    await using server = await TestBroker.start({}, host);
    const connection = await server.connect();
    const feature = 'metadata.version';
    const level = () => server.broker.image.features.get(feature);
    const down = { feature, level: 23, upgradeType: SAFE_DOWNGRADE };
    expect((await setLevel(connection, 1, down)).errorCode).toBe(ErrorCode.NONE);
    expect(level()).toBe(23);
    expect((await setLevel(connection, 1, { feature, level: 30 })).errorCode).toBe(ErrorCode.NONE);
    expect(level()).toBe(30);
    const back = await setLevel(connection, 1, { ...down, level: 29 });
    expect(back.errorMessage).toContain('records in the metadata log');
    const beyond = await setLevel(connection, 1, { feature, level: 31 });
    expect(beyond.errorMessage).toContain('levels 7 to 30 are supported');
  });

  it('refuses a downgrade in version 0, which cannot say how safe it must be', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    expect((await setLevel(connection, 0, { level: 0, upgradeType: SAFE_DOWNGRADE })).errorCode).toBe(
      ErrorCode.INVALID_UPDATE_VERSION,
    );
    expect((await setLevel(connection, 0, { level: 1 })).results).toEqual([
      expect.objectContaining({ feature: 'group.version', errorCode: ErrorCode.NONE }),
    ]);
  });
});
