import { BellRing } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Section } from '#components/page/section.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { listChannels, listDeliveries } from '#lib/notification-channels/queries.ts'
import { type ChannelDto, ListDeliveriesQuery } from '#lib/notification-channels/schema.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { AddChannel } from './_components/add-channel.tsx'
import { channelChoices } from './_components/channel-choices.ts'
import { headline, healthOf, KINDS, placeOf } from './_components/channel-words.ts'
import { DeliveryLog } from './_components/delivery-log.tsx'
import { TestButton } from './_components/test-button.tsx'

export const metadata: Metadata = { title: 'Notifications' }

const SHOWN = 25

export default function NotificationChannelsPage() {
  return renderPage(async ({ ctx }) => {
    const manages = scopeOf(ctx.actor, 'notifications.manage') !== null
    const [channels, log, choices] = await Promise.all([
      listChannels(ctx),
      listDeliveries(ctx, ListDeliveriesQuery.parse({ limit: SHOWN })),
      channelChoices(ctx),
    ])
    const add = manages ? <AddChannel choices={choices} /> : null
    return (
      <Page>
        <LiveRefresh topics={['notices']} />
        <PageHeader
          title={headline(channels)}
          description="Everything is told in the portal. Channels carry it further: to persons as they chose, and to those who read a channel."
          actions={add}
        />
        {channels.length === 0 ? (
          <EmptyState
            icon={<BellRing />}
            title="No channel yet"
            description="Add your mail server, Slack, Microsoft Teams or a webhook, and send a test: an alert that reaches nobody does not count."
            action={add}
          />
        ) : (
          <ul aria-label="Channels">
            {channels.map(channel => (
              <Channel key={channel.id} channel={channel} manages={manages} />
            ))}
          </ul>
        )}
        {log.data.length > 0 ? (
          <Section title="Delivery log" description={`The last ${SHOWN}, of every channel`}>
            <DeliveryLog deliveries={log.data} now={Date.now()} mayRetry={manages} />
          </Section>
        ) : null}
      </Page>
    )
  })
}

function Channel({ channel, manages }: { channel: ChannelDto; manages: boolean }) {
  const health = healthOf(channel)
  const { lastDelivery } = channel
  return (
    <li className="flex flex-wrap items-center gap-x-5 gap-y-2 border-line border-b py-3.5 text-sm">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2">
          <Link href={`/admin/notifications/${channel.id}`} className="font-medium underline-offset-4 hover:underline">
            {channel.name}
          </Link>
          <Badge icon={null}>{KINDS[channel.kind].title}</Badge>
        </p>
        <p className="truncate text-muted">{placeOf(channel)}</p>
      </div>
      <div className="min-w-0 basis-72">
        <Badge tone={health.tone}>{health.label}</Badge>
        <p className="truncate text-muted">
          {lastDelivery ? (
            <>
              Last <RelativeTime time={lastDelivery.at} />: {lastDelivery.status ?? ''} {lastDelivery.answer}
            </>
          ) : (
            'Nothing was sent through it yet'
          )}
        </p>
      </div>
      {manages ? <TestButton id={channel.id} name={channel.name} /> : null}
    </li>
  )
}
