import { readableContent } from '#core/content/readable-content.ts'
import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, invalid, notFound, parseInput } from '#lib/platform/errors.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import type { RequestContent as ContentRow } from '#prisma/generated/client.ts'
import { findContentEvent, openEntry } from './find-content.ts'
import { type ContentDto, ReadContentInput } from './schema.ts'

/** What the audit entries of reads are about. */
export const CONTENT_SUBJECT = 'request_content'

/**
 * Reads what was asked and answered in one request, and writes who did and why into the audit log in the same
 * transaction: without the entry, no content. A tier with restricted access demands a further permission and a reason.
 */
export async function readContent({ ctx, input }: VerbArgs): Promise<ContentDto> {
  requirePermission(ctx, 'content.read')
  const { id, reason } = parseInput(ReadContentInput, input)
  return transact(ctx, async tx => {
    const event = await findContentEvent(tx, ctx, id, 'content.read')
    const row = event && (await tx.requestContent.findFirst({ where: { id, occurredAt: event.at } }))
    if (!event || !row) throw notFound('content')
    const logging = await loggingNow(tx, row)
    if (logging === 'restricted') {
      requirePermission(ctx, 'content.readRestricted')
      if (!reason) throw invalid('reason', `Content of the tier ${row.tier} is read for a reason only. Say which.`)
    }
    await audit(tx, ctx, {
      action: 'content.read',
      subject: { kind: CONTENT_SUBJECT, id, name: `Request ${id.slice(-12)}` },
      after: { tier: row.tier, logging },
      ...(reason ? { reason } : {}),
    })
    const content = openEntry(row, await tx.contentKey.findFirst({ where: { id: row.keyId } }))
    const { request, response } = content
    const { conversation, answers } = readableContent(event.dialect, content)
    return {
      id,
      occurredAt: row.occurredAt.toISOString(),
      tier: row.tier,
      logging,
      dialect: event.dialect,
      conversation: conversation && [...conversation],
      answers: answers?.map(parts => [...parts]) ?? null,
      request,
      response,
    }
  })
}

/** The stricter of what the tier said then and says now. Throws `conflict` when it keeps none any more. */
async function loggingNow(tx: Transaction, { organizationId, tier: name, logging }: ContentRow) {
  const tier = await tx.tier.findFirst({ where: { organizationId, name } })
  if (tier?.contentLogging !== 'full' && tier?.contentLogging !== 'restricted') {
    throw conflict(
      `The tier ${name} keeps no content any more. What was kept is being dropped and can no longer be read.`,
    )
  }
  return tier.contentLogging === 'full' && logging === 'full' ? ('full' as const) : ('restricted' as const)
}
