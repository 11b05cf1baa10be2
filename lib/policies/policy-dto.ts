import { policyKind } from '#core/policies/policy-kinds.ts'
import { readPolicy } from '#core/policies/read-policy.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Policy, PolicyVersion } from '#prisma/generated/client.ts'
import { clauseDtos } from './clause-dtos.ts'
import { readCoverage } from './coverage.ts'
import { type LinkTarget, linkTargets } from './link-targets.ts'
import {
  Audience,
  type ClauseDto,
  type PolicyDto,
  Requirement,
  StoredLinks,
  VERSION_STATES,
  type VersionRef,
} from './schema.ts'

/** A policy as the portal and the API show it. */
export async function policyDto(tx: Transaction, ctx: Context, policy: Policy): Promise<PolicyDto> {
  const [read] = await readPolicies(tx, ctx, [policy])
  if (!read) throw new Error('one policy makes one answer')
  return read.dto
}

export interface ReadPolicy {
  readonly dto: PolicyDto
  /** The text that is shown, and what enforces its clauses. */
  readonly text: string
  readonly clauses: ClauseDto[]
}

/** Policies with their versions, clauses and coverage, in as many queries for one as for a hundred. */
export async function readPolicies(tx: Transaction, ctx: Context, policies: readonly Policy[]): Promise<ReadPolicy[]> {
  if (policies.length === 0) return []
  const { organizationId } = ctx
  const versions = await tx.policyVersion.findMany({
    where: {
      organizationId,
      policyId: { in: policies.map(({ id }) => id) },
      state: { in: ['ratified', 'legal_reviewed', 'in_review'] },
    },
  })
  const owners = await tx.person.findMany({
    where: { organizationId, id: { in: policies.flatMap(({ ownerId }) => ownerId ?? []) } },
    select: { id: true, name: true },
  })
  const kinds = new Set(
    policies.flatMap(({ clauseLinks }) => Object.values(StoredLinks.parse(clauseLinks)).flat()).map(({ kind }) => kind),
  )
  const targets = kinds.size > 0 ? await linkTargets(tx, ctx, [...kinds]) : []
  const asked = versions.filter(isAsked)
  const coverage = await readCoverage(
    tx,
    ctx,
    asked.map(({ id }) => id),
  )
  return policies.map(policy => {
    const own = versions.filter(({ policyId }) => policyId === policy.id)
    const owner = owners.find(({ id }) => id === policy.ownerId)?.name ?? null
    return toRead(policy, own, owner, targets, coverage.get(policy.id))
  })
}

function toRead(
  policy: Policy,
  versions: readonly PolicyVersion[],
  ownerName: string | null,
  targets: readonly LinkTarget[],
  covered: { asked: number; acknowledged: number; mine: boolean; mineDone: boolean } | undefined,
): ReadPolicy {
  const inForce = versions.find(({ state }) => state === 'ratified') ?? null
  const open = versions.find(({ state }) => state !== 'ratified') ?? null
  const asked = inForce ?? versions.find(isAsked) ?? null
  const text = (inForce ?? open)?.text ?? policy.draft
  const clauses = clauseDtos(readPolicy(text).clauses, StoredLinks.parse(policy.clauseLinks), targets)
  const count = (state: ClauseDto['state']) => clauses.filter(clause => clause.state === state).length
  const { id, name, ownerId, reviewEveryDays, reviewDueAt, version, createdAt, updatedAt, archivedAt } = policy
  const dto: PolicyDto = {
    ...{ id, kind: policyKind(policy.kind), name, ownerId, ownerName },
    inForce: inForce && toRef(inForce),
    open: open && toRef(open),
    asked: asked && !archivedAt ? toRef(asked) : null,
    audience: Audience.parse(policy.audience),
    requirement: Requirement.parse(policy.requirement),
    reviewEveryDays,
    reviewDueAt: reviewDueAt?.toISOString() ?? null,
    clauses: {
      total: clauses.length,
      enforced: count('enforced'),
      broken: count('broken'),
      onPaper: count('on_paper'),
    },
    coverage: covered && !archivedAt ? { asked: covered.asked, acknowledged: covered.acknowledged } : null,
    mine: { asked: !archivedAt && (covered?.mine ?? false), acknowledged: covered?.mineDone ?? false },
    version,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    archivedAt: archivedAt?.toISOString() ?? null,
  }
  return { dto, text, clauses }
}

function isAsked({ state, circulatedAt }: PolicyVersion): boolean {
  return state === 'ratified' || (state === 'legal_reviewed' && circulatedAt !== null)
}

function toRef({
  id,
  number,
  sha256,
  editorial,
  ratifiedAt,
  reviewedAt,
  createdAt,
  ...version
}: PolicyVersion): VersionRef {
  const state = VERSION_STATES.find(one => one === version.state) ?? 'turned_down'
  return { id, number, state, sha256, editorial, since: (ratifiedAt ?? reviewedAt ?? createdAt).toISOString() }
}
