import { notify } from '#lib/notices/notify.ts'
import { peopleOfRoles } from '#lib/notices/recipients.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

/** Tells the people of Security what an audit found; where there are none, the administrators. */
export async function tellSecurity(
  tx: Transaction,
  ctx: Context,
  auditId: string,
  violations: number,
  rules: readonly string[],
): Promise<void> {
  const security = await peopleOfRoles(tx, ctx.organizationId, ['security'])
  const people = security.length > 0 ? security : await peopleOfRoles(tx, ctx.organizationId, ['administrator'])
  await notify(tx, ctx, people, {
    kind: 'content_audit_finding',
    title: `${violations} ${violations === 1 ? 'entry' : 'entries'} of the content log should not be there`,
    detail: rules.join('. '),
    href: `/security/content-log?audit=${auditId}`,
    occasion: `content-audit:${auditId}`,
  })
}
