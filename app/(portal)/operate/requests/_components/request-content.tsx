import Link from 'next/link'
import { formatDate, formatNumber } from '#components/format.ts'
import { Section } from '#components/page/section.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { PERMISSIONS } from '#core/permissions.ts'
import { contentState } from '#lib/content-log/content-state.ts'
import type { ContentStateDto } from '#lib/content-log/schema.ts'
import type { Context } from '#lib/platform/context.ts'
import { rolesThatGrant } from '../../../_components/roles-that-grant.ts'
import { ContentReader } from './content-reader.tsx'
import { withoutContent } from './content-words.ts'

/** What was asked and answered, or why there is nothing to read. Opening it is a read, and every read is audited. */
export async function RequestContent({ ctx, id }: { ctx: Context; id: string }) {
  const state = await contentState(ctx, id)
  return (
    <Section title="Content" description={kept(state)} actions={<KeptAs state={state} />}>
      {state.state !== 'kept' ? (
        <Callout tone="neutral" title="Not kept">
          {withoutContent(state)}{' '}
          <Link href="/docs/content-log" className="underline underline-offset-3">
            What is kept when
          </Link>
        </Callout>
      ) : state.lacks ? (
        <Callout tone="neutral" title="Kept, and not for your roles to read">
          Reading it takes “{PERMISSIONS[state.lacks]}”. That is part of {listed(rolesThatGrant(state.lacks))}; an
          administrator can give you one of these roles.
        </Callout>
      ) : (
        <ContentReader id={id} tier={state.tier ?? ''} restricted={state.logging === 'restricted'} />
      )}
    </Section>
  )
}

function kept({ state, bytes, keptUntil, truncated }: ContentStateDto): string {
  if (state !== 'kept') return 'What was asked and answered'
  const until = keptUntil ? `, kept until ${formatDate(keptUntil)}` : ''
  return `${formatNumber(bytes)} bytes, encrypted${until}${truncated ? '; the end was cut off' : ''}`
}

function KeptAs({ state: { state, logging, tier } }: { state: ContentStateDto }) {
  if (state !== 'kept' || !logging) return null
  const label = logging === 'restricted' ? 'Restricted access' : 'Full'
  return (
    <Badge tone={logging === 'restricted' ? 'warn' : 'neutral'}>
      {tier}, {label.toLowerCase()}
    </Badge>
  )
}

function listed(roles: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(roles)
}
