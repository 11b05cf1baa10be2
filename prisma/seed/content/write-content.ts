import {
  CONTENT_RULES,
  type ContentAuditRecord,
  type ContentRule,
  hashContentAudit,
} from '#core/content/content-audit.ts'
import type { RequestEvent } from '#core/contracts/request-event.ts'
import { auditContent } from '#lib/content-log/audit-content.ts'
import { addContentKey, unwrapContentKey } from '#lib/content-log/content-keys.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { SECURITY } from '../northwind/people.ts'
import { CONTENT_LOG_DAYS, DAY_MS, demand, HOUR_MS, type Scenario } from '../scenario.ts'
import type { SeededOrganization } from '../write-organization.ts'
import { CONVERSATIONS, type DemoConversation, FILLERS } from './conversations.ts'
import { sealConversation } from './seal-conversation.ts'

const BATCH = 1_000

/** What the gateways would have kept of these requests, sealed as they do, with reads and audits of it. */
export async function writeContent(
  tx: Transaction,
  ctx: Context,
  scenario: Scenario,
  { people, teams }: SeededOrganization,
  events: readonly RequestEvent[],
): Promise<void> {
  const since = scenario.now - CONTENT_LOG_DAYS * DAY_MS
  const key = await addContentKey(tx, ctx, scenario.random.id(since))
  await tx.contentKey.update({ where: { id: key.id }, data: { createdAt: new Date(since) } })
  const slugs = new Map([...teams.values()].map(({ id, slug }) => [id, slug]))
  const sealing = { id: key.id, dataKey: unwrapContentKey(key) }
  for (let at = 0; at < events.length; at += BATCH) {
    const contents = events.slice(at, at + BATCH).flatMap(event => {
      const slug = slugs.get(event.teamId ?? '')
      const choices = slug && CONVERSATIONS[slug]
      return choices ? [sealConversation(conversationOf(scenario, event, choices), sealing)] : []
    })
    await tx.$queryRaw`select record_request_contents(${JSON.stringify(contents)}::json)`
  }
  await writeReads(tx, scenario, demand(people, SECURITY), events)
  await writeAudits(tx, scenario, events)
  await auditContent({ ctx, input: {} })
}

function conversationOf({ random }: Scenario, event: RequestEvent, choices: readonly DemoConversation[]) {
  const { system, ask, answer } = fill(random.pick(choices), name => random.pick(FILLERS[name] ?? [name]))
  const logging = event.detail.content === 'full' ? ('full' as const) : ('restricted' as const)
  const model = event.requestedModel
  if (event.dialect === 'embeddings') return { event, logging, request: { model, input: [ask] }, response: null }
  const messages = [{ role: 'user', content: ask }]
  const stream = event.streaming ? { stream: true } : {}
  const request =
    event.dialect === 'messages'
      ? { model, max_tokens: 1_024, ...(system ? { system } : {}), messages, ...stream }
      : { model, messages: [...(system ? [{ role: 'system', content: system }] : []), ...messages], ...stream }
  if (event.streaming) {
    return { event, logging, request, response: [{ type: 'text', choice: 0, text: answer }], form: 'stream' as const }
  }
  const said = { role: 'assistant', content: answer }
  const response =
    event.dialect === 'messages'
      ? {
          type: 'message',
          role: 'assistant',
          model,
          content: [{ type: 'text', text: answer }],
          stop_reason: 'end_turn',
        }
      : { object: 'chat.completion', model, choices: [{ index: 0, message: said, finish_reason: 'stop' }] }
  return { event, logging, request, response }
}

function fill(conversation: DemoConversation, draw: (name: string) => string): DemoConversation {
  const drawn = new Map<string, string>()
  const filled = (text: string) =>
    text.replace(/\{([a-z]+)\}/g, (_, name: string) => {
      const value = drawn.get(name) ?? draw(name)
      drawn.set(name, value)
      return value
    })
  const { system, ask, answer } = conversation
  return { system: system && filled(system), ask: filled(ask), answer: filled(answer) }
}

const REASONS = [
  'Ticket 48213: the customer quotes an answer that we should check',
  'Sampling for the weekly review of support answers',
  'The team reports an answer in the wrong language',
]

async function writeReads(
  tx: Transaction,
  { now, organizationId, random }: Scenario,
  reader: { id: string; name: string },
  events: readonly RequestEvent[],
): Promise<void> {
  const restricted = events.filter(({ detail }) => detail.content === 'restricted')
  // The audit log runs forward in time, and this is its end so far.
  const { _max } = await tx.auditEntry.aggregate({ where: { organizationId }, _max: { occurredAt: true } })
  const begin = Math.max(_max.occurredAt?.getTime() ?? 0, now - REASONS.length * 2 * HOUR_MS)
  const step = Math.max(0, now - begin) / (REASONS.length + 1)
  const data = REASONS.flatMap((reason, at) => {
    const event = restricted.at(-40 * (at + 1))
    if (!event) return []
    const read = new Date(begin + (at + 1) * step)
    return [
      {
        id: random.id(read.getTime()),
        organizationId,
        occurredAt: read,
        actorKind: 'person',
        actorId: reader.id,
        actorName: reader.name,
        action: 'content.read',
        subjectKind: 'request_content',
        subjectId: event.id,
        subjectName: `Request ${event.id.slice(-12)}`,
        after: { tier: event.dataClass, logging: 'restricted' },
        reason,
        requestId: random.id(read.getTime()),
      },
    ]
  })
  await tx.auditEntry.createMany({ data })
}

/** The worker's audits of the nights before. */
async function writeAudits(
  tx: Transaction,
  { now, organizationId, random }: Scenario,
  events: readonly RequestEvent[],
): Promise<void> {
  for (let night = CONTENT_LOG_DAYS - 1; night > 0; night--) {
    const at = Math.floor(now / DAY_MS) * DAY_MS - (night - 1) * DAY_MS + 4 * HOUR_MS + 20 * 60_000
    const kept = events.filter(({ occurredAt }) => Date.parse(occurredAt) < at)
    const [first] = kept
    if (at > now || !first) continue
    const effectiveAt = new Date(at).toISOString()
    const record: ContentAuditRecord = {
      organizationId,
      collector: 'audit-content',
      startedAt: effectiveAt,
      effectiveAt,
      period: { from: first.occurredAt, to: effectiveAt },
      population: countBy(kept),
      sample: kept.filter((_, index) => index % Math.ceil(kept.length / 200) === 0).map(({ id }) => id),
      checks: (Object.keys(CONTENT_RULES) as ContentRule[]).map(rule => ({ rule, violations: 0 })),
      violations: [],
    }
    await tx.contentAudit.create({
      data: {
        id: random.id(at),
        organizationId,
        collector: record.collector,
        startedAt: effectiveAt,
        effectiveAt,
        periodFrom: record.period.from,
        periodTo: effectiveAt,
        population: kept.length,
        sampleSize: record.sample.length,
        violations: 0,
        record,
        sha256: hashContentAudit(record),
      },
    })
  }
}

function countBy(events: readonly RequestEvent[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { dataClass } of events) counts[dataClass ?? ''] = (counts[dataClass ?? ''] ?? 0) + 1
  return counts
}
