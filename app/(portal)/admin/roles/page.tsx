import type { Metadata } from 'next'
import Link from 'next/link'
import { formatCount } from '#components/format.ts'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { listRoles, type RoleDto } from '#lib/roles/queries.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { GrantsMatrix } from './_components/grants-matrix.tsx'

export const metadata: Metadata = { title: 'Roles' }

export default function RolesPage() {
  return renderPage(async ({ ctx }) => {
    const roles = await listRoles(ctx)
    return (
      <Page>
        <PageHeader
          title={headline(roles)}
          description="Roles are part of the product and the same everywhere; a person may have several, and the widest reach counts."
        />
        <Section title="Who has which">
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-x-6 text-sm">
            {roles.map(({ role, name, people }) => (
              <li key={role} className="flex items-center justify-between gap-3 border-line border-b py-1.5">
                <span>{name}</span>
                <Link
                  href={`/admin/people?role=${role}`}
                  className="text-muted tabular-nums underline-offset-3 hover:text-ink hover:underline"
                >
                  {people === 0 ? 'nobody' : formatCount(people, 'person', 'people')}
                </Link>
              </li>
            ))}
          </ul>
        </Section>
        <Section
          title="What each gives"
          description="Own: one's own records. Team: those of the teams one leads or belongs to. All: the whole organization. Grey is what everybody has."
        >
          <GrantsMatrix roles={roles} />
        </Section>
      </Page>
    )
  })
}

function headline(roles: readonly RoleDto[]): string {
  const administrators = roles.find(({ role }) => role === 'administrator')?.people ?? 0
  if (administrators === 1)
    return 'One administrator holds every permission; a second would keep you from locking yourselves out'
  return `${formatCount(administrators, 'administrator')} hold every permission; ${roles.length - 1} roles divide the rest`
}
