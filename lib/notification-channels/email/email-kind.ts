import { isIP } from 'node:net'
import nodemailer from 'nodemailer'
import type { SendResult } from '#core/notifications/message.ts'
import { unsubscribeUrl } from '#lib/notification-preferences/unsubscribe-link.ts'
import { portalUrl } from '#lib/platform/addresses.ts'
import { invalid } from '#lib/platform/errors.ts'
import { guardedAddress, hostRefusal } from '#lib/platform/guarded-request.ts'
import type { ChannelKind, Parcel } from '../channel-kind.ts'
import { shorten } from '../http-result.ts'
import { composeEmail } from './compose-email.ts'

const TIMEOUT_MS = 10_000

/** Mail to persons through an SMTP server. */
export const emailKind: ChannelKind<'email'> = {
  id: 'email',
  title: 'E-mail',
  needs: ({ user }) => (user === null ? [] : ['password']),
  personal: true,
  shared: () => false,
  check(target) {
    if (target.kind !== 'email') return
    const refusal = hostRefusal(target.host, target.allowPrivateNetwork)
    if (refusal) throw invalid('target.host', refusal)
    if (target.security === 'none' && !target.allowPrivateNetwork) {
      throw invalid(
        'target.security',
        'Without encryption only within a private network, which has to be allowed here.',
      )
    }
  },
  async send(parcel) {
    if (!parcel.person) return { outcome: 'failed', status: null, answer: 'E-mail reaches persons only.' }
    try {
      return await deliver(parcel, parcel.person)
    } catch (error) {
      return refusalOf(error)
    }
  },
}

async function deliver(
  { id, target, secrets, messages, organizationName }: Parcel<'email'>,
  person: { id: string; email: string },
) {
  const { host, port, security, user, from, certificateAuthority } = target
  const address = await guardedAddress(host, target.allowPrivateNetwork)
  const transport = nodemailer.createTransport({
    host: address,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user === null ? {} : { auth: { user, pass: secrets.password ?? '' } }),
    // The address was looked up and checked above; the certificate has to be that of the name.
    tls: {
      minVersion: 'TLSv1.2',
      ...(isIP(host) ? {} : { servername: host }),
      ...(certificateAuthority ? { ca: certificateAuthority } : {}),
    },
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: 2 * TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const portal = portalUrl()
  const domain = new URL(portal).hostname
  try {
    const sent = await transport.sendMail({
      from,
      to: { name: '', address: person.email },
      ...composeEmail(messages, { portal, organization: organizationName }),
      // The same for every attempt: a server that has it already can tell.
      messageId: `<${id}@${domain}>`,
      headers: {
        'List-Unsubscribe': `<${unsubscribeUrl(person.id)}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
      },
    })
    return {
      outcome: 'sent' as const,
      status: statusIn(sent.response),
      answer: shorten(sent.response),
      remoteId: sent.messageId,
    }
  } finally {
    transport.close()
  }
}

/** A 5yz reply will be given again; a 4yz reply and a broken connection may not (RFC 5321, 4.2.1). */
function refusalOf(error: unknown): SendResult {
  const { responseCode, code, message } = error as { responseCode?: number; code?: string; message?: string }
  const lasting = responseCode === undefined ? code === 'EAUTH' || code === 'EENVELOPE' : responseCode >= 500
  return {
    outcome: lasting ? 'failed' : 'retry',
    status: responseCode ?? null,
    answer: shorten(message ?? String(error)),
  }
}

function statusIn(response: string): number | null {
  const code = Number.parseInt(response, 10)
  return Number.isNaN(code) ? null : code
}
