import { hashSecret, keyHint, makeKey } from '#core/api-key.ts'
import { newId } from '#core/ids.ts'
import { formatUsd } from '#core/money.ts'
import { requireDataSources } from '#lib/data-sources/find-data-source.ts'
import { audit } from '#lib/platform/audit.ts'
import { type Context, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, type DomainError, invalid, notFound, parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { secretKey } from '#lib/platform/secret-keys.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import { KeyBounds } from '#lib/teams/schema.ts'
import { requireTierName } from '#lib/tiers/tier-name.ts'
import { requireBindable } from '#lib/workloads/require-bindable.ts'
import type { Team } from '#prisma/generated/client.ts'
import { publishKey } from './publish-key.ts'
import { type IssuedKeyDto, IssueKeyInput } from './schema.ts'
import { untilUsable } from './until-usable.ts'

const DAY_MS = 86_400_000

/**
 * Issues a key at once when it stays within the team's bounds. Throws `invalid_input` naming the bound
 * when it does not; that ask is counted too, as one that needs a person.
 */
export async function issueKey({ ctx, input }: VerbArgs): Promise<IssuedKeyDto> {
  const scope = requirePermission(ctx, 'keys.issue')
  const data = parseInput(IssueKeyInput, input)
  const refusal = await transact(ctx, async tx => {
    const broken = brokenBound(await findTeamFor(tx, ctx, scope, data.teamId), data)
    if (broken)
      await countRequest(tx, ctx, data.teamId, { outcome: 'refused', automatic: false, reason: broken.message })
    return broken
  })
  if (refusal) throw refusal
  const issued = await transact(ctx, async tx => {
    return writeKey(tx, ctx, await checkKeyInput(tx, ctx, data), { automatic: true })
  })
  return untilUsable(ctx, issued)
}

/** The team that a key is asked for, when the caller may have one there. Throws `not_found` or `conflict`. */
export async function findTeamFor(tx: Transaction, ctx: Context, scope: string, teamId: string): Promise<Team> {
  const team = await tx.team.findUnique({ where: { id: teamId } })
  const reachable = scope === 'organization' || (ctx.actor.kind === 'person' && ctx.actor.teamIds.includes(teamId))
  if (!team || !reachable) throw notFound('team')
  if (team.archivedAt) throw conflict(`${team.name} is archived. Choose another team.`)
  return team
}

/** What a key names, as it is written here. Throws when a model, tier, data source or workload is not there, or is not for its team. */
export async function checkKeyInput(tx: Transaction, ctx: Context, input: IssueKeyInput): Promise<IssueKeyInput> {
  const { modelIds, dataSourceIds, workloadId, teamId } = input
  await requireDataSources(tx, ctx, dataSourceIds)
  if (workloadId !== null) await requireBindable(tx, ctx, workloadId, teamId)
  if (modelIds.length > 0) {
    const known = await tx.model.count({ where: { id: { in: modelIds } } })
    if (known !== new Set(modelIds).size) throw invalid('modelIds', 'One of these models is not in the catalog.')
  }
  return { ...input, tier: await requireTierName(tx, ctx, input.tier) }
}

/** Makes a key that has been allowed, by the team's bounds or by an approval, and publishes it. */
export async function writeKey(
  tx: Transaction,
  ctx: Context,
  data: IssueKeyInput,
  { automatic }: { automatic: boolean },
): Promise<IssuedKeyDto> {
  const made = makeKey('live')
  const key = await tx.apiKey.create({
    data: {
      id: newId(),
      organizationId: ctx.organizationId,
      publicId: made.publicId,
      secretHash: Uint8Array.from(hashSecret(secretKey('api-key-hash'), made.secret)),
      name: data.name,
      teamId: data.teamId,
      personId: ctx.actor.kind === 'person' ? ctx.actor.id : null,
      environment: data.environment,
      modelIds: data.modelIds,
      requestsPerMinute: data.requestsPerMinute,
      dailyLimitNanoUsd: data.dailyLimitUsd,
      ipAllowList: data.ipAllowList,
      tier: data.tier,
      dataSourceIds: data.dataSourceIds,
      workloadId: data.workloadId,
      expiresAt: new Date(Date.now() + data.expiresInDays * DAY_MS),
    },
  })
  await countRequest(tx, ctx, data.teamId, { outcome: 'issued', automatic, keyId: key.id })
  await audit(tx, ctx, {
    action: 'key.issued',
    subject: { kind: 'key', id: key.id, name: key.name },
    after: { ...data, hint: keyHint(key.kind, key.publicId), expiresAt: key.expiresAt },
  })
  const configVersion = await publishKey(tx, ctx, key)
  await announce(tx, ctx, 'keys', key.id)
  return {
    id: key.id,
    key: made.key,
    name: key.name,
    hint: keyHint(key.kind, key.publicId),
    teamId: key.teamId,
    expiresAt: key.expiresAt.toISOString(),
    configVersion: configVersion.toString(),
  }
}

/** What the team's bounds say against a key; null when it stays within them. */
export function brokenBound(team: Team, data: IssueKeyInput): DomainError | null {
  const bounds = KeyBounds.parse(team.keyBounds)
  const ask = 'Ask for approval, or stay within it.'
  if (data.expiresInDays > bounds.maxLifetimeDays)
    return invalid('expiresInDays', `${team.name} allows keys of at most ${bounds.maxLifetimeDays} days. ${ask}`)
  if (data.requestsPerMinute !== null && data.requestsPerMinute > bounds.maxRequestsPerMinute)
    return invalid(
      'requestsPerMinute',
      `${team.name} allows at most ${bounds.maxRequestsPerMinute} requests a minute. ${ask}`,
    )
  if (data.dailyLimitUsd !== null && data.dailyLimitUsd > bounds.maxDailyLimitNanoUsd)
    return invalid(
      'dailyLimitUsd',
      `${team.name} allows at most USD ${formatUsd(bounds.maxDailyLimitNanoUsd)} a day. ${ask}`,
    )
  return null
}

async function countRequest(
  tx: Transaction,
  ctx: Context,
  teamId: string,
  result: { outcome: string; automatic: boolean; reason?: string; keyId?: string },
): Promise<void> {
  const personId = ctx.actor.kind === 'person' ? ctx.actor.id : null
  await tx.keyRequest.create({ data: { id: newId(), organizationId: ctx.organizationId, teamId, personId, ...result } })
}
