import 'server-only'
import type { z } from 'zod'
import type { AnnotatedKind } from '#core/annotations/annotated-kinds.ts'
import { isId } from '#core/ids.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { read } from '#lib/platform/transaction.ts'
import type { Annotation } from '#prisma/generated/client.ts'
import { type AnnotatedRecord, requireVisible, visibleRecords } from './annotated-records.ts'
import type { AnnotationDto, AnnotationsDto, FileDto } from './schema.ts'
import { mayWithdraw } from './withdraw-annotation.ts'

const LATEST = 200

type Row = Omit<Annotation, 'content'>

/** What people have added to a record that the caller may see, the latest two hundred, newest first. */
export function listAnnotations(ctx: Context, about: { kind: AnnotatedKind; id: string }): Promise<AnnotationsDto> {
  requirePermission(ctx, 'annotations.read')
  return read(ctx, async tx => {
    const record = await requireVisible(tx, ctx, about)
    const rows = await tx.annotation.findMany({
      where: {
        organizationId: ctx.organizationId,
        OR: [
          { recordKind: about.kind, recordId: about.id },
          { kind: 'link', linkedKind: about.kind, linkedId: about.id },
        ],
      },
      omit: { content: true },
      orderBy: { id: 'desc' },
      take: LATEST,
    })
    const visible = await visibleRecords(
      tx,
      ctx,
      rows.flatMap(row => otherEnd(row, record) ?? []),
    )
    const byId = new Map(visible.map(one => [one.id, one]))
    return { record, data: rows.map(row => toDto(ctx, row, record, byId)) }
  })
}

/** A file that is attached to a record that the caller may see. Throws `not_found` for any other, and for one withdrawn. */
export function getFile(ctx: Context, id: string): Promise<z.infer<typeof FileDto>> {
  requirePermission(ctx, 'annotations.read')
  if (!isId(id)) throw notFound('file')
  return read(ctx, async tx => {
    const where = { id, organizationId: ctx.organizationId, kind: 'file', withdrawnAt: null }
    const row = await tx.annotation.findFirst({ where })
    const about = row && { kind: row.recordKind as AnnotatedKind, id: row.recordId }
    if (!row?.content || !about || (await visibleRecords(tx, ctx, [about])).length === 0) throw notFound('file')
    return {
      name: row.fileName ?? '',
      mediaType: row.mediaType ?? 'application/octet-stream',
      digest: row.digest ?? '',
      content: Buffer.from(row.content).toString('base64'),
    }
  })
}

/** The record that a link leads to from one of its ends; null for what is no link. */
function otherEnd(row: Row, record: AnnotatedRecord): { kind: AnnotatedKind; id: string } | null {
  if (row.kind !== 'link' || row.linkedId === null) return null
  if (row.recordId !== record.id) return { kind: row.recordKind as AnnotatedKind, id: row.recordId }
  return { kind: row.linkedKind as AnnotatedKind, id: row.linkedId }
}

function toDto(
  ctx: Context,
  row: Row,
  record: AnnotatedRecord,
  visible: ReadonlyMap<string, AnnotatedRecord>,
): AnnotationDto {
  const isOver = row.withdrawnAt !== null
  const other = otherEnd(row, record)
  const shown = other && (visible.get(other.id) ?? null)
  return {
    id: row.id,
    kind: row.kind as AnnotationDto['kind'],
    text: isOver ? '' : row.text,
    authorName: row.authorName,
    createdAt: row.createdAt.toISOString(),
    file:
      row.fileName !== null && !isOver
        ? { name: row.fileName, mediaType: row.mediaType ?? '', bytes: row.bytes ?? 0, digest: row.digest ?? '' }
        : null,
    link:
      other && !isOver
        ? { kind: other.kind, id: shown?.id ?? null, name: shown?.name ?? null, href: shown?.href ?? null }
        : null,
    withdrawn: row.withdrawnAt && {
      byName: row.withdrawnByName ?? '',
      at: row.withdrawnAt.toISOString(),
      reason: row.withdrawnReason ?? '',
    },
    mayWithdraw: !isOver && mayWithdraw(ctx, row),
  }
}
