import type { Metadata } from 'next'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { RecordPage } from '#components/page/record-page.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { VersionHistory } from '#components/page/version-history.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { enforcementOf } from '#lib/gateway-fleet/enforcement.ts'
import { decidesAlone } from '#lib/models/decides-alone.ts'
import { modelVersions } from '#lib/models/model-history.ts'
import { modelUse } from '#lib/models/model-use.ts'
import { getModel } from '#lib/models/queries.ts'
import type { ModelDetailDto } from '#lib/models/schema.ts'
import { listModelVersions } from '#lib/own-models/model-versions.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { listTeams } from '#lib/teams/queries.ts'
import { ListTeamsQuery } from '#lib/teams/schema.ts'
import { RecordAnnotations } from '../../../_components/annotations/record-annotations.tsx'
import { fleetLine } from '../../../_components/fleet-line.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { equivalentChoices } from '../../../build/models/_components/equivalent-choices.ts'
import { LIFECYCLES, LifecycleBadge } from '../../../build/models/_components/lifecycle.tsx'
import { MarkdownPage } from '../../../docs/_components/markdown-page.tsx'
import { ChangeTerms } from '../_components/change-terms.tsx'
import { forWhom } from '../_components/for-whom.ts'
import { ModelTermsView } from '../_components/model-terms-view.tsx'
import { ModelUse } from '../_components/model-use.tsx'
import { ModelVersions } from '../_components/model-versions.tsx'
import { versionChoices } from '../_components/version-choices.ts'

export const metadata: Metadata = { title: 'Model governance' }

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ tab?: string }> }

const MANY = 200
const TABS = ['use', 'versions', 'card', 'history']

export default function GovernedModelPage({ params, searchParams }: Props) {
  return renderPage(async ({ ctx }) => {
    const [{ id }, { tab = '' }] = await Promise.all([params, searchParams])
    const [model, versions, use, teams, enforcement, others, alone, own] = await Promise.all([
      getModel(ctx, id),
      modelVersions(ctx, id),
      modelUse(ctx, id),
      listTeams(ctx, ListTeamsQuery.parse({ limit: MANY })),
      enforcementOf(ctx, 'model', id),
      equivalentChoices(ctx, id),
      decidesAlone(ctx),
      listModelVersions(ctx, id),
    ])
    const href = `/govern/catalog/${id}`
    const teamNames = new Map(teams.data.map(team => [team.id, team.name]))
    const manages = scopeOf(ctx.actor, 'models.manage') !== null
    const [latest] = versions
    const names = new Map(others.map(({ value, label }) => [value, label]))
    return (
      <>
        <LiveRefresh topics={['config', 'approvals']} />
        <RecordPage
          title={titleOf(model, forWhom(model.onlyFor, teamNames))}
          crumb={model.identifier}
          status={<LifecycleBadge lifecycle={model.lifecycle} />}
          facts={[model.identifier, model.providerName, model.ownerName ? `owned by ${model.ownerName}` : 'no owner']}
          actions={
            <>
              {manages ? (
                <ChangeTerms
                  key={model.version}
                  model={{ id, name: model.displayName, terms: model }}
                  teams={teams.data.map(team => ({ value: team.id, label: team.name }))}
                  decidesAlone={alone}
                />
              ) : null}
              {manages ? <ButtonLink href={`/build/models/${id}/edit`}>Edit its metadata</ButtonLink> : null}
              <ButtonLink href={`/build/models/${id}`} variant="ghost">
                As developers see it
              </ButtonLink>
            </>
          }
          tabs={[
            { href, label: 'Terms' },
            { href: `${href}?tab=use`, label: 'Who uses it', count: use.keys.length },
            { href: `${href}?tab=versions`, label: 'Versions', count: own.data.length || own.answered.length },
            { href: `${href}?tab=card`, label: 'Model card' },
            { href: `${href}?tab=history`, label: 'History', count: versions.length },
          ]}
          currentTab={TABS.includes(tab) ? `${href}?tab=${tab}` : href}
          enforcedBy={
            enforcement
              ? [
                  {
                    document: `model/${id}`,
                    version: Number(enforcement.version),
                    effect: LIFECYCLES[model.lifecycle].effect,
                  },
                ]
              : []
          }
          fleet={enforcement ? fleetLine(enforcement) : undefined}
          decidedBy={
            latest
              ? [
                  {
                    id: latest.id,
                    title: `Version ${latest.version} by ${latest.authorName}`,
                    detail: (
                      <>
                        <RelativeTime time={latest.createdAt} />
                        {latest.reason ? `: ${latest.reason}` : ''}
                      </>
                    ),
                  },
                ]
              : []
          }
        >
          {tab === 'use' ? (
            <ModelUse model={model} use={use} names={names} />
          ) : tab === 'versions' ? (
            <ModelVersions model={model} versions={own} choices={manages ? await versionChoices(ctx) : null} />
          ) : tab === 'card' ? (
            <ModelCard model={model} manages={manages} />
          ) : tab === 'history' ? (
            <VersionHistory versions={versions} label="History of this model" made="Added" />
          ) : (
            <ModelTermsView model={model} whom={forWhom(model.onlyFor, teamNames)} names={names} manages={manages} />
          )}
          {tab === '' ? <RecordAnnotations ctx={ctx} kind="model" id={id} /> : null}
        </RecordPage>
      </>
    )
  })
}

function ModelCard({ model, manages }: { model: ModelDetailDto; manages: boolean }) {
  if (model.modelCard) return <MarkdownPage markdown={model.modelCard} slugs={new Set()} />
  return (
    <p className="text-muted text-sm">
      It has no model card yet: what it was made for, what it was measured on, where it fails.
      {manages ? ' Edit its metadata to write one.' : ''}
    </p>
  )
}

function titleOf({ displayName, lifecycle }: ModelDetailDto, whom: string): string {
  if (lifecycle === 'blocked') return `${displayName} is blocked for everybody`
  if (lifecycle === 'proposed' || lifecycle === 'under_review') return `${displayName} is not approved yet`
  return whom === 'everybody'
    ? `${displayName} may be called by everybody`
    : `${displayName} may be called by ${whom} only`
}
