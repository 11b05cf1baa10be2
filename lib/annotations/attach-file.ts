import { createHash } from 'node:crypto'
import { MOST_FILE_BYTES } from '#core/annotations/annotated-kinds.ts'
import type { VerbArgs } from '#lib/platform/context.ts'
import { conflict, invalid, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { requireVisible } from './annotated-records.ts'
import { AttachFileInput, MOST_FILES } from './schema.ts'
import { lockAnnotations, requireAuthor, writeAnnotation } from './write-annotation.ts'

/**
 * Attaches a file to a record that the caller may see, kept as it is with its SHA-256. Throws `conflict` when the same
 * content is attached already, or when the record has as many files as it may have.
 */
export function attachFile({ ctx, input }: VerbArgs): Promise<{ id: string }> {
  requireAuthor(ctx)
  const { recordKind: kind, recordId, name, mediaType, content: base64, text } = parseInput(AttachFileInput, input)
  const content = Buffer.from(base64, 'base64')
  if (content.length > MOST_FILE_BYTES) throw invalid('content', 'A file may have at most 5 MiB.')
  const digest = createHash('sha256').update(content).digest('hex')
  return transact(ctx, async tx => {
    const record = await requireVisible(tx, ctx, { kind, id: recordId })
    await lockAnnotations(tx, record)
    const kept = await tx.annotation.findMany({
      where: { organizationId: ctx.organizationId, recordKind: kind, recordId, kind: 'file', withdrawnAt: null },
      select: { digest: true, fileName: true },
    })
    const same = kept.find(one => one.digest === digest)
    if (same) throw conflict(`This file is attached already, as ${same.fileName}.`)
    if (kept.length >= MOST_FILES) {
      throw conflict(
        `${record.name} has ${MOST_FILES} files, which is the most. Withdraw one that is out of date first.`,
      )
    }
    const file = { fileName: name, mediaType, bytes: content.length, digest }
    const said = { kind: 'file', text, ...file, content }
    return writeAnnotation(tx, ctx, record, { said, action: `${kind}.file_attached`, after: { ...file, text } })
  })
}
