import type { ChannelDto } from '#lib/notification-channels/schema.ts'

/** A channel as its form holds it; secrets are empty where they stay as they are. */
export type ChannelText = {
  kind: ChannelDto['kind']
  name: string
  newsKinds: string[]
  detailsUpTo: string
  host: string
  port: string
  security: 'tls' | 'starttls' | 'none'
  user: string
  password: string
  from: string
  certificateAuthority: string
  channelId: string
  botToken: string
  signingSecret: string
  apiUrl: string
  url: string
  allowPrivateNetwork: boolean
}

export const EMPTY_CHANNEL: ChannelText = {
  kind: 'email',
  name: '',
  newsKinds: [],
  detailsUpTo: '',
  host: '',
  port: '587',
  security: 'starttls',
  user: '',
  password: '',
  from: '',
  certificateAuthority: '',
  channelId: '',
  botToken: '',
  signingSecret: '',
  apiUrl: 'https://slack.com/api',
  url: '',
  allowPrivateNetwork: false,
}

export function fromChannel({ kind, name, newsKinds, detailsUpTo, target }: ChannelDto): ChannelText {
  const texts = Object.entries(target).map(([field, value]) => [
    field,
    typeof value === 'boolean' ? value : String(value ?? ''),
  ])
  return { ...EMPTY_CHANNEL, ...Object.fromEntries(texts), kind, name, newsKinds, detailsUpTo: detailsUpTo ?? '' }
}

/** What the verbs read; they say themselves which field breaks a rule. */
export function toChannelInput(text: ChannelText): object {
  const { name, newsKinds, detailsUpTo } = text
  return { name, newsKinds, detailsUpTo: detailsUpTo || null, target: targetOf(text) }
}

function targetOf(text: ChannelText): object {
  const { kind, allowPrivateNetwork } = text
  const secret = (field: 'password' | 'botToken' | 'signingSecret' | 'url') =>
    text[field] ? { [field]: text[field] } : {}
  switch (kind) {
    case 'email': {
      const { host, security, from } = text
      const port = /^\d{1,5}$/.test(text.port) ? Number(text.port) : text.port
      const [user, certificateAuthority] = [text.user || null, text.certificateAuthority || null]
      return {
        kind,
        allowPrivateNetwork,
        host,
        port,
        security,
        from,
        user,
        certificateAuthority,
        ...secret('password'),
      }
    }
    case 'slack': {
      const { apiUrl } = text
      const secrets = { ...secret('botToken'), ...secret('signingSecret') }
      return { kind, allowPrivateNetwork, apiUrl, channelId: text.channelId || null, ...secrets }
    }
    case 'teams':
      return { kind, allowPrivateNetwork, ...secret('url') }
    case 'webhook':
      return { kind, allowPrivateNetwork, url: text.url }
  }
}
