import { open, seal, sha256 } from '#core/secrets.ts'
import type { Context } from '#lib/platform/context.ts'
import { DomainError } from '#lib/platform/errors.ts'
import { secretKey } from '#lib/platform/secret-keys.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'

const KEPT_MS = 86_400_000
const KEY_FORM = /^[\x21-\x7e]{1,255}$/

export interface Answer {
  status: number
  /** JSON text. */
  body: string
}

/** The request's Idempotency-Key, if any. Throws `malformed_request` when it is not 1 to 255 visible ASCII characters. */
export function idempotencyKeyOf(headers: Headers): string | null {
  const key = headers.get('idempotency-key')
  if (key !== null && !KEY_FORM.test(key)) {
    throw new DomainError('malformed_request', 'An Idempotency-Key has 1 to 255 visible ASCII characters.')
  }
  return key
}

/**
 * Runs an operation at most once for its caller and key, and gives the first answer again to a repeat within
 * 24 hours. The record of the answer commits with the change itself: after a crash there is both or neither,
 * and of concurrent repeats one runs while the others wait for its answer. A refusal is not kept.
 * Throws `idempotency_mismatch` when the key came before with another request.
 * @param request what was asked, as text: method, path, query and body
 */
export async function runOnce(
  ctx: Context,
  key: string,
  request: string,
  run: (ctx: Context) => Promise<Answer>,
): Promise<Answer & { replayed: boolean }> {
  const caller = `${ctx.actor.kind}:${ctx.actor.id}`
  const id = { organizationId: ctx.organizationId, caller, key }
  const requestHash = Uint8Array.from(sha256(request))
  const sealedFor = `answer:${ctx.organizationId}:${caller}:${key}`
  return transact(ctx, async tx => {
    await forgetOld(tx, caller)
    const { count } = await tx.idempotencyRecord.createMany({ data: [{ ...id, requestHash }], skipDuplicates: true })
    if (count === 0) return { ...(await replay(tx, id, requestHash, sealedFor)), replayed: true }
    const answer = await run({ ...ctx, tx })
    await tx.idempotencyRecord.update({
      where: { organizationId_caller_key: id },
      data: { status: answer.status, body: seal(secretKey('answer'), sealedFor, answer.body) },
    })
    return { ...answer, replayed: false }
  })
}

async function forgetOld(tx: Transaction, caller: string): Promise<void> {
  await tx.idempotencyRecord.deleteMany({ where: { caller, createdAt: { lt: new Date(Date.now() - KEPT_MS) } } })
}

async function replay(
  tx: Transaction,
  id: { organizationId: string; caller: string; key: string },
  requestHash: Uint8Array,
  sealedFor: string,
): Promise<Answer> {
  const record = await tx.idempotencyRecord.findUniqueOrThrow({ where: { organizationId_caller_key: id } })
  if (!Buffer.from(record.requestHash).equals(requestHash)) {
    throw new DomainError('idempotency_mismatch', 'This Idempotency-Key came with another request. Use a new key.')
  }
  if (record.status === null || record.body === null) throw new Error('an idempotency record without its answer')
  return { status: record.status, body: open(secretKey('answer'), sealedFor, record.body) }
}
