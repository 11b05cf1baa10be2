import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { incidentsBefore } from './incidents.ts'
import { BLOCKED_MODEL, SUNSET_MODEL } from './northwind/catalog.ts'
import { RUNAWAY_KEY } from './northwind/keys.ts'
import { ADMINISTRATOR, DEVELOPER, OPERATIONS, SECURITY } from './northwind/people.ts'
import { CONTENT_LOG_DAYS, DAY_MS, demand, type Scenario } from './scenario.ts'
import type { SeededCatalog } from './write-catalog.ts'
import type { SeededKey, SeededKeys } from './write-keys.ts'
import type { SeededOrganization, SeededPerson } from './write-organization.ts'

export type RecordParts = SeededOrganization & SeededCatalog & SeededKeys

interface Entry {
  at: Date
  /** Null: a service token. */
  by: SeededPerson | null
  action: string
  subject: { kind: string; id: string; name: string }
  before?: object
  after?: object
  reason?: string | null
}

/** Writes who did what into the audit log, oldest first: its sequence is its order. */
export async function writeAudit(tx: Transaction, scenario: Scenario, parts: RecordParts): Promise<void> {
  const entries = [...setUp(parts), ...parts.keys.flatMap(key => keyStory(key, parts)), ...decisions(scenario, parts)]
  entries.sort((a, b) => a.at.getTime() - b.at.getTime())
  await tx.auditEntry.createMany({
    data: entries.map(({ at, by, action, subject, before, after, reason }) => ({
      id: scenario.random.id(at.getTime()),
      organizationId: scenario.organizationId,
      occurredAt: at,
      actorKind: by ? 'person' : 'serviceToken',
      actorId: by?.id ?? null,
      actorName: by?.name ?? 'deployment pipeline',
      action,
      subjectKind: subject.kind,
      subjectId: subject.id,
      subjectName: subject.name,
      ...(before ? { before } : {}),
      ...(after ? { after } : {}),
      reason: reason ?? null,
      requestId: scenario.random.id(at.getTime()),
    })),
  })
}

function setUp({ people, teams, providers, models }: RecordParts): Entry[] {
  const administrator = demand(people, ADMINISTRATOR)
  const operations = demand(people, OPERATIONS)
  const subject = (kind: string, { id, name }: { id: string; name: string }) => ({ kind, id, name })
  return [
    ...[...teams.values()].map(team => ({
      at: team.createdAt,
      by: administrator,
      action: 'team.created',
      subject: subject('team', team),
      after: { costCentre: team.costCentre },
    })),
    ...[...people.values()].map(person => ({
      at: person.createdAt,
      by: administrator,
      action: 'person.created',
      subject: subject('person', person),
      after: { roles: person.roles },
    })),
    ...[...providers.values()].map(provider => ({
      at: provider.createdAt,
      by: operations,
      action: 'provider.created',
      subject: subject('provider', provider),
      after: { kind: provider.kind, region: provider.region },
    })),
    ...[...models.values()].map(model => ({
      at: model.createdAt,
      by: operations,
      action: 'model.created',
      subject: { kind: 'model', id: model.id, name: model.identifier },
      after: { tiers: model.tiers, provider: model.provider.name },
    })),
  ]
}

function keyStory({ row, plan }: SeededKey, { people }: RecordParts): Entry[] {
  const subject = { kind: 'key', id: row.id, name: row.name }
  const owner = plan.owner ? demand(people, plan.owner) : null
  const after = { environment: row.environment, expiresAt: row.expiresAt }
  const action = plan.replacesPrevious ? 'key.rotated' : 'key.issued'
  const story: Entry[] = [{ at: row.createdAt, by: owner, action, subject, after }]
  if (row.revokedAt) {
    const by = demand(people, plan.revoked?.[1] === 'Left the company' ? ADMINISTRATOR : SECURITY)
    story.push({ at: row.revokedAt, by, action: 'key.revoked', subject, reason: row.revokedReason })
  }
  return story
}

