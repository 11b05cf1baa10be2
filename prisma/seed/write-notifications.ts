import type { NotificationMessage } from '#core/notifications/message.ts'
import { createChannel } from '#lib/notification-channels/create-channel.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { DAY_MS, demand, HOUR_MS, type Scenario } from './scenario.ts'
import type { SeededOrganization } from './write-organization.ts'

// All are paused: a demonstration sends nothing to anybody.
const CHANNELS = {
  mail: {
    name: 'Northwind mail',
    target: { kind: 'email', host: 'smtp.northwind.example', from: 'Gatehouse <gatehouse@northwind.example>' },
  },
  slack: {
    name: 'Northwind Slack',
    target: {
      kind: 'slack',
      channelId: 'C07GATEHOUSE',
      botToken: 'xoxb-demonstration',
      signingSecret: 'demonstration',
    },
    newsKinds: ['approval_waiting', 'failover_drill'],
  },
  incidents: {
    name: 'Incident desk',
    target: { kind: 'webhook', url: 'https://incidents.northwind.example/hooks/gatehouse' },
    newsKinds: ['failover_drill', 'channel_failing', 'content_audit_finding'],
  },
} as const

type Sent = {
  channel: keyof typeof CHANNELS
  to: string | null
  kind: string
  title: string
  days: number
  /** Answers of the attempts, the last one first decided; each `status text`. */
  answers: readonly [status: number | null, answer: string][]
  failed?: boolean
}

const OK = [250, '2.0.0 Ok: queued'] as const
const SENT: readonly Sent[] = [
  ...waiting('voice-notes', 'Priya Raman', 61),
  ...waiting('backtest', 'Noor de Vries', 47),
  ...waiting('embeddings', 'Rashid Al-Amin', 33),
  ...waiting('bulk-tags', 'Priya Raman', 26),
  ...waiting('faq-drafts', 'Priya Raman', 12),
  decided('bulk-tags', 'Tomás Herrera', 'is rejected', 26),
  decided('faq-drafts', 'Sione Tupou', 'is approved', 12),
  {
    ...{ channel: 'incidents', to: null, kind: 'failover_drill', days: 20 },
    title: 'The failover drill of sandbox-claude failed',
    answers: [
      [503, 'upstream connect error'],
      [null, 'connect ETIMEDOUT'],
      [202, 'accepted'],
    ],
  },
  {
    ...{ channel: 'mail', to: 'Kwame Mensah', kind: 'key_expiring', days: 8 },
    title: 'ci-release-notes expires in 7 days',
    answers: [[550, '5.1.1 mailbox full, and it will stay so']],
    failed: true,
  },
]

function waiting(key: string, to: string, days: number): Sent[] {
  const title = `Key ${key} waits for your decision`
  return [
    { channel: 'mail', to, kind: 'approval_waiting', title, days, answers: [[...OK]] },
    { channel: 'slack', to, kind: 'approval_waiting', title, days, answers: [[200, 'ok']] },
  ]
}

function decided(key: string, to: string, words: string, days: number): Sent {
  return { channel: 'mail', to, kind: 'approval_decided', title: `Key ${key} ${words}`, days, answers: [[...OK]] }
}

/** Channels as a company would have them, and what went through them. */
export async function writeNotifications(
  tx: Transaction,
  ctx: Context,
  { organizationId, now, random }: Scenario,
  { people }: SeededOrganization,
): Promise<void> {
  const ids = new Map<string, string>()
  for (const [key, channel] of Object.entries(CHANNELS)) {
    const { id } = await createChannel({ ctx, input: { ...channel, enabled: false } })
    ids.set(key, id)
  }
  for (const sent of SENT.toSorted((a, b) => b.days - a.days)) {
    const createdAt = new Date(now - sent.days * DAY_MS + HOUR_MS)
    const id = random.id(createdAt.getTime())
    const state = sent.failed ? 'failed' : 'sent'
    const words = { kind: sent.kind, title: sent.title, detail: '', href: '/approvals' }
    const message: NotificationMessage = { ...words, dueAt: null, tier: null, approvalId: null, people: [] }
    const personId = sent.to === null ? null : demand(people, sent.to).id
    const times = { nextAt: createdAt, createdAt, endedAt: new Date(createdAt.getTime() + 2_000) }
    const row = { id, organizationId, channelId: demand(ids, sent.channel), personId, kind: sent.kind, message, state }
    await tx.notificationDelivery.create({ data: { ...row, ...times, attempts: sent.answers.length } })
    await tx.notificationAttempt.createMany({
      data: sent.answers.map(([status, answer], at) => {
        const last = at === sent.answers.length - 1
        const moment = new Date(createdAt.getTime() + at * 20_000)
        const outcome = last ? state : 'retry'
        const attempt = { id: random.id(moment.getTime()), organizationId, deliveryId: id, attempt: at + 1, at: moment }
        return { ...attempt, outcome, status, answer, ms: 40 + ((at + sent.days * 7) % 90) }
      }),
    })
  }
}
