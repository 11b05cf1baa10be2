/** What stands in a plot's place while its code loads: nothing moves when it comes. */
export function PlotSkeleton() {
  return (
    <div
      aria-hidden
      className="h-full w-full rounded-md bg-[linear-gradient(var(--line)_1px,transparent_1px)] bg-[length:100%_25%] opacity-60"
    />
  )
}
