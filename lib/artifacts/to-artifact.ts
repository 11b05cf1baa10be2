import type { ArtifactVersion } from '#core/artifacts/artifact.ts'
import type { ArtifactRemote, RecordVersion } from '#prisma/generated/client.ts'
import type { RemoteDto } from './schema.ts'

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

/** A remote without its password. */
export function remoteDto(remote: ArtifactRemote): RemoteDto {
  const { url, branch, proposalsBranch, username, password, allowPrivateNetwork, pushedOid, pushedAt, problem } = remote
  return {
    ...{ url, branch, proposalsBranch, username, allowPrivateNetwork, pushedOid, problem },
    hasPassword: password !== null,
    pushedAt: pushedAt?.toISOString() ?? null,
  }
}
