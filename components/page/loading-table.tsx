import { Skeleton } from '#components/ui/skeleton.tsx'

const widths = ['w-3/5', 'w-2/5', 'w-1/2', 'w-1/3']

/** The shape of a page with a table while it loads: use it in loading.tsx. */
export function LoadingTable({
  rows = 10,
  columns = 5,
  title = true,
}: {
  rows?: number
  columns?: number
  title?: boolean
}) {
  return (
    <div role="status" className="flex flex-col gap-5 px-4 py-6 md:px-7 md:py-7.5">
      <span className="sr-only">Loading</span>
      {title ? (
        <div className="flex flex-col gap-2">
          <Skeleton className="h-6 w-72 max-w-full" />
          <Skeleton className="w-96 max-w-full" />
        </div>
      ) : null}
      <div className="border-line border-t">
        {Array.from({ length: rows }, (_, row) => row).map(row => (
          <div
            key={row}
            className="grid h-9.5 items-center gap-6 border-line border-b"
            style={{ gridTemplateColumns: `2fr repeat(${columns - 1}, 1fr)` }}
          >
            {Array.from({ length: columns }, (_, column) => column).map(column => (
              <Skeleton key={column} className={`h-3.5 ${widths[(row + column) % widths.length]}`} />
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}
