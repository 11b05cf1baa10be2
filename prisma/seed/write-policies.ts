import { textHash } from '#core/policies/text-hash.ts'
import { publishAcknowledgement } from '#lib/acknowledgements/publish-acknowledgement.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { createPolicy } from '#lib/policies/create-policy.ts'
import { linkTargets } from '#lib/policies/link-targets.ts'
import type { StoredLinks } from '#lib/policies/schema.ts'
import { submitPolicy } from '#lib/policies/submit-policy.ts'
import { SECURITY } from './northwind/people.ts'
import { ACCEPTABLE_USE_TEXTS, CLAUSE_LINKS, STILL_TO_ACKNOWLEDGE } from './northwind/policies.ts'
import { DAY_MS, demand, HOUR_MS, type Scenario } from './scenario.ts'
import { contextOf } from './write-budgets.ts'
import { type SeededOrganization, type SeededPerson, seedContext } from './write-organization.ts'

const LEGAL = 'Lucía Fernández'
const SPONSOR = 'Elin Söderström'
const OPERATIONS = 'Kenji Watanabe'
const REVIEW_DAYS = 91
const VERSIONS = [
  { number: 1, ratifiedDaysAgo: 88, reason: 'The first acceptable use policy', text: ACCEPTABLE_USE_TEXTS.first },
  {
    number: 2,
    ratifiedDaysAgo: 26,
    reason: 'The gateway masks personal data now; people are told when they talk to a model',
    text: ACCEPTABLE_USE_TEXTS.second,
  },
]

/**
 * Northwind's policies: one in force that most people have acknowledged and whose next version is being written, one
 * that waits for Legal, one that is a draft. No key needs any of them.
 */
export async function writePolicies(
  tx: Transaction,
  scenario: Scenario,
  organization: SeededOrganization,
): Promise<void> {
  const { people } = organization
  const writer = contextOf(tx, scenario, demand(people, SECURITY), [])
  const policyId = await writeAcceptableUse(tx, scenario, organization)
  const versionIds = await writeVersions(tx, scenario, policyId, demand(people, SECURITY))
  await writeAcknowledgements(tx, scenario, organization, policyId, versionIds)
  const operations = contextOf(tx, scenario, { ...demand(people, OPERATIONS), roles: ['administrator'] }, [])
  const lifecycle = await createPolicy({
    ctx: operations,
    input: { kind: 'model_lifecycle', name: 'Model lifecycle policy', ownerId: demand(people, OPERATIONS).id },
  })
  const reason = 'Rules for sunsets, after the last one came as a surprise'
  await submitPolicy({ ctx: operations, input: { id: lifecycle.id, reason } })
  const agents = { kind: 'agent', name: 'Agent policy', ownerId: demand(people, SECURITY).id }
  await createPolicy({ ctx: writer, input: agents })
}

async function writeAcceptableUse(
  tx: Transaction,
  scenario: Scenario,
  { people }: SeededOrganization,
): Promise<string> {
  const { organizationId, now, random } = scenario
  const ctx = seedContext(organizationId, tx)
  const owner = demand(people, SECURITY)
  const createdAt = new Date(now - 97 * DAY_MS)
  const id = random.id(createdAt.getTime())
  const targets = await linkTargets(tx, ctx)
  const detectors = await tx.guardrail.findMany({ where: { organizationId }, select: { id: true, detector: true } })
  const clauseLinks: StoredLinks = {}
  for (const { clause, kind, names } of CLAUSE_LINKS) {
    const ids = detectors.filter(({ detector }) => names.includes(detector)).map(guardrail => guardrail.id)
    const found = targets.filter(one => one.kind === kind && (names.includes(one.name) || ids.includes(one.id)))
    clauseLinks[clause] = found.map(target => ({ kind, id: target.id, name: target.name }))
  }
  await tx.policy.create({
    data: {
      id,
      organizationId,
      kind: 'acceptable_use',
      name: 'Acceptable use policy',
      ownerId: owner.id,
      draft: ACCEPTABLE_USE_TEXTS.draft,
      draftRevision: 7,
      draftAuthorName: owner.name,
      draftAuthorIds: [owner.id],
      draftSavedAt: new Date(now - 2 * DAY_MS - 3 * HOUR_MS),
      clauseLinks,
      reviewDueAt: new Date(now + (REVIEW_DAYS - 26) * DAY_MS),
      version: 3,
      createdAt,
    },
  })
  await writeHistory(tx, scenario, id, owner)
  return id
}

