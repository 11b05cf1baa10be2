import { z } from 'zod'
import { NEWS_KIND_IDS } from '#lib/notices/news-kinds.ts'
import { PageQuery } from '#lib/platform/pagination.ts'

export const CHANNEL_KINDS = ['email', 'slack', 'teams', 'webhook'] as const
export type ChannelKindId = (typeof CHANNEL_KINDS)[number]
export const DELIVERY_STATES = ['waiting', 'sent', 'failed', 'dropped'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

const Moment = z.iso.datetime()
const Secret = z.string().min(1).max(4_000)
const Url = z
  .url({ protocol: /^https?$/, error: 'an absolute URL such as https://hooks.example.com/gatehouse' })
  .max(2_000)
/** Whether it may be in this machine's own network. */
const AllowPrivateNetwork = z.boolean().default(false)

const EmailTarget = z.strictObject({
  kind: z.literal('email'),
  host: z
    .string()
    .trim()
    .regex(/^[\w.:[\]-]{1,253}$/, 'the name of the mail server, without a scheme'),
  port: z.int().min(1).max(65_535).default(587),
  /** `tls` from the first byte (465), `starttls` demanded (587), `none` within a private network only. */
  security: z.enum(['tls', 'starttls', 'none']).default('starttls'),
  user: z.string().max(320).nullable().default(null),
  /** The sender: an address, or `Name <address>`. */
  from: z
    .string()
    .max(320)
    .regex(/^[^<>\r\n]*<?[^<>@\s]+@[^<>@\s]+>?$/, 'an address such as Gatehouse <gatehouse@example.com>'),
  /** The authority (PEM) of a server whose certificate no public authority signed. */
  certificateAuthority: z.string().max(20_000).nullable().default(null),
  allowPrivateNetwork: AllowPrivateNetwork,
})
const SlackTarget = z.strictObject({
  kind: z.literal('slack'),
  /** The channel that all read, by id, for news sent to the channel as a whole; null: persons only. */
  channelId: z
    .string()
    .regex(/^[CGD][A-Z0-9]{2,20}$/, 'the id of a channel, such as C0123456789')
    .nullable()
    .default(null),
  /** Where Slack's Web API is; GovSlack has one of its own. */
  apiUrl: Url.default('https://slack.com/api'),
  allowPrivateNetwork: AllowPrivateNetwork,
})
const TeamsTarget = z.strictObject({ kind: z.literal('teams'), allowPrivateNetwork: AllowPrivateNetwork })
const WebhookTarget = z.strictObject({ kind: z.literal('webhook'), url: Url, allowPrivateNetwork: AllowPrivateNetwork })

/** Where a channel leads, as it is kept and shown. */
export const ChannelTarget = z.discriminatedUnion('kind', [EmailTarget, SlackTarget, TeamsTarget, WebhookTarget])
export type ChannelTarget = z.infer<typeof ChannelTarget>
export type TargetOf<K extends ChannelKindId> = Extract<ChannelTarget, { kind: K }>

/** The same with its secrets; those that are left out stay as they are. */
export const ChannelTargetInput = z.discriminatedUnion('kind', [
  EmailTarget.extend({ password: Secret.optional() }),
  SlackTarget.extend({ botToken: Secret.optional(), signingSecret: Secret.optional() }),
  TeamsTarget.extend({ url: Url.optional() }),
  WebhookTarget,
])
export type ChannelTargetInput = z.infer<typeof ChannelTargetInput>

const ChannelFields = z.strictObject({
  name: z.string().trim().min(1).max(80),
  enabled: z.boolean(),
  /** Kinds of news that it is sent as a whole; empty: all. E-mail reaches persons only. */
  newsKinds: z.array(z.enum(NEWS_KIND_IDS)).max(NEWS_KIND_IDS.length),
  /** The highest tier whose details it may carry; null: only details of what concerns no tier. */
  detailsUpTo: z.string().max(80).nullable(),
})

export const CreateChannelInput = z.strictObject({
  name: ChannelFields.shape.name,
  enabled: ChannelFields.shape.enabled.default(true),
  newsKinds: ChannelFields.shape.newsKinds.default([]),
  detailsUpTo: ChannelFields.shape.detailsUpTo.default(null),
  target: ChannelTargetInput,
})
export const UpdateChannelInput = ChannelFields.partial().extend({
  id: z.uuid(),
  target: ChannelTargetInput.optional(),
  reason: z.string().trim().max(500).default(''),
})
export const ChannelIdInput = z.strictObject({ id: z.uuid() })
export const TestChannelInput = z.strictObject({
  id: z.uuid(),
  /** Who gets it, for channels that reach persons; oneself unless told. */
  personId: z.uuid().optional(),
})
export const RetryDeliveryInput = z.strictObject({ id: z.uuid() })

export const ListDeliveriesQuery = PageQuery.extend({
  channelId: z.uuid().optional(),
  state: z.enum(DELIVERY_STATES).optional(),
})

export const AttemptDto = z.strictObject({
  attempt: z.int(),
  outcome: z.enum(['sent', 'retry', 'failed']),
  status: z.int().nullable(),
  answer: z.string(),
  ms: z.int(),
  at: Moment,
})

export const DeliveryDto = z.strictObject({
  id: z.uuid(),
  channelId: z.uuid(),
  channelName: z.string(),
  kind: z.string(),
  title: z.string(),
  /** Null: sent to the channel as a whole. */
  personName: z.string().nullable(),
  digest: z.boolean(),
  state: z.enum(DELIVERY_STATES),
  /** When it is tried next, or first; null once it has ended. */
  nextAt: Moment.nullable(),
  createdAt: Moment,
  endedAt: Moment.nullable(),
  attempts: z.array(AttemptDto),
})
export type DeliveryDto = z.infer<typeof DeliveryDto>

export const ChannelDto = z.strictObject({
  id: z.uuid(),
  kind: z.enum(CHANNEL_KINDS),
  name: z.string(),
  enabled: z.boolean(),
  newsKinds: z.array(z.string()),
  detailsUpTo: z.string().nullable(),
  target: ChannelTarget,
  /** Names of the secrets that are set; never their texts. */
  secretsSet: z.array(z.string()),
  /** Until when the signing secret before the present one signs as well. */
  previousSecretUntil: Moment.nullable(),
  /** Where Slack sends presses of buttons; null for other kinds. */
  interactionsUrl: z.string().nullable(),
  version: z.int(),
  createdAt: Moment,
  updatedAt: Moment,
  waiting: z.int(),
  failedLastDay: z.int(),
  lastDelivery: z
    .strictObject({ state: z.enum(DELIVERY_STATES), at: Moment, status: z.int().nullable(), answer: z.string() })
    .nullable(),
})
export type ChannelDto = z.infer<typeof ChannelDto>

/** A channel with the secret that was made for it, which nobody sees again. */
export const ChannelWithSecretDto = z.strictObject({ ...ChannelDto.shape, secret: z.string().nullable() })
export type ChannelWithSecretDto = z.infer<typeof ChannelWithSecretDto>
