import type { Metadata } from 'next'
import Link from 'next/link'
import { formatDate, formatMoney, formatNumber } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { DefinitionList } from '#components/page/definition-list.tsx'
import { RecordPage } from '#components/page/record-page.tsx'
import { Section } from '#components/page/section.tsx'
import { Stat, StatRow } from '#components/page/stat.tsx'
import { VersionHistory } from '#components/page/version-history.tsx'
import { Code } from '#components/ui/code-block.tsx'
import { parseUsd } from '#core/money.ts'
import { PROVIDER_KIND_INFO } from '#core/provider-kinds.ts'
import { type Enforcement, enforcementOf } from '#lib/gateway-fleet/enforcement.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { getProvider, providerHistory } from '#lib/providers/queries.ts'
import type { ProviderDto } from '#lib/providers/schema.ts'
import { listRequests } from '#lib/requests/queries.ts'
import type { RequestDto } from '#lib/requests/schema.ts'
import { usageSummary } from '#lib/usage/queries.ts'
import type { UsageSums } from '#lib/usage/schema.ts'
import { fleetLine } from '../../../_components/fleet-line.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { RequestsList } from '../../../build/_components/requests-list.tsx'
import { lastDecision, RecordHistory, recordHistory } from '../../_components/record-history.tsx'
import { ProviderActions } from '../_components/provider-actions.tsx'
import { CredentialForm, PrivateNetworkSwitch, ProviderForm } from '../_components/provider-settings.tsx'
import { LastTest, ProviderState } from '../_components/provider-state.tsx'
import { CREDENTIAL_WORDS, FACT_WORDS } from '../_components/provider-words.ts'

export const metadata: Metadata = { title: 'Provider' }

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ tab?: string }> }

const DAYS_MS = 30 * 86_400_000
const LATEST = 20

export default function ProviderPage({ params, searchParams }: Props) {
  return renderPage(async ({ ctx }) => {
    const [{ id }, { tab }] = await Promise.all([params, searchParams])
    const provider = await getProvider(ctx, id)
    const from = new Date(Date.now() - DAYS_MS).toISOString()
    const [usage, requests, history, versions, enforcement] = await Promise.all([
      usageSummary(ctx, { providerId: id, groupBy: 'provider' }),
      listRequests(ctx, { from, providerId: id, limit: LATEST }),
      recordHistory(ctx, 'provider', id),
      providerHistory(ctx, id),
      enforcementOf(ctx, 'provider', id),
    ])
    const mayManage = scopeOf(ctx.actor, 'providers.manage') !== null
    const href = `/admin/providers/${id}`
    return (
      <>
        <LiveRefresh topics={['config', 'events']} />
        <RecordPage
          title={titleOf(provider)}
          crumb={provider.name}
          status={<ProviderState enabled={provider.enabled} />}
          facts={[
            PROVIDER_KIND_INFO[provider.kind].label,
            ...(provider.region ? [provider.region] : []),
            `added ${formatDate(provider.createdAt)}`,
          ]}
          actions={mayManage ? <ProviderActions provider={provider} /> : null}
          tabs={[
            { href, label: 'Overview' },
            { href: `${href}?tab=evidence`, label: 'Evidence', count: requests.data.length },
            { href: `${href}?tab=history`, label: 'History', count: versions.length },
          ]}
          currentTab={tab === 'evidence' || tab === 'history' ? `${href}?tab=${tab}` : href}
          enforcedBy={enforcement ? [documentOf(provider, enforcement)] : []}
          fleet={enforcement ? fleetLine(enforcement) : undefined}
          decidedBy={lastDecision(history)}
        >
          {tab === 'evidence' ? (
            <Evidence id={id} requests={requests.data} />
          ) : tab === 'history' ? (
            <>
              <VersionHistory versions={versions} label="Versions of this provider" made="Added" />
              <Section title="In the audit log">
                <RecordHistory entries={history} />
              </Section>
            </>
          ) : (
            <Overview provider={provider} totals={usage.totals} mayManage={mayManage} />
          )}
        </RecordPage>
      </>
    )
  })
}

