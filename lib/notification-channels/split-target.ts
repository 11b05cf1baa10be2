import { invalid } from '#lib/platform/errors.ts'
import type { ChannelSecrets } from './channel-kind.ts'
import { channelKind } from './kinds.ts'
import { ChannelTarget, type ChannelTargetInput } from './schema.ts'

const SECRETS: Readonly<Record<ChannelTargetInput['kind'], readonly string[]>> = {
  email: ['password'],
  slack: ['botToken', 'signingSecret'],
  teams: ['url'],
  webhook: [],
}

/** What says where secrets are sent, and how well they are kept on the way. */
const ADDRESS: Readonly<Record<ChannelTargetInput['kind'], readonly string[]>> = {
  email: ['host', 'port', 'security', 'certificateAuthority'],
  slack: ['apiUrl'],
  teams: [],
  webhook: [],
}

/**
 * A target apart from its secrets, which go to their own place; those that are left out stay as they were, unless the
 * target leads elsewhere than `before`. Throws `invalid_input` when one is missing, or when it leads where it may not.
 */
export function splitTarget(
  input: ChannelTargetInput,
  kept: ChannelSecrets,
  before: ChannelTarget | null,
): { target: ChannelTarget; secrets: ChannelSecrets } {
  const names = SECRETS[input.kind]
  const given = Object.entries(input)
  const target = ChannelTarget.parse(Object.fromEntries(given.filter(([name]) => !names.includes(name))))
  const moved = before !== null && ADDRESS[input.kind].some(name => fieldOf(before, name) !== fieldOf(target, name))
  // Another address never gets the secret that was meant for the first.
  const lost = names.find(name => moved && kept[name] !== undefined && fieldOf(input, name) === undefined)
  if (lost) throw invalid(`target.${lost}`, 'Give this anew: it was meant for the address before.')
  const secrets = {
    ...kept,
    ...Object.fromEntries(given.filter(([name, value]) => names.includes(name) && value !== undefined)),
  } as Record<string, string>
  const kind = channelKind(input.kind)
  const missing = kind.needs(target as never).find(name => secrets[name] === undefined)
  if (missing) throw invalid(`target.${missing}`, 'This is needed, and not set yet.')
  kind.check(target, secrets)
  return { target, secrets }
}

function fieldOf(target: object, name: string): unknown {
  return (target as Record<string, unknown>)[name]
}
