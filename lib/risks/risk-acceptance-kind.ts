import { z } from 'zod'
import { riskLevel } from '#core/risks/risk.ts'
import type { ApprovalKind } from '#lib/approvals/approval-kind.ts'
import { conflict } from '#lib/platform/errors.ts'
import { keepRisk } from './keep-risk.ts'
import { termsOf } from './risk-record.ts'

const Rating = z.strictObject({ likelihood: z.int(), impact: z.int() })

/** What is accepted: the risk as it is judged, until a day. */
const Snapshot = z.strictObject({
  terms: z.strictObject({
    title: z.string(),
    description: z.string(),
    inherent: Rating,
    residual: Rating,
    plan: z.string(),
  }),
  until: z.string(),
})

const words = (rating: z.infer<typeof Rating>) =>
  `${riskLevel(rating)}: likelihood ${rating.likelihood}, impact ${rating.impact}`

/** Living with a risk that stays high. Judging it anew ends the acceptance, and so does the day. */
export const riskAcceptanceKind: ApprovalKind = {
  id: 'risk_acceptance',
  title: 'Acceptance of a risk',
  policy: {
    steps: [
      {
        name: 'Executive or the board',
        approvers: { roles: ['executive', 'board_member'] },
        escalateAfterHours: 72,
        escalateTo: { roles: ['administrator'] },
      },
    ],
  },
  describe(snapshot) {
    const { terms, until } = Snapshot.parse(snapshot)
    return [
      { label: 'Risk', before: null, after: `${terms.title}: ${terms.description}` },
      { label: 'Level', before: words(terms.inherent), after: words(terms.residual) },
      { label: 'What is done about it', before: null, after: terms.plan },
      { label: 'Accepted until', before: null, after: until },
    ]
  },
  href: ({ subjectId }) => `/govern/risks/${subjectId}`,
  async current(tx, ctx, { subjectId, snapshot }) {
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtext('risk'), hashtext(${subjectId}))::text`
    const risk = await tx.risk.findFirst({
      where: { id: subjectId, organizationId: ctx.organizationId, closedAt: null },
    })
    const asked = Snapshot.parse(snapshot)
    return risk && Date.parse(asked.until) > Date.now() ? { ...asked, terms: termsOf(risk) } : null
  },
  async carryOut(tx, ctx, { id, subjectId, snapshot, reason }) {
    const before = await tx.risk.findFirst({ where: { id: subjectId, organizationId: ctx.organizationId } })
    if (!before) throw conflict('The risk is no more.')
    const vote = await tx.approvalVote.findFirst({ where: { requestId: id, vote: 'approve' }, orderBy: { id: 'desc' } })
    const accepted = { acceptedAt: new Date(), acceptedUntil: new Date(Snapshot.parse(snapshot).until) }
    const after = await tx.risk.update({
      where: { id: subjectId },
      data: { ...accepted, acceptedBy: vote?.voterName ?? null, version: before.version + 1, updatedAt: new Date() },
    })
    await keepRisk(tx, ctx, { before, after, action: 'risk.accepted', reason })
    return { kind: 'risk', id: subjectId, name: after.title, href: `/govern/risks/${subjectId}` }
  },
}
