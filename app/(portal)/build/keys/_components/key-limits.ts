import { parseUsd } from '#core/usd.ts'
import type { KeyDto } from '#lib/keys/schema.ts'
import type { KeyLimits } from './key-facts.ts'

/** The limits of an issued key. */
export function limitsOfKey(record: KeyDto): KeyLimits {
  return {
    modelIds: record.modelIds,
    requestsPerMinute: record.requestsPerMinute,
    dailyLimit: record.dailyLimitUsd === null ? null : parseUsd(record.dailyLimitUsd),
    ipAllowList: record.ipAllowList,
  }
}
