import type { NotificationMessage, SendResult } from '#core/notifications/message.ts'
import type { ChannelKindId, ChannelTarget, TargetOf } from './schema.ts'

/** The texts of a channel's secrets, by name. */
export type ChannelSecrets = Readonly<Record<string, string>>

/** What an approver can read of a request in a message. */
export interface RequestDetails {
  readonly id: string
  readonly title: string
  readonly requesterName: string
  readonly reason: string
  readonly risk: string
  readonly digest: string
  readonly pending: boolean
  /** Whether the message asks for the decision, and does not only tell of the request. */
  readonly asksToDecide: boolean
  readonly expiresAt: string
  /** Null where the tier of what is asked for does not let it out. */
  readonly lines: readonly { label: string; before: string | null; after: string }[] | null
}

/** One message to be sent: what is told, to whom, through which channel. */
export interface Parcel<K extends ChannelKindId = ChannelKindId> {
  /** The same for every attempt at it. */
  readonly id: string
  readonly organizationId: string
  readonly channelId: string
  readonly target: TargetOf<K>
  readonly secrets: ChannelSecrets
  /** More than one: a digest. Without what the channel may not carry. */
  readonly messages: readonly NotificationMessage[]
  /** Null: to all who read the channel. */
  readonly person: { readonly id: string; readonly name: string; readonly email: string } | null
  /** The request that the message is about; null: about none, or several messages. */
  readonly request: RequestDetails | null
  readonly attempt: number
  /** What the channel calls messages that asked this person for the decision, once it has fallen. */
  readonly answered: readonly string[]
  readonly organizationName: string
}

/** A kind of channel: what it takes, and how it sends. */
export interface ChannelKind<K extends ChannelKindId = ChannelKindId> {
  readonly id: K
  readonly title: string
  /** Names of secrets without which it cannot send. */
  readonly needs: (target: TargetOf<K>) => readonly string[]
  /** Whether it reaches persons one by one. */
  readonly personal: boolean
  /** Whether a channel of this target is sent news as a whole. */
  readonly shared: (target: TargetOf<K>) => boolean
  /** Throws `invalid_input` when the target leads where it may not. */
  check(target: ChannelTarget, secrets: ChannelSecrets): void
  /** Sends it, and says what came of that; what it throws counts as "try again". */
  send(parcel: Parcel<K>): Promise<SendResult>
}
