import { textHash } from '#core/policies/text-hash.ts'
import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockPolicy, openVersion } from './find-policy.ts'
import { SaveDraftInput } from './schema.ts'
import { voidOpenVersion } from './void-open-version.ts'

export interface SavedDraft {
  id: string
  revision: number
  savedAt: string
  /** The number of the version whose review or ratification this ended; null: none waited. */
  voided: number | null
}

/**
 * Keeps what is written. A text that differs from the one that waits for a decision voids that decision: nobody decides
 * about what is no longer meant. Throws `conflict` when somebody else has saved since the revision that was edited.
 */
export async function saveDraft({ ctx, input }: VerbArgs): Promise<SavedDraft> {
  requirePermission(ctx, 'policies.manage')
  const { id, text, revision } = parseInput(SaveDraftInput, input)
  return transact(ctx, async tx => {
    const before = await lockPolicy(tx, ctx, id)
    if (before.draftRevision !== revision) {
      throw conflict(`${before.draftAuthorName} has saved this draft since. Load it again before you go on.`)
    }
    const savedAt = new Date()
    if (before.draft === text) return { id, revision, savedAt: before.draftSavedAt.toISOString(), voided: null }
    const open = await openVersion(tx, id)
    const authors = new Set([...before.draftAuthorIds, ...(ctx.actor.id === null ? [] : [ctx.actor.id])])
    await tx.policy.update({
      where: { id },
      data: {
        draft: text,
        draftRevision: revision + 1,
        draftAuthorName: ctx.actor.name,
        draftAuthorIds: [...authors],
        draftSavedAt: savedAt,
      },
    })
    await audit(tx, ctx, {
      action: 'policy.draft_saved',
      subject: { kind: 'policy', id, name: before.name },
      before: { revision },
      after: { revision: revision + 1, sha256: textHash(text) },
    })
    const voids = open !== null && open.sha256 !== textHash(text)
    if (voids) await voidOpenVersion(tx, ctx, open, `The draft was changed by ${ctx.actor.name}.`)
    await announce(tx, ctx, 'config', id)
    return { id, revision: revision + 1, savedAt: savedAt.toISOString(), voided: voids ? open.number : null }
  })
}
