import { ContentAuditRecord, hashContentAudit } from '#core/content/content-audit.ts'
import type { ContentAudit } from '#prisma/generated/client.ts'
import type { ContentAuditDto } from './schema.ts'

/** An audit as the portal and the API show it; its hash is checked anew. */
export function contentAuditDto(row: ContentAudit): ContentAuditDto {
  const { id, population, sampleSize, violations, sha256 } = row
  const record = ContentAuditRecord.parse(row.record)
  return {
    id,
    entries: population,
    sampleSize,
    violations,
    sha256,
    intact: hashContentAudit(record) === sha256,
    record,
  }
}
