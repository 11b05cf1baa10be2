import Link from 'next/link'
import { BarChart } from '#components/charts/bar-chart.tsx'
import { formatDateTime, formatMoney, formatNumber } from '#components/format.ts'
import { DefinitionList } from '#components/page/definition-list.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Section } from '#components/page/section.tsx'
import { Stat, StatRow } from '#components/page/stat.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Meter } from '#components/ui/meter.tsx'
import { parseUsd } from '#core/usd.ts'
import type { AttestationDto, ExemptionDetailDto } from '#lib/exemptions/schema.ts'
import { AttestCondition } from './exemption-actions.tsx'
import { KIND_EFFECTS, METHOD_LABELS, RATING_LABELS, SCOPE_LABELS, scopeText, subjectText } from './exemption-words.ts'

/** What an exemption allows, on which conditions, why, and what its calls did. */
export function ExemptionOverview({ exemption, mayAttest }: { exemption: ExemptionDetailDto; mayAttest: boolean }) {
  const { kind, justification, controls, riskText, riskMethod, riskRating } = exemption
  return (
    <>
      {kind === 'tool_policy' ? <Callout tone="warn">{KIND_EFFECTS.tool_policy}</Callout> : null}
      <Usage exemption={exemption} />
      <Section title="What it allows" description={kind === 'tool_policy' ? undefined : KIND_EFFECTS[kind]}>
        <DefinitionList
          items={[
            { term: SCOPE_LABELS[kind], value: scopeText(exemption) },
            { term: 'For', value: subjectText(exemption) },
            ...(exemption.tier
              ? [{ term: kind === 'tier' ? 'Up to tier' : 'Tier ceiling', value: exemption.tier }]
              : []),
            { term: 'From', value: exemption.startsAt ? formatDateTime(exemption.startsAt) : 'its approval' },
            { term: 'Until', value: formatDateTime(exemption.endsAt) },
            { term: 'Extended', value: exemption.extensions === 1 ? 'once' : `${exemption.extensions} times` },
          ]}
        />
      </Section>
      <Section title="Why">
        <p className="max-w-2xl whitespace-pre-line">{justification}</p>
      </Section>
      <Section title={`${RATING_LABELS[riskRating]} risk`} description={METHOD_LABELS[riskMethod]}>
        <p className="max-w-2xl whitespace-pre-line">{riskText}</p>
        {controls.length > 0 ? (
          <ul className="mt-3 list-disc pl-5">
            {controls.map(control => (
              <li key={control}>{control}</li>
            ))}
          </ul>
        ) : (
          <p className="mt-3 text-muted text-sm">No compensating control is named.</p>
        )}
      </Section>
      <Conditions exemption={exemption} mayAttest={mayAttest} />
    </>
  )
}

function Usage({ exemption }: { exemption: ExemptionDetailDto }) {
  const { id, calls, spentUsd, spendCapUsd, requestCap, refusedCalls, lastUsedAt, daily } = exemption
  if (exemption.kind === 'tool_policy') return null
  return (
    <Section title="What its calls did">
      <StatRow>
        <Stat value={formatNumber(calls)} label="calls let on" href={`/operate/requests?exemption=${id}&range=90d`} />
        <Stat value={formatMoney(parseUsd(spentUsd))} label="spent by them" />
        <Stat value={lastUsedAt ? <RelativeTime time={lastUsedAt} /> : 'Never'} label="last used" />
        {refusedCalls > 0 ? (
          <Stat value={formatNumber(refusedCalls)} label="refused by its spend cap" noteTone="warn" />
        ) : null}
      </StatRow>
      <div className="mt-5 grid max-w-2xl gap-4">
        {spendCapUsd ? (
          <Meter
            label="Spend cap"
            ratio={Number(spendCapUsd) > 0 ? Number(spentUsd) / Number(spendCapUsd) : null}
            value={`${formatMoney(parseUsd(spentUsd))} of ${formatMoney(parseUsd(spendCapUsd))}`}
          />
        ) : null}
        {requestCap ? (
          <Meter
            label="Call cap"
            ratio={calls / requestCap}
            value={`${formatNumber(calls)} of ${formatNumber(requestCap)}`}
          />
        ) : null}
      </div>
      {daily.length > 1 ? (
        <div className="mt-5">
          <BarChart
            title="How much is it used?"
            subtitle="calls a day, UTC"
            points={daily.map(({ day, calls: count }) => ({ at: `${day}T00:00:00Z`, values: { calls: count } }))}
            series={[{ key: 'calls', label: 'Calls' }]}
            unit="count"
            bucket="day"
            source={{
              name: 'requests the gateways recorded',
              period: 'the last 30 days',
              asOf: new Date().toISOString(),
            }}
          />
        </div>
      ) : null}
    </Section>
  )
}

function Conditions({ exemption, mayAttest }: { exemption: ExemptionDetailDto; mayAttest: boolean }) {
  const { attestations, spendCapUsd, requestCap, tier, kind, id, state } = exemption
  const checked = [
    ...(spendCapUsd
      ? [`Its calls cost USD ${spendCapUsd} at most: no call passes it, and it ends when it is reached.`]
      : []),
    ...(requestCap ? [`At most ${formatNumber(requestCap)} calls: it ends when they are counted.`] : []),
    ...(tier && kind !== 'tier' ? [`No data above ${tier}.`] : []),
    `It ends on ${formatDateTime(exemption.endsAt)}, by each gateway’s own clock.`,
  ]
  const open = state === 'in_force' || state === 'scheduled'
  return (
    <Section title="Conditions" description="Those that a machine checks, and those that a person vouches for">
      <ul className="flex flex-col divide-y divide-line border-line border-y">
        {checked.map(text => (
          <li key={text} className="flex flex-wrap items-center justify-between gap-2 py-2.5">
            <span>{text}</span>
            <Badge tone="info">Checked by machine</Badge>
          </li>
        ))}
        {attestations.map(one => (
          <li key={one.id} className="flex flex-wrap items-center justify-between gap-2 py-2.5">
            <span>
              {one.text}
              {one.dueAt && !one.attestedAt ? (
                <span className="text-muted"> by {formatDateTime(one.dueAt)}</span>
              ) : null}
              {one.note ? <span className="block text-muted text-sm">{one.note}</span> : null}
            </span>
            <span className="flex items-center gap-2">
              <Vouched attestation={one} />
              {open && mayAttest && !one.attestedAt ? (
                <AttestCondition id={id} attestationId={one.id} text={one.text} />
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-muted text-sm">
        How an exemption works is in{' '}
        <Link href="/docs/exemptions" className="underline underline-offset-4">
          the documentation
        </Link>
        .
      </p>
    </Section>
  )
}

function Vouched({ attestation: { attestedAt, attestedBy, dueAt } }: { attestation: AttestationDto }) {
  if (attestedAt) return <Badge tone="ok">{attestedBy} vouches</Badge>
  const late = dueAt !== null && Date.parse(dueAt) <= Date.now()
  return <Badge tone={late ? 'bad' : 'neutral'}>{late ? 'Overdue' : 'Open'}</Badge>
}
