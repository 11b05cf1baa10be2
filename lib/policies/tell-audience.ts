import { notify } from '#lib/notices/notify.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Policy, PolicyVersion } from '#prisma/generated/client.ts'
import { stillAsked } from './audience.ts'

/** Asks everybody whom a policy is for and who has not acknowledged it, once a version. Returns how many are told. */
export async function tellAudience(
  tx: Transaction,
  ctx: Context,
  policy: Policy,
  version: PolicyVersion,
): Promise<number> {
  return notify(tx, ctx, await stillAsked(tx, ctx, policy, version), {
    kind: 'policy_asked',
    occasion: `policy:${version.id}:asked`,
    title: `Read and acknowledge ${policy.name}`,
    detail: `Version ${version.number} ${version.state === 'ratified' ? 'is in force' : 'is circulated'}: ${version.reason}`,
    href: `/govern/policies/${policy.id}`,
  })
}
