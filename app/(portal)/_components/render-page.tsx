import 'server-only'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { NoPermission } from '#components/page/no-permission.tsx'
import { Page } from '#components/page/page-header.tsx'
import { PageCrumb } from '#components/shell/page-crumb.tsx'
import { PERMISSIONS, type Permission } from '#core/permissions.ts'
import { DomainError } from '#lib/platform/errors.ts'
import { type PageContext, pageContext } from './page-context.ts'
import { rolesThatGrant } from './roles-that-grant.ts'

/**
 * Draws a page for the signed-in person: `build` loads what it shows, through queries that authorize, and returns the
 * page. A refused query becomes the "no permission" page, a missing record the "not found" page. Load in `build`
 * itself: what a component further down throws reaches error.tsx instead.
 */
export async function renderPage(build: (page: PageContext) => Promise<ReactNode>): Promise<ReactNode> {
  const page = await pageContext()
  try {
    return await build(page)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    if (error.kind === 'not_found') notFound()
    if (error.kind === 'unauthenticated') return <Refused message={error.message} />
    if (error.kind === 'permission_denied') return <Refused message={error.message} />
    throw error
  }
}

/** The page of somebody whose roles do not reach this: which permission it takes and who can grant it. */
function Refused({ message }: { message: string }) {
  const permission = (Object.keys(PERMISSIONS) as Permission[]).find(name => message.includes(` ${name} `))
  return (
    <Page wide={false}>
      <PageCrumb label="No permission" />
      <h1 className="sr-only">No permission</h1>
      <NoPermission
        permission={permission ?? 'of this page'}
        grantors={['An administrator']}
        action={permission ? <RolesWithIt permission={permission} /> : null}
      />
    </Page>
  )
}

function RolesWithIt({ permission }: { permission: Permission }) {
  const roles = rolesThatGrant(permission)
  return (
    <p className="max-w-xl text-muted text-sm">
      “{PERMISSIONS[permission]}” is part of {roles.length === 1 ? 'the role' : 'the roles'}{' '}
      {new Intl.ListFormat('en', { type: 'conjunction' }).format(roles)}.
    </p>
  )
}
