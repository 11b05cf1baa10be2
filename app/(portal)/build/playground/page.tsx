import { Box, Users } from 'lucide-react'
import type { Metadata } from 'next'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { gatewayUrl } from '#lib/platform/addresses.ts'
import { requirePermission } from '#lib/platform/context.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { modelChoices } from '../keys/_components/model-choices.ts'
import { Playground } from './_components/playground.tsx'

export const metadata: Metadata = { title: 'Playground' }

type Props = { searchParams: Promise<{ model?: string }> }

export default function PlaygroundPage({ searchParams }: Props) {
  return renderPage(async ({ ctx, viewer }) => {
    requirePermission(ctx, 'playground.use')
    const [{ model }, all] = await Promise.all([searchParams, modelChoices(ctx)])
    const models = all.filter(({ dialects }) => dialects.includes('chat') || dialects.includes('messages'))
    const teams = viewer.teams.filter(team => !team.archived).map(({ id, name }) => ({ id, name }))
    return (
      <Page className="pb-0 md:pb-0">
        <PageHeader
          title="Try a model through the gateway"
          description="What you ask here is governed and recorded like any other call, and shows up on Usage."
        />
        {teams.length === 0 ? (
          <NoTeam />
        ) : models.length === 0 ? (
          <NoModel />
        ) : (
          <Playground gatewayUrl={gatewayUrl()} teams={teams} models={models} initialModelId={model} />
        )}
      </Page>
    )
  })
}

function NoTeam() {
  return (
    <EmptyState
      icon={<Users />}
      title="A call is paid by a team, and you are in none yet"
      description="Ask a team's lead to add you. The list says who that is."
      action={
        <ButtonLink href="/admin/teams" variant="primary">
          See the teams
        </ButtonLink>
      }
    />
  )
}

function NoModel() {
  return (
    <EmptyState
      icon={<Box />}
      title="The catalog holds no model to talk to"
      description="Whoever manages models can import the shipped list of a provider."
      action={<ButtonLink href="/build/models">See the catalog</ButtonLink>}
    />
  )
}
