import { labelPositions } from './label-positions.ts'

export type EndLabel = {
  key: string
  text: string
  /** Where its line ends: 0 at the bottom of the plot, 1 at the top. */
  share: number
  colour: string
}

const lineHeight = 14

/** The series' names at the ends of their lines, moved apart where they would collide. */
export function LineEndLabels({
  labels,
  width,
  top,
  height,
}: {
  labels: readonly EndLabel[]
  width: number
  top: number
  height: number
}) {
  const positions = labelPositions(
    labels.map(label => (1 - label.share) * height),
    lineHeight,
    height,
  )
  return (
    <div aria-hidden className="pointer-events-none absolute right-0" style={{ width, top, height }}>
      {labels.map((label, index) => (
        <span
          key={label.key}
          className="absolute left-1 max-w-full -translate-y-1/2 truncate text-[0.6875rem] leading-3.5 tabular-nums"
          style={{ top: positions[index], color: label.colour }}
          title={label.text}
        >
          {label.text}
        </span>
      ))}
    </div>
  )
}
