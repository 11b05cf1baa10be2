import 'server-only'
import type { KeyObject } from 'node:crypto'
import { isId } from '#core/ids.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import type { ModelSigner } from '#prisma/generated/client.ts'
import type { ModelSignerDto } from './schema.ts'
import { readTrustRoot } from './trust-root.ts'
import { type CertifiedSigner, fingerprintOf, readSignerKey } from './verify-artifact.ts'

/** Whose signatures the organization believes, and believed. */
export function listModelSigners(ctx: Context): Promise<ModelSignerDto[]> {
  requirePermission(ctx, 'models.read')
  return read(ctx, async tx => {
    const where = { organizationId: ctx.organizationId }
    return (await tx.modelSigner.findMany({ where, orderBy: { name: 'asc' } })).map(signerDto)
  })
}

/** A signer of the organization; throws `not_found` for any other. */
export async function findModelSigner(tx: Transaction, ctx: Context, id: string): Promise<ModelSigner> {
  const where = { id, organizationId: ctx.organizationId }
  const signer = isId(id) ? await tx.modelSigner.findFirst({ where }) : null
  if (!signer) throw notFound('signer')
  return signer
}

/** What a signer is believed by: its key, or its identity under the installation's trust root. */
export async function believedBy({ publicKey, issuer, subject }: ModelSigner): Promise<KeyObject | CertifiedSigner> {
  if (publicKey !== null) return readSignerKey(publicKey)
  if (issuer === null || subject === null) throw new Error('a signer is a key or an identity')
  return { issuer, subject, root: await readTrustRoot() }
}

export function signerDto({ organizationId, issuer, subject, ...signer }: ModelSigner): ModelSignerDto {
  return {
    ...signer,
    fingerprint: signer.publicKey === null ? null : fingerprintOf(readSignerKey(signer.publicKey)),
    identity: issuer === null || subject === null ? null : { issuer, subject },
    createdAt: signer.createdAt.toISOString(),
    retiredAt: signer.retiredAt?.toISOString() ?? null,
  }
}
