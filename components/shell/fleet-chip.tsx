import Link from 'next/link'
import { cn } from '#components/cn.ts'
import { formatNumber } from '#components/format.ts'

/** Which configuration the gateways run. */
export type FleetState = {
  /** The newest configuration version; null when nothing was published yet. */
  version: number | null
  /** Gateways that run this version. */
  current: number
  /** Gateways that report at all. */
  total: number
}

/** The fleet's state in words: "Gateway v1842 on 3 of 3". */
export function fleetText({ version, current, total }: FleetState): string {
  if (total === 0) return 'No gateway reports'
  return version === null
    ? `${formatNumber(total)} gateways, nothing published`
    : `Gateway v${version} on ${current} of ${total}`
}

/** The chip in the header: green when every gateway runs the newest version. */
export function FleetChip({ fleet, href }: { fleet: FleetState; href: string }) {
  const settled = fleet.total > 0 && fleet.current === fleet.total
  return (
    <Link
      href={href}
      className="flex h-7 items-center gap-2 whitespace-nowrap rounded-full border border-line-strong px-2.5 text-muted text-xs tabular-nums transition-colors hover:bg-hover hover:text-ink max-md:hidden"
    >
      <span
        aria-hidden
        className={cn(
          'size-2 rounded-full',
          fleet.total === 0 ? 'bg-bad' : settled ? 'bg-ok' : 'animate-pulse bg-warn',
        )}
      />
      {fleetText(fleet)}
    </Link>
  )
}