function decisions({ now, organizationId }: Scenario, { people, models, keys }: RecordParts): Entry[] {
  const ago = (days: number) => new Date(now - days * DAY_MS)
  const operations = demand(people, OPERATIONS)
  const model = (identifier: string) => ({ kind: 'model', id: demand(models, identifier).id, name: identifier })
  const jonas = demand(people, 'Jonas Weber')
  const runaway = keys.find(key => key.plan.name === RUNAWAY_KEY)
  return [
    {
      at: ago(64),
      by: operations,
      action: 'model.lifecycle_changed',
      subject: model(BLOCKED_MODEL),
      before: { lifecycle: 'approved' },
      after: { lifecycle: 'blocked' },
      reason: 'Not approved by the review board',
    },
    {
      at: ago(jonas.left ?? 0),
      by: demand(people, ADMINISTRATOR),
      action: 'person.deactivated',
      subject: { kind: 'person', id: jonas.id, name: jonas.name },
      reason: 'Left the company',
    },
    {
      at: ago(16),
      by: operations,
      action: 'model.lifecycle_changed',
      subject: model(SUNSET_MODEL),
      before: { lifecycle: 'approved' },
      after: { lifecycle: 'deprecated', sunsetAt: ago(-24) },
      reason: 'The provider retires it; move to gpt-5-mini',
    },
    {
      at: ago(CONTENT_LOG_DAYS),
      by: demand(people, SECURITY),
      action: 'content_log.enabled',
      subject: { kind: 'organization', id: organizationId, name: 'Content log' },
      before: { enabled: false },
      after: { enabled: true },
    },
    ...(runaway
      ? [
          {
            at: new Date(incidentsBefore(now).runaway.to),
            by: demand(people, SECURITY),
            action: 'key.updated',
            subject: { kind: 'key', id: runaway.row.id, name: runaway.row.name },
            before: { requestsPerMinute: null },
            after: { requestsPerMinute: 60 },
            reason: 'Asked the same question 3,450 times in three hours',
          },
        ]
      : []),
  ]
}

/** Leaves a few people something that waits for them. */
export async function writeNotices(
  tx: Transaction,
  ctx: Context,
  { now, random }: Scenario,
  { people, keys, models }: RecordParts,
): Promise<void> {
  const laptop = keys.find(key => key.plan.name === 'tomas-laptop')?.row
  const runaway = keys.find(key => key.plan.name === RUNAWAY_KEY)?.row
  const sunset = demand(models, SUNSET_MODEL)
  const notice = (
    to: string,
    kind: string,
    title: string,
    detail: string,
    href: string,
    dueAt: Date | null = null,
  ) => ({
    id: random.id(now - DAY_MS),
    organizationId: ctx.organizationId,
    personId: demand(people, to).id,
    kind,
    title,
    detail,
    href,
    dueAt,
    occasion: `${kind}:${href}`,
    createdAt: new Date(now - DAY_MS),
  })
  const loop = ['spend_spike', 'backfill spent ten times its usual day', 'A loop of three hours last Tuesday'] as const
  const loopAt = `/build/keys/${runaway?.id ?? ''}`
  const retire = ['model_sunset', 'gpt-4o-mini is retired by its provider', 'Payables still uses it'] as const
  const sunsetAt = new Date(now + (sunset.sunsetIn ?? 0) * DAY_MS)
  const retireAt = `/govern/catalog/${sunset.id}?tab=use`
  await tx.notice.createMany({
    data: [
      notice(
        DEVELOPER,
        'key_expiring',
        'tomas-laptop expires in 5 days',
        'Rotate it to keep calls working',
        `/build/keys/${laptop?.id ?? ''}`,
        laptop?.expiresAt ?? null,
      ),
      notice('Rashid Al-Amin', ...loop, loopAt),
      notice(SECURITY, ...loop, loopAt),
      notice('Grace Okafor', ...loop, loopAt),
      notice('Kwame Mensah', ...retire, retireAt, sunsetAt),
      notice(OPERATIONS, ...retire, retireAt, sunsetAt),
    ],
  })
}
