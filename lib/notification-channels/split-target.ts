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

/**
 * A target apart from its secrets, which go to their own place; those that are left out stay as they were. Throws
 * `invalid_input` when one is missing, or when it leads where it may not.
 */
export function splitTarget(
  input: ChannelTargetInput,
  kept: ChannelSecrets,
): { target: ChannelTarget; secrets: ChannelSecrets } {
  const names = SECRETS[input.kind]
  const given = Object.entries(input)
  const target = ChannelTarget.parse(Object.fromEntries(given.filter(([name]) => !names.includes(name))))
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
