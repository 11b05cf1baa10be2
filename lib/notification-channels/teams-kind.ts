import { portalUrl } from '#lib/platform/addresses.ts'
import { invalid } from '#lib/platform/errors.ts'
import { guardedRequest } from '#lib/platform/guarded-request.ts'
import type { ChannelKind, Parcel } from './channel-kind.ts'
import { checkUrl } from './check-url.ts'
import { httpResult } from './http-result.ts'

/**
 * A Teams channel or chat, through the address of a workflow "Post to a channel when a webhook request is received":
 * an Adaptive Card 1.4 with a link, in the envelope that such workflows take. The address is the secret.
 */
export const teamsKind: ChannelKind<'teams'> = {
  id: 'teams',
  title: 'Microsoft Teams',
  needs: () => ['url'],
  personal: false,
  shared: () => true,
  check(target, { url }) {
    if (url === undefined) throw invalid('target.url', 'Give the address of the workflow.')
    checkUrl('target.url', url, target.allowPrivateNetwork)
  },
  async send(parcel) {
    const card = { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: cardOf(parcel) }
    return httpResult(
      await guardedRequest({
        url: parcel.secrets.url ?? '',
        allowPrivateNetwork: parcel.target.allowPrivateNetwork,
        headers: { 'content-type': 'application/json', 'user-agent': 'Gatehouse' },
        body: JSON.stringify({ type: 'message', attachments: [card] }),
      }),
    )
  },
}

function cardOf({ messages, request }: Parcel<'teams'>): object {
  const [message] = messages
  const facts = [
    ...(message?.people.length ? [{ title: 'For', value: message.people.join(', ') }] : []),
    ...(message?.dueAt ? [{ title: 'Due', value: message.dueAt }] : []),
    ...(request?.lines ?? []).map(({ label, before, after }) => ({
      title: label,
      value: before === null ? after : `${after} (before: ${before})`,
    })),
  ]
  const text = (value: string, more: object = {}) => ({ type: 'TextBlock', text: value, wrap: true, ...more })
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      text(message?.title ?? '', { weight: 'Bolder', size: 'Medium' }),
      ...(message?.detail ? [text(message.detail)] : []),
      ...(facts.length > 0 ? [{ type: 'FactSet', facts }] : []),
    ],
    actions: [{ type: 'Action.OpenUrl', title: 'Open in Gatehouse', url: portalUrl() + (message?.href ?? '') }],
  }
}
