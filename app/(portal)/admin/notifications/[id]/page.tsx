import type { Metadata } from 'next'
import { formatDateTime } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { DefinitionList } from '#components/page/definition-list.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { VersionHistory } from '#components/page/version-history.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Code } from '#components/ui/code-block.tsx'
import { newsTitle } from '#lib/notices/news-kinds.ts'
import { channelHistory, getChannel, listDeliveries } from '#lib/notification-channels/queries.ts'
import { type ChannelDto, ListDeliveriesQuery } from '#lib/notification-channels/schema.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { ChannelActions } from '../_components/channel-actions.tsx'
import { channelChoices } from '../_components/channel-choices.ts'
import { healthOf, KINDS, placeOf } from '../_components/channel-words.ts'
import { DeliveryLog } from '../_components/delivery-log.tsx'
import { EditChannel } from '../_components/edit-channel.tsx'

export const metadata: Metadata = { title: 'Channel' }

const SHOWN = 50

export default function NotificationChannelPage({ params }: { params: Promise<{ id: string }> }) {
  return renderPage(async ({ ctx }) => {
    const { id } = await params
    const channel = await getChannel(ctx, id)
    const [log, history, choices] = await Promise.all([
      listDeliveries(ctx, ListDeliveriesQuery.parse({ channelId: id, limit: SHOWN })),
      channelHistory(ctx, id),
      channelChoices(ctx),
    ])
    const manages = scopeOf(ctx.actor, 'notifications.manage') !== null
    const health = healthOf(channel)
    return (
      <Page>
        <LiveRefresh topics={['notices']} />
        <PageHeader
          crumb={channel.name}
          title={channel.name}
          description={`${KINDS[channel.kind].title}. ${KINDS[channel.kind].reach}.`}
          badges={<Badge tone={health.tone}>{health.label}</Badge>}
          actions={manages ? <ChannelActions channel={channel} /> : null}
        />
        <DefinitionList items={factsOf(channel)} />
        <Section title="Delivery log" description={`The last ${SHOWN}, with what the other side said`}>
          {log.data.length === 0 ? (
            <p className="text-muted text-sm">Nothing was sent through it yet. Send a test.</p>
          ) : (
            <DeliveryLog deliveries={log.data} now={Date.now()} mayRetry={manages} />
          )}
        </Section>
        {manages ? (
          <Section title="Settings">
            <EditChannel key={channel.version} channel={channel} choices={choices} />
          </Section>
        ) : null}
        <Section title="History">
          <VersionHistory label={`Versions of ${channel.name}`} versions={history} made="Added" />
        </Section>
      </Page>
    )
  })
}

function factsOf(channel: ChannelDto) {
  const { newsKinds, detailsUpTo, secretsSet, previousSecretUntil, interactionsUrl, waiting } = channel
  return [
    { term: 'Leads to', value: placeOf(channel) },
    ...(channel.kind === 'email'
      ? []
      : [
          { term: 'Sent as a whole', value: newsKinds.length === 0 ? 'All news' : newsKinds.map(newsTitle).join(', ') },
        ]),
    { term: 'Details', value: detailsUpTo ? `Up to the tier ${detailsUpTo}` : 'Only of what is not classified' },
    { term: 'Secrets', value: secretsSet.length === 0 ? 'None' : `${secretsSet.length} kept, encrypted` },
    ...(previousSecretUntil
      ? [{ term: 'Former secret', value: `Signs as well until ${formatDateTime(previousSecretUntil)}` }]
      : []),
    ...(interactionsUrl ? [{ term: 'Interactivity request URL', value: <Code>{interactionsUrl}</Code> }] : []),
    { term: 'Waiting', value: String(waiting) },
  ]
}
