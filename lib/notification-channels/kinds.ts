import type { ChannelKind } from './channel-kind.ts'
import { emailKind } from './email/email-kind.ts'
import type { ChannelKindId } from './schema.ts'
import { slackKind } from './slack/slack-kind.ts'
import { teamsKind } from './teams-kind.ts'
import { webhookKind } from './webhook-kind.ts'

const KINDS = { email: emailKind, slack: slackKind, teams: teamsKind, webhook: webhookKind }

/** The kind of channel of this id. */
export function channelKind(id: ChannelKindId): ChannelKind {
  return KINDS[id] as unknown as ChannelKind
}
