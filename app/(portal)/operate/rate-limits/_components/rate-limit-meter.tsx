import Link from 'next/link'
import { Meter } from '#components/ui/meter.tsx'
import type { RateLimitDto } from '#lib/rate-limits/schema.ts'
import { coverText, limitText, stateOf, usedRatio, usedText } from './rate-limit-words.ts'

/** How full a limit is at this moment, what it covers and whom it refused; its name leads to its page. */
export function RateLimitMeter({ limit }: { limit: RateLimitDto }) {
  const { tone, note } = stateOf(limit)
  return (
    <Meter
      label={
        <Link href={`/operate/rate-limits/${limit.id}`} className="underline-offset-3 hover:underline">
          {limit.name}
        </Link>
      }
      ratio={usedRatio(limit)}
      value={usedText(limit)}
      tone={tone}
      note={`${limitText(limit)}, ${coverText(limit)}. ${note}`}
    />
  )
}
