import 'server-only'
import type { z } from 'zod'
import { isRole, type Role } from '#core/permissions.ts'
import { isLocalRequest, servesDemo } from '#lib/platform/auth/demo-guard.ts'
import { oidcName } from '#lib/platform/auth/options.ts'
import { needsSetUp } from '#lib/platform/auth/set-up-code.ts'
import { hashLinkToken } from '#lib/platform/auth/sign-in-link.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { afterId, type Page, toPage } from '#lib/platform/pagination.ts'
import { read } from '#lib/platform/transaction.ts'
import { toMappingDto, WITH_TEAM } from './mapping-dto.ts'
import type { GroupMappingDto, ListGroupMappingsQuery } from './schema.ts'

export interface Persona {
  id: string
  name: string
  title: string | null
  roles: Role[]
  team: string | null
}

export interface SignInChoices {
  /** No organization exists: the first administrator must set the installation up. */
  setUp: boolean
  /** What single sign-on is called; null when it is not configured. */
  oidcName: string | null
  demo: { organization: string; personas: Persona[] } | null
}

/** What the sign-in page offers to this request. Names nobody but the personas of a demonstration. */
export async function signInChoices(request: Headers): Promise<SignInChoices> {
  return {
    setUp: await needsSetUp(),
    oidcName: oidcName(),
    demo: isLocalRequest(request) ? await demoPersonas() : null,
  }
}

/** People of the demonstration organization who have a title; the others are there to be looked at. */
async function demoPersonas(): Promise<SignInChoices['demo']> {
  const { system } = databases()
  const organization = await system.organization.findFirst({ where: { demo: true, removedAt: null } })
  if (!organization) return null
  const people = await system.person.findMany({
    where: { organizationId: organization.id, status: 'active', title: { not: null } },
    include: { memberships: { include: { team: { select: { name: true } } }, take: 1 } },
    orderBy: { id: 'asc' },
  })
  const personas = people.map(person => ({
    id: person.id,
    name: person.name,
    title: person.title,
    roles: person.roles.filter(isRole),
    team: person.memberships[0]?.team.name ?? null,
  }))
  return { organization: organization.name, personas }
}

/** Whom a sign-in link is for, without using it up; null when it cannot be used any more. */
export async function signInLinkFor(token: string): Promise<{ person: string; organization: string } | null> {
  if (!token || token.length > 128) return null
  const link = await databases().system.signInLink.findUnique({
    where: { tokenHash: Uint8Array.from(hashLinkToken(token)) },
    include: { person: { include: { organization: true } } },
  })
  if (!link || link.usedAt || link.expiresAt <= new Date()) return null
  const { name, status, organization } = link.person
  if (status !== 'active' || organization.removedAt || (organization.demo && !servesDemo())) return null
  return { person: name, organization: organization.name }
}

/** What groups of the identity provider mean here, newest first. */
export function listGroupMappings(
  ctx: Context,
  query: z.output<typeof ListGroupMappingsQuery>,
): Promise<Page<GroupMappingDto>> {
  requirePermission(ctx, 'people.manage')
  return read(ctx, async tx => {
    const teamId = query.teamId ? { teamId: query.teamId } : {}
    const rows = await tx.groupMapping.findMany({
      where: { organizationId: ctx.organizationId, ...teamId, ...afterId(query.cursor) },
      include: WITH_TEAM,
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    })
    const page = toPage(rows, query.limit, last => last.id)
    return { ...page, data: page.data.map(toMappingDto) }
  })
}
