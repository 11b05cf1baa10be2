import { Fragment } from 'react'
import { cn } from '#components/cn.ts'
import { unknownText } from '#components/format.ts'
import { ScrollRegion } from '#components/ui/scroll-region.tsx'
import { type Grants, PERMISSIONS, type Permission, ROLES, type Role, type Scope } from '#core/permissions.ts'
import { EVERYONE, SCOPE_WORDS } from '../../_components/role-words.ts'

const cellTone: Record<Scope, string> = {
  own: 'bg-hover text-ink',
  team: 'bg-info-soft text-info-text',
  organization: 'bg-ok-soft text-ok-text',
}

const GROUPS: { label: string; nouns: string[] }[] = [
  { label: 'Build', nouns: ['keys', 'models', 'playground', 'usage'] },
  { label: 'Operate', nouns: ['requests', 'gateway', 'providers'] },
  { label: 'Security', nouns: ['audit', 'serviceTokens'] },
  { label: 'Admin', nouns: ['people', 'teams', 'organization'] },
]

/** Roles across, permissions down, and in each cell how far the grant reaches. */
export function GrantsMatrix({ roles }: { roles: readonly { role: Role; grants: Grants }[] }) {
  return (
    <ScrollRegion label="Permissions by role">
      <table aria-label="Permissions by role" className="w-full border-separate border-spacing-0 text-sm">
        <thead>
          <tr>
            <th scope="col" className="sticky left-0 z-1 bg-surface pr-4 text-left align-bottom font-normal text-muted">
              Permission
            </th>
            <RoleHead>Everyone</RoleHead>
            {roles.map(({ role }) => (
              <RoleHead key={role}>{ROLES[role]}</RoleHead>
            ))}
          </tr>
        </thead>
        <tbody>
          {GROUPS.map(group => (
            <Fragment key={group.label}>
              <tr>
                <th
                  scope="colgroup"
                  colSpan={roles.length + 2}
                  className="border-line border-b pt-5 pb-1.5 text-left font-medium"
                >
                  {group.label}
                </th>
              </tr>
              {permissionsOf(group.nouns).map(permission => (
                <tr key={permission}>
                  <th
                    scope="row"
                    className="sticky left-0 z-1 h-9.5 min-w-52 border-line border-b bg-surface py-1 pr-4 text-left font-normal"
                  >
                    {PERMISSIONS[permission]}
                    <span className="block font-mono text-muted text-xs">{permission}</span>
                  </th>
                  <ScopeCell scope={EVERYONE[permission]} />
                  {roles.map(({ role, grants }) => (
                    <ScopeCell key={role} scope={grants[permission]} inherited={EVERYONE[permission]} />
                  ))}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function RoleHead({ children }: { children: string }) {
  return (
    <th scope="col" className="min-w-17 px-1.5 pb-1 text-center align-bottom font-normal text-muted text-xs">
      {children}
    </th>
  )
}

/** A role's own grant; what everybody has already is shown quietly. */
function ScopeCell({ scope, inherited }: { scope: Scope | undefined; inherited?: Scope }) {
  const shown = scope ?? inherited
  return (
    <td className="relative border-line border-b px-1.5 text-center">
      {shown ? (
        <span
          className={cn(
            'inline-block min-w-11 rounded-md px-1.5 py-0.5 font-medium text-xs',
            scope && scope !== inherited ? cellTone[scope] : 'text-muted',
          )}
        >
          {SCOPE_WORDS[shown]}
        </span>
      ) : (
        <span className="text-muted">
          <span aria-hidden>{unknownText}</span>
          <span className="sr-only">Not granted</span>
        </span>
      )}
    </td>
  )
}

function permissionsOf(nouns: readonly string[]): Permission[] {
  const all = Object.keys(PERMISSIONS) as Permission[]
  return all.filter(permission => nouns.includes(permission.split('.')[0] ?? ''))
}
