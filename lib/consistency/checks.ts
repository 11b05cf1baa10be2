import type { ConsistencyCheck } from './check.ts'
import { BOARD_CHECKS } from './checks/board-checks.ts'
import { CATALOG_CHECKS } from './checks/catalog-checks.ts'
import { LIMIT_CHECKS } from './checks/limit-checks.ts'
import { PEOPLE_CHECKS } from './checks/people-checks.ts'
import { POLICY_CHECKS } from './checks/policy-checks.ts'
import { REGISTER_CHECKS } from './checks/register-checks.ts'
import { WORKLOAD_CHECKS } from './checks/workload-checks.ts'

/** Every rule that records keep among each other. */
export const CONSISTENCY_CHECKS: readonly ConsistencyCheck[] = [
  ...CATALOG_CHECKS,
  ...LIMIT_CHECKS,
  ...PEOPLE_CHECKS,
  ...BOARD_CHECKS,
  ...POLICY_CHECKS,
  ...REGISTER_CHECKS,
  ...WORKLOAD_CHECKS,
]
