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
  const facts: [title: string, value: string][] = [
    ...(message?.people.length ? [['For', message.people.join(', ')] as [string, string]] : []),
    ...(message?.dueAt ? [['Due', `${message.dueAt.slice(0, 16).replace('T', ' ')} UTC`] as [string, string]] : []),
    ...(request?.lines ?? []).map(({ label, before, after }): [string, string] => [
      label,
      before === null ? after : `${after} (before: ${before})`,
    ]),
  ]
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      words({ text: message?.title ?? '', weight: 'Bolder', size: 'Medium' }),
      ...(message?.detail ? [words({ text: message.detail })] : []),
      ...facts.map(([title, value]) => words({ text: `${title}: `, weight: 'Bolder' }, { text: value })),
    ],
    actions: [{ type: 'Action.OpenUrl', title: 'Open in Gatehouse', url: portalUrl() + (message?.href ?? '') }],
  }
}

/** Runs of text. A TextBlock and a FactSet would read Markdown in what people write; these do not. */
function words(...runs: readonly { text: string; weight?: 'Bolder'; size?: 'Medium' }[]): object {
  return { type: 'RichTextBlock', inlines: runs.map(run => ({ type: 'TextRun', ...run })) }
}
