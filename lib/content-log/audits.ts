import 'server-only'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { read } from '#lib/platform/transaction.ts'
import { contentAuditDto } from './content-audit-dto.ts'
import type { ContentAuditDto } from './schema.ts'

/** Audits of the content log, the newest first. */
export function listContentAudits(ctx: Context, limit = 30): Promise<ContentAuditDto[]> {
  requirePermission(ctx, 'content.list')
  return read(ctx, async tx => {
    const where = { organizationId: ctx.organizationId }
    const rows = await tx.contentAudit.findMany({ where, orderBy: { effectiveAt: 'desc' }, take: limit })
    return rows.map(contentAuditDto)
  })
}

/** One audit; throws `not_found` for another organization's. */
export function getContentAudit(ctx: Context, id: string): Promise<ContentAuditDto> {
  requirePermission(ctx, 'content.list')
  return read(ctx, async tx => {
    const row = await tx.contentAudit.findFirst({ where: { id, organizationId: ctx.organizationId } })
    if (!row) throw notFound('audit of the content log')
    return contentAuditDto(row)
  })
}
