import type { z } from 'zod'
import { newId } from '#core/ids.ts'
import { formatUsd } from '#core/money.ts'
import { openApproval } from '#lib/approvals/open-approval.ts'
import { tiersOfSources } from '#lib/data-sources/tiers-of-sources.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { brokenBound, checkKeyInput, findTeamFor } from './issue-key.ts'
import { boundsOf, type KeyRequestSnapshot, keyRequestKind } from './key-request-kind.ts'
import { type KeyRequestedDto, RequestKeyInput } from './schema.ts'

/**
 * Asks for a key beyond its team's bounds. Throws `conflict` for one within them, which can be issued at once, and
 * `permission_denied` for a caller that is no person: an approved key is collected by whoever asked for it.
 */
export async function requestKey({ ctx, input }: VerbArgs): Promise<z.infer<typeof KeyRequestedDto>> {
  const scope = requirePermission(ctx, 'keys.issue')
  const { reason, ...given } = parseInput(RequestKeyInput, input)
  const { actor } = ctx
  if (actor.kind !== 'person') throw new DomainError('permission_denied', 'Only a person asks for a key.')
  return transact(ctx, async tx => {
    const team = await findTeamFor(tx, ctx, scope, given.teamId)
    const broken = brokenBound(team, given)
    if (!broken) throw conflict(`${team.name} allows this key. Issue it; nobody has to approve it.`)
    const data = await checkKeyInput(tx, ctx, given)
    const dailyLimitUsd = data.dailyLimitUsd === null ? null : formatUsd(data.dailyLimitUsd)
    const snapshot: KeyRequestSnapshot = {
      personId: actor.id,
      team: team.name,
      key: { ...data, dailyLimitUsd },
      bounds: boundsOf(team),
    }
    const request = await openApproval(tx, ctx, {
      kind: keyRequestKind,
      subjectId: newId(),
      title: `Key ${data.name} for ${team.name}`,
      reason,
      snapshot,
      teamId: team.id,
      risk: data.environment === 'production' ? 'high' : 'medium',
      tiers: [data.tier, ...(await tiersOfSources(tx, ctx.organizationId, { ids: data.dataSourceIds }))],
      rule: `Bounds of ${team.name}: ${boundInWords(broken)}`,
    })
    return { approvalId: request.id, state: request.state }
  })
}

const BOUND_WORDS: Readonly<Record<string, string>> = {
  expiresInDays: 'lifetime',
  requestsPerMinute: 'requests a minute',
  dailyLimitUsd: 'spend a day',
}

function boundInWords(broken: DomainError): string {
  return BOUND_WORDS[broken.fields[0]?.field ?? ''] ?? 'key'
}
