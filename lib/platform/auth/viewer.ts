import { cookies } from 'next/headers'
import { cache } from 'react'
import type { Grants } from '#core/permissions.ts'
import { grantsOf } from '#core/role-grants.ts'
import type { Context } from '../context.ts'
import { databases } from '../database.ts'
import { DomainError } from '../errors.ts'
import { servesDemo } from './demo-guard.ts'
import { readSession, type Session, sessionCookie } from './session.ts'

/** The signed-in person and what they may do, as pages and actions need them. */
export interface Viewer {
  person: { id: string; name: string; email: string; title: string | null; roles: string[] }
  organization: { id: string; name: string; slug: string; demo: boolean; timezone: string }
  /** Every team they are in, by name. */
  teams: { id: string; name: string; slug: string; kind: 'member' | 'lead'; archived: boolean }[]
  /** Every permission they have, with its scope. */
  grants: Grants
}

interface ViewerRow {
  id: string
  name: string
  email: string
  title: string | null
  roles: string[]
  organization: Viewer['organization']
  teams: Viewer['teams']
}

/** Who is signed in; null without a valid session. Looked up once a request. */
export const currentViewer = cache(async (): Promise<Viewer | null> => {
  const token = (await cookies()).get(sessionCookie().name)?.value
  const session = await readSession(token)
  return session && loadViewer(session)
})

/** The context of the signed-in person; throws `unauthenticated` without a session. */
export async function requireContext(requestId: string): Promise<Context> {
  const viewer = await currentViewer()
  if (!viewer) throw new DomainError('unauthenticated', 'Your session has ended. Sign in again.')
  return viewerContext(viewer, requestId)
}

export function viewerContext(viewer: Viewer, requestId: string): Context {
  const { person, organization, teams } = viewer
  return {
    organizationId: organization.id,
    requestId,
    actor: {
      kind: 'person',
      id: person.id,
      name: person.name,
      roles: person.roles,
      teamIds: teams.map(team => team.id),
      ledTeamIds: teams.filter(team => team.kind === 'lead').map(team => team.id),
    },
  }
}

/**
 * The person behind a session, in one query; null when the person was deactivated, their sessions were
 * ended, their organization was removed, or it is a demonstration that may not be served here.
 */
export async function loadViewer(session: Session): Promise<Viewer | null> {
  const [row] = await databases().system.$queryRaw<ViewerRow[]>`
    select p.id, p.name, p.email, p.title, p.roles,
      json_build_object('id', o.id, 'name', o.name, 'slug', o.slug, 'demo', o.demo,
        'timezone', coalesce(o.settings->>'timezone', 'UTC')) as organization,
      coalesce((
        select json_agg(json_build_object('id', t.id, 'name', t.name, 'slug', t.slug, 'kind', m.kind,
          'archived', t.archived_at is not null) order by t.name)
        from memberships m join teams t on t.id = m.team_id where m.person_id = p.id
      ), '[]') as teams
    from people p join organizations o on o.id = p.organization_id
    where p.id = ${session.personId}::uuid and p.organization_id = ${session.organizationId}::uuid
      and p.status = 'active' and p.session_version = ${session.sessionVersion} and o.removed_at is null`
  if (!row || (row.organization.demo && !servesDemo())) return null
  const { organization, teams, ...person } = row
  return { person, organization, teams, grants: grantsOf(person.roles) }
}
