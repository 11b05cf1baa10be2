import { newId } from '#core/ids.ts'
import { countAccount } from '#lib/platform/auth/attempts.ts'
import type { Session } from '#lib/platform/auth/session.ts'
import { isSetUpCode, needsSetUp } from '#lib/platform/auth/set-up-code.ts'
import { SignInRefused } from '#lib/platform/auth/sign-in-refused.ts'
import { invalid, parseInput } from '#lib/platform/errors.ts'
import { foundOrganization } from './found-organization.ts'
import { SetUpInput } from './schema.ts'

/**
 * Makes the first organization and its administrator, who is signed in by it. Throws when the code is
 * wrong (`invalid_input`) or an organization exists already (`set_up_done`).
 */
export async function setUp(input: unknown): Promise<Session> {
  await countAccount('set-up')
  const { code, organizationName, teamName, ...administrator } = parseInput(SetUpInput, input)
  if (!(await needsSetUp())) throw new SignInRefused('set_up_done')
  if (!isSetUpCode(code)) throw invalid('code', new SignInRefused('wrong_code').message)
  const { organization, administratorId } = await foundOrganization(
    { actor: { kind: 'system', id: null, name: 'set-up' }, requestId: newId() },
    { name: organizationName, teamName, administrator, timezone: 'UTC' },
    async tx => {
      const first = await tx.organization.findFirst({ where: { removedAt: null }, select: { id: true } })
      if (first) throw new SignInRefused('set_up_done')
    },
  )
  if (!administratorId) throw new Error('set-up made no administrator')
  return { personId: administratorId, organizationId: organization.id, sessionVersion: 1 }
}