async function writeHistory(
  tx: Transaction,
  { organizationId, now, random }: Scenario,
  recordId: string,
  owner: SeededPerson,
): Promise<void> {
  const entries = [
    { daysAgo: 97, change: ['state', 'in use'], reason: 'Asked for by the board' },
    { daysAgo: 88, change: ['text', `version 1 ratified by ${SPONSOR}`], reason: VERSIONS[0]?.reason ?? '' },
    { daysAgo: 26, change: ['text', `version 2 ratified by ${SPONSOR}`], reason: VERSIONS[1]?.reason ?? '' },
  ]
  await tx.recordVersion.createMany({
    data: entries.map(({ daysAgo, change: [field = '', after = ''], reason }, index) => {
      const createdAt = new Date(now - daysAgo * DAY_MS)
      const id = random.id(createdAt.getTime())
      const made = { kind: 'policy', recordId, version: index + 1, document: { name: 'Acceptable use policy' } }
      const author = { authorKind: 'person', authorId: owner.id, authorName: owner.name }
      return { id, organizationId, ...made, changes: [{ field, before: null, after }], reason, ...author, createdAt }
    }),
  })
}

async function writeVersions(
  tx: Transaction,
  { organizationId, now, random }: Scenario,
  policyId: string,
  author: SeededPerson,
): Promise<string[]> {
  const ids: string[] = []
  for (const [index, { number, ratifiedDaysAgo, reason, text }] of VERSIONS.entries()) {
    const next = VERSIONS[index + 1]
    const ratifiedAt = new Date(now - ratifiedDaysAgo * DAY_MS)
    const createdAt = new Date(ratifiedAt.getTime() - 5 * DAY_MS)
    const id = random.id(createdAt.getTime())
    await tx.policyVersion.create({
      data: {
        id,
        organizationId,
        ...{ policyId, number, text, reason, createdAt, ratifiedAt },
        sha256: textHash(text),
        state: next ? 'superseded' : 'ratified',
        asksFrom: number,
        authorId: author.id,
        authorName: author.name,
        reviewedByName: LEGAL,
        reviewedAt: new Date(ratifiedAt.getTime() - 2 * DAY_MS),
        ratifiedByName: SPONSOR,
        circulatedAt: ratifiedAt,
        endedAt: next ? new Date(now - next.ratifiedDaysAgo * DAY_MS) : null,
      },
    })
    ids.push(id)
  }
  return ids
}

async function writeAcknowledgements(
  tx: Transaction,
  { organizationId, now, random }: Scenario,
  { people }: SeededOrganization,
  policyId: string,
  versionIds: readonly string[],
): Promise<void> {
  const ctx = seedContext(organizationId, tx)
  for (const person of people.values()) {
    if (person.left) continue
    for (const [index, { number, ratifiedDaysAgo, text }] of VERSIONS.entries()) {
      const newest = index === VERSIONS.length - 1
      if ((person.joined ?? 120) < ratifiedDaysAgo || (newest && STILL_TO_ACKNOWLEDGE.includes(person.name))) continue
      const createdAt = new Date(now - ratifiedDaysAgo * DAY_MS + random.whole(1, 15 * 24) * HOUR_MS)
      const id = random.id(createdAt.getTime())
      const data = { id, organizationId, policyId, versionId: versionIds[index] ?? '', number, createdAt }
      const by = { personId: person.id, personName: person.name, sha256: textHash(text) }
      await tx.policyAcknowledgement.create({ data: { ...data, ...by } })
    }
    await publishAcknowledgement(tx, ctx, person.id)
  }
}
