import type { ArtifactVersion } from '#core/artifacts/artifact.ts'
import type { RecordVersion } from '#prisma/generated/client.ts'

/** A version as it goes into the repository. */
export function toArtifact(row: RecordVersion): ArtifactVersion {
  const { kind, recordId: id, version, reason, authorName, createdAt: at } = row
  const document = row.document as Record<string, unknown>
  const named = [document.name, document.title, document.identifier].find(each => typeof each === 'string')
  const name = row.name || (typeof named === 'string' ? named : '')
  const changes = row.changes as unknown as ArtifactVersion['changes']
  const approval = row.approval as unknown as ArtifactVersion['approval']
  return { kind, id, name, version, document, changes, reason, authorName, approval, at }
}
