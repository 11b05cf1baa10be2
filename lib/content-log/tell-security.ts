import { newId } from '#core/ids.ts'
import type { Context } from '#lib/platform/context.ts'
import { announce } from '#lib/platform/live.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

/** Tells the people of Security what an audit found; where there are none, the administrators. */
export async function tellSecurity(
  tx: Transaction,
  ctx: Context,
  auditId: string,
  violations: number,
  rules: readonly string[],
): Promise<void> {
  const { organizationId } = ctx
  const holders = (role: string) =>
    tx.person.findMany({ where: { organizationId, status: 'active', roles: { has: role } }, select: { id: true } })
  const security = await holders('security')
  const people = security.length > 0 ? security : await holders('administrator')
  await tx.notice.createMany({
    data: people.map(({ id }) => ({
      id: newId(),
      organizationId,
      personId: id,
      kind: 'content_audit_finding',
      title: `${violations} ${violations === 1 ? 'entry' : 'entries'} of the content log should not be there`,
      detail: rules.join('. '),
      href: `/security/content-log?audit=${auditId}`,
      occasion: `content-audit:${auditId}`,
    })),
    skipDuplicates: true,
  })
  await announce(tx, ctx, 'notices', auditId)
}
