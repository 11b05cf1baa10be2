import type { NotificationMessage } from '#core/notifications/message.ts'
import { portalUrl } from '#lib/platform/addresses.ts'
import type { RequestDetails } from '../channel-kind.ts'

// The longest that Block Kit takes.
const HEADER = 150
const SECTION = 3_000
const FIELD = 2_000
const FIELDS = 10
const MOST_MESSAGES = 20

/** What a button carries: the request and the digest of what was read. */
export interface Pressed {
  readonly id: string
  readonly digest: string
}

// Plain text throughout: what people write can neither mention anybody nor hide a link.
const plain = (text: string, longest = SECTION) => ({ type: 'plain_text', text: text.slice(0, longest), emoji: false })

/** Words in a text that Slack reads as mrkdwn: they mention nobody and hide no link (Slack, "Escaping text"). */
export function mrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** What `mrkdwn` made of a text, as it was. */
export function fromMrkdwn(text: string): string {
  return text.replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&')
}

/** A message's blocks: what is told and, where one may decide it here, the buttons that do. */
export function messageBlocks(messages: readonly NotificationMessage[], request: RequestDetails | null): object[] {
  const [first] = messages
  if (!first) return []
  if (messages.length > 1) {
    const shown = messages.slice(0, MOST_MESSAGES)
    return [
      { type: 'header', text: plain(`${messages.length} notifications from Gatehouse`, HEADER) },
      ...shown.map(({ title, detail, href }) => ({
        type: 'section',
        text: plain(detail ? `${title}\n${detail}` : title),
        accessory: openButton(href),
      })),
    ]
  }
  return [
    { type: 'header', text: plain(first.title, HEADER) },
    ...(first.detail ? [{ type: 'section', text: plain(first.detail) }] : []),
    ...(request ? requestBlocks(request) : []),
    {
      type: 'actions',
      elements: [...(request?.pending && request.asksToDecide ? decisionButtons(request) : []), openButton(first.href)],
    },
  ]
}

/** The same message once it is decided: what came of it instead of the buttons. */
export function decidedBlocks(title: string, outcome: string, approvalId: string): object[] {
  return [
    { type: 'header', text: plain(title, HEADER) },
    { type: 'section', text: plain(outcome) },
    { type: 'actions', elements: [openButton(`/approvals/${approvalId}`)] },
  ]
}

/** Asks why not, before a request is rejected; `privateMetadata` comes back with the answer. */
export function rejectView(title: string, privateMetadata: string): object {
  return {
    type: 'modal',
    callback_id: 'reject',
    private_metadata: privateMetadata,
    title: plain('Reject', 24),
    submit: plain('Reject', 24),
    close: plain('Cancel', 24),
    blocks: [
      { type: 'section', text: plain(title) },
      {
        type: 'input',
        block_id: 'reason',
        label: plain('Reason, for whoever asked', 150),
        element: { type: 'plain_text_input', action_id: 'text', multiline: true, max_length: 1_000 },
      },
    ],
  }
}

function requestBlocks({ requesterName, risk, expiresAt, lines }: RequestDetails): object[] {
  const fields = (lines ?? []).slice(0, FIELDS).map(({ label, before, after }) => {
    return plain(`${label}: ${after}${before === null ? '' : ` (before: ${before})`}`, FIELD)
  })
  const facts = `${requesterName} asks. Risk: ${risk}. Expires ${expiresAt.slice(0, 16).replace('T', ' ')} UTC.`
  return [
    ...(fields.length > 0 ? [{ type: 'section', fields }] : []),
    { type: 'context', elements: [plain(lines === null ? `${facts} What is asked for stays in Gatehouse.` : facts)] },
  ]
}

function decisionButtons({ id, digest }: RequestDetails): object[] {
  const value = JSON.stringify({ id, digest } satisfies Pressed)
  return [
    { type: 'button', action_id: 'approve', style: 'primary', text: plain('Approve', 75), value },
    { type: 'button', action_id: 'reject', style: 'danger', text: plain('Reject', 75), value },
  ]
}

function openButton(href: string): object {
  return { type: 'button', action_id: 'open', text: plain('Open in Gatehouse', 75), url: portalUrl() + href }
}
