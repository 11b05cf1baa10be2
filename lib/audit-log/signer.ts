import { makeSigner, type NoteSigner } from '#core/checkpoint/signed-note.ts'
import { secretKey } from '#lib/platform/secret-keys.ts'

/** Signs an organization's checkpoints. Its name is the log's origin, so that one log's notes fit no other. */
export function auditSigner(organizationId: string): NoteSigner {
  return makeSigner(`gatehouse/audit/${organizationId}`, secretKey('audit-signing'))
}
