import type { Metadata } from 'next'
import Link from 'next/link'
import { DefinitionList } from '#components/page/definition-list.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Code, CodeBlock } from '#components/ui/code-block.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { type SignInConfiguration, signInConfiguration } from '#lib/sign-in/configuration.ts'
import { listGroupMappings } from '#lib/sign-in/queries.ts'
import { ListGroupMappingsQuery } from '#lib/sign-in/schema.ts'
import { listTeams } from '#lib/teams/queries.ts'
import { ListTeamsQuery } from '#lib/teams/schema.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { GroupMappings } from './_components/group-mappings.tsx'

export const metadata: Metadata = { title: 'Sign-in' }

export default function SignInSettingsPage() {
  return renderPage(async ({ ctx }) => {
    const configuration = signInConfiguration(ctx)
    const [mappings, teams] = await Promise.all([
      listGroupMappings(ctx, ListGroupMappingsQuery.parse({ limit: 200 })),
      listTeams(ctx, ListTeamsQuery.parse({ limit: 200 })),
    ])
    const { oidc } = configuration
    return (
      <Page wide={false} className="gap-8">
        <PageHeader
          title={oidc ? `People sign in with ${oidc.name}` : 'Single sign-on is not configured'}
          description={
            oidc
              ? 'Sign-in links, made on a person’s page, work beside it.'
              : 'People sign in by links, made on a person’s page. Any OpenID Connect provider can be connected by environment.'
          }
        />
        <Configuration configuration={configuration} />
        <Section
          title="Group mappings"
          description="Hold from each person's next sign-in. What a group gave goes when the group is gone; what was given by hand stays."
        >
          <GroupMappings mappings={mappings.data} teams={teams.data} />
        </Section>
        <HowTo />
      </Page>
    )
  })
}

function Configuration({ configuration }: { configuration: SignInConfiguration }) {
  const { oidc, redirectUrl, publicUrlSet, groupsClaim } = configuration
  return (
    <Section
      title="Single sign-on"
      description="Read from the environment; it takes effect at a restart of the portal."
    >
      <div className="flex flex-col gap-3">
        <DefinitionList
          items={[
            {
              term: 'State',
              value: oidc ? <Badge tone="ok">Configured</Badge> : <Badge tone="neutral">Not configured</Badge>,
            },
            ...(oidc
              ? [
                  { term: 'Issuer', value: <Code>{oidc.issuer}</Code> },
                  { term: 'Client id', value: <Code>{oidc.clientId}</Code> },
                  {
                    term: 'Client secret',
                    value: oidc.secretSet ? 'Set, shown by nothing' : 'None: a public client with PKCE',
                  },
                  { term: 'Scope', value: <Code>{oidc.scope}</Code> },
                ]
              : []),
            { term: 'Groups claim', value: <Code>{groupsClaim}</Code> },
          ]}
        />
        <div className="flex flex-col gap-1.5">
          <p className="text-muted text-sm">Redirect address, to be registered at the identity provider</p>
          <CodeBlock label="Redirect address" code={redirectUrl} />
        </div>
        {publicUrlSet ? null : (
          <Callout tone="warn" title="The address is this machine's own">
            Set <Code>GATEHOUSE_PUBLIC_URL</Code> to where people reach the portal, before you register the redirect
            address.
          </Callout>
        )}
      </div>
    </Section>
  )
}

const PROVIDERS = [
  {
    name: 'Okta',
    issuer: 'https://<domain>.okta.com',
    groups: 'Add a groups claim to the ID token of the application.',
  },
  {
    name: 'Microsoft Entra ID',
    issuer: 'https://login.microsoftonline.com/<tenant id>/v2.0',
    groups: 'Token configuration, Add groups claim. The values are object ids; map those.',
  },
  {
    name: 'Auth0',
    issuer: 'https://<domain>.auth0.com/',
    groups: 'An action sets a namespaced claim; name it in GATEHOUSE_OIDC_GROUPS_CLAIM.',
  },
  { name: 'Google', issuer: 'https://accounts.google.com', groups: 'Google sends none: give roles in the portal.' },
]

function HowTo() {
  return (
    <Section
      title="How to connect yours"
      actions={
        <Link href="/docs/sign-in" className="text-accent-text underline-offset-3 hover:underline">
          Sign-in in the documentation
        </Link>
      }
    >
      <Table label="Identity providers">
        <TableHead>
          <tr>
            <TableHeader>Provider</TableHeader>
            <TableHeader>Issuer</TableHeader>
            <TableHeader>Groups</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {PROVIDERS.map(({ name, issuer, groups }) => (
            <TableRow key={name}>
              <TableCell className="whitespace-nowrap font-medium">{name}</TableCell>
              <TableCell className="wrap-anywhere min-w-48 font-mono text-xs">{issuer}</TableCell>
              <TableCell className="min-w-48 text-muted">{groups}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Section>
  )
}
