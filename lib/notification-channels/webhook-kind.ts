import { signWebhook } from '#core/notifications/standard-webhook.ts'
import { portalUrl } from '#lib/platform/addresses.ts'
import { guardedRequest } from '#lib/platform/guarded-request.ts'
import type { ChannelKind, Parcel } from './channel-kind.ts'
import { checkUrl } from './check-url.ts'
import { httpResult } from './http-result.ts'

/** A signed webhook by the Standard Webhooks specification, to whatever takes one. */
export const webhookKind: ChannelKind<'webhook'> = {
  id: 'webhook',
  title: 'Webhook',
  needs: () => [],
  personal: false,
  shared: () => true,
  check(target) {
    if (target.kind === 'webhook') checkUrl('target.url', target.url, target.allowPrivateNetwork)
  },
  async send(parcel) {
    const { target, secrets } = parcel
    const body = JSON.stringify(payloadOf(parcel))
    const signing = [secrets.signingSecret, secrets.previousSecret].filter(secret => secret !== undefined)
    const headers = signWebhook(signing, { id: parcel.id, at: new Date(), body })
    const { url, allowPrivateNetwork } = target
    return httpResult(
      await guardedRequest({
        url,
        allowPrivateNetwork,
        body,
        headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'Gatehouse-Webhooks' },
      }),
    )
  },
}

function payloadOf({ messages, request }: Parcel<'webhook'>): object {
  const [message] = messages
  return {
    type: `notification.${message?.kind ?? 'test'}`,
    timestamp: new Date().toISOString(),
    data: {
      title: message?.title,
      detail: message?.detail,
      url: message ? portalUrl() + message.href : portalUrl(),
      due_at: message?.dueAt ?? null,
      recipients: message?.people ?? [],
      approval: request && {
        id: request.id,
        risk: request.risk,
        pending: request.pending,
        expires_at: request.expiresAt,
        digest: request.digest,
        lines: request.lines,
      },
    },
  }
}