function Overview({ provider, totals, mayManage }: { provider: ProviderDto; totals: UsageSums; mayManage: boolean }) {
  const rows = `/operate/requests?provider=${provider.id}`
  return (
    <>
      <StatRow>
        <Stat
          value={formatNumber(provider.models)}
          label={provider.models === 1 ? 'model in the catalog' : 'models in the catalog'}
          href={`/build/models?provider=${provider.id}`}
        />
        <Stat value={formatNumber(totals.requests)} label="requests, 30 days" href={rows} />
        <Stat value={formatNumber(totals.errors)} label="of them failed" href={`${rows}&status=5xx`} />
        <Stat value={formatMoney(parseUsd(totals.costUsd))} label="cost, 30 days" href={rows} />
      </StatRow>
      <Section title="Connection">
        <DefinitionList
          items={[
            { term: 'Address', value: <Code>{provider.baseUrl}</Code> },
            {
              term: 'Region',
              value: provider.region ?? 'Not said: calls that a tier or a route binds to regions do not go there',
            },
            { term: 'Last test', value: <LastTest test={provider.lastTest} /> },
            ...(provider.lastTest ? [{ term: 'It found', value: provider.lastTest.detail }] : []),
            { term: 'Credential', value: credentialText(provider) },
            {
              term: 'Private network',
              value: provider.allowPrivateNetwork ? 'Allowed' : 'Refused, and plain http with it',
            },
          ]}
        />
      </Section>
      {mayManage ? (
        <>
          <Section title="Credential" description="Write-only: it can be replaced, never read.">
            <CredentialForm provider={provider} />
          </Section>
          <Section title="Settings">
            <div className="flex flex-col gap-6">
              <ProviderForm key={provider.updatedAt} provider={provider} />
              <PrivateNetworkSwitch provider={provider} />
            </div>
          </Section>
        </>
      ) : null}
    </>
  )
}

function Evidence({ id, requests }: { id: string; requests: readonly RequestDto[] }) {
  if (requests.length === 0)
    return <p className="text-muted text-sm">It answered no request that you may see in the last 30 days.</p>
  return (
    <Section
      title="Latest requests"
      description="As the gateways recorded them, 30 days"
      actions={
        <Link href={`/operate/requests?provider=${id}`} className="text-accent-text underline-offset-3 hover:underline">
          All requests to it
        </Link>
      }
    >
      <RequestsList requests={requests} label="Latest requests to this provider" />
    </Section>
  )
}

function titleOf({ name, enabled, models, hasCredential, kind }: ProviderDto): string {
  if (!enabled) return `${name} is out of use`
  if (!hasCredential && PROVIDER_KIND_INFO[kind].needsCredential) return `${name} needs its credential`
  if (models === 0) return `${name} is ready, without a model in the catalog yet`
  return `${name} answers for ${formatNumber(models)} ${models === 1 ? 'model' : 'models'}`
}

function credentialText({ hasCredential, credentialHint, credentialType, credentialFacts, kind }: ProviderDto): string {
  if (hasCredential && credentialType) {
    const facts = Object.entries(credentialFacts).map(([name, value]) => `${FACT_WORDS[name] ?? name} ${value}`)
    const sealed = credentialHint ? `Sealed, ends in ${credentialHint}` : "The gateway's own identity"
    return [CREDENTIAL_WORDS[credentialType].label, ...facts, sealed].join(' · ')
  }
  return PROVIDER_KIND_INFO[kind].needsCredential ? 'Missing: calls fail until it is set' : 'None, and none is needed'
}

function documentOf({ id, enabled }: ProviderDto, { version }: Enforcement) {
  return {
    document: `provider/${id}`,
    version: Number(version),
    effect: enabled ? 'Gateways call it for the models on it' : 'Gateways do not call it',
  }
}
