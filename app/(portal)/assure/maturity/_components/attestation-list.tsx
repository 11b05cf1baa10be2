import { RelativeTime } from '#components/page/relative-time.tsx'
import { Badge, type Tone } from '#components/ui/badge.tsx'
import type { AttestationDto } from '#lib/maturity/schema.ts'
import { WithdrawAttestation } from './maturity-actions.tsx'

const STATES: Record<AttestationDto['state'], { label: string; tone: Tone }> = {
  in_force: { label: 'In force', tone: 'ok' },
  stale: { label: 'Stale', tone: 'warn' },
  withdrawn: { label: 'Withdrawn', tone: 'neutral' },
}

const VERDICTS: Record<AttestationDto['verdict'], string> = {
  met: 'says that it is so',
  not_met: 'says that it is not so',
  exempt: 'is excused by the board',
}

/** What was attested of a criterion, newest first. */
export function AttestationList({
  attestations,
  mayWithdraw,
}: {
  attestations: readonly AttestationDto[]
  mayWithdraw: boolean
}) {
  if (attestations.length === 0) return <p className="text-muted text-sm">Nobody has attested it yet.</p>
  return (
    <ul className="divide-y divide-line rounded-[10px] border border-line bg-raised px-4">
      {attestations.map(each => (
        <li key={each.id} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-3 text-sm">
          <div className="min-w-0 flex-1 basis-72">
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <Badge tone={STATES[each.state].tone}>{STATES[each.state].label}</Badge>
              <span>
                <span className="font-medium">{each.madeByName}</span> {VERDICTS[each.verdict]},{' '}
                <RelativeTime time={each.madeAt} />
              </span>
            </p>
            <p className="mt-1">{each.statement}</p>
            {each.link ? (
              <a href={each.link} rel="noreferrer" className="break-all text-accent-text underline underline-offset-3">
                {each.link}
              </a>
            ) : null}
            {each.withdrawReason ? <p className="text-muted">Withdrawn: {each.withdrawReason}</p> : null}
            <p className="mt-1 text-muted text-xs">
              Good until <RelativeTime time={each.freshUntil} /> ·{' '}
              <span className="font-mono">sha256 {each.evidenceHash.slice(0, 16)}…</span>
            </p>
          </div>
          {mayWithdraw && each.state !== 'withdrawn' ? <WithdrawAttestation id={each.id} /> : null}
        </li>
      ))}
    </ul>
  )
}
