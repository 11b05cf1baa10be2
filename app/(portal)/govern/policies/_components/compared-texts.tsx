'use client'

import { useState } from 'react'
import { cn } from '#components/cn.ts'
import { ScrollRegion } from '#components/ui/scroll-region.tsx'
import { SegmentedControl } from '#components/ui/segmented-control.tsx'
import type { ComparedLine, ComparedRow } from '#core/policies/compare-texts.ts'

const VIEWS = [
  { value: 'split', label: 'Side by side' },
  { value: 'unified', label: 'Unified' },
] as const
/** Unchanged lines that stand around a change. */
const CONTEXT = 3

type Props = { rows: readonly ComparedRow[]; before: string; after: string }

/** Two texts compared line by line, changed words marked; long stretches without a change are left out. */
export function ComparedTexts({ rows, before, after }: Props) {
  const [view, setView] = useState<'split' | 'unified'>('split')
  const parts = shownParts(rows)
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-muted text-sm">
          From {before} to {after}. What was taken out is struck through, what was added is underlined.
        </p>
        <SegmentedControl label="How to compare" items={VIEWS} value={view} onValueChange={setView} />
      </div>
      <ScrollRegion label="Comparison" className="rounded-[10px] border border-line">
        <table
          className={cn('w-full border-collapse text-sm leading-5', view === 'split' && 'min-w-[44rem] table-fixed')}
        >
          <caption className="sr-only">{`${before} compared with ${after}`}</caption>
          {view === 'split' ? (
            <thead>
              <tr className="border-line border-b text-left text-muted">
                <th scope="col" className="px-3 py-1.5 font-normal">
                  {before}
                </th>
                <th scope="col" className="border-line border-l px-3 py-1.5 font-normal">
                  {after}
                </th>
              </tr>
            </thead>
          ) : (
            <thead className="sr-only">
              <tr>
                <th scope="col">Line</th>
              </tr>
            </thead>
          )}
          <tbody>
            {parts.map(part =>
              'skipped' in part ? (
                <tr key={`skip-${part.at}`} className="bg-sunken text-muted">
                  <td colSpan={view === 'split' ? 2 : 1} className="px-3 py-1 text-xs">
                    {part.skipped} lines without a change
                  </td>
                </tr>
              ) : view === 'split' ? (
                <SplitRow key={keyOf(part)} row={part} />
              ) : (
                <UnifiedRows key={keyOf(part)} row={part} />
              ),
            )}
          </tbody>
        </table>
      </ScrollRegion>
    </div>
  )
}

function SplitRow({ row }: { row: ComparedRow }) {
  return (
    <tr className="align-top">
      <td className={cn('px-3 py-0.5', row.change !== 'same' && (row.before ? 'bg-bad-soft' : 'bg-sunken'))}>
        <Line line={row.before} removed />
      </td>
      <td
        className={cn(
          'border-line border-l px-3 py-0.5',
          row.change !== 'same' && (row.after ? 'bg-ok-soft' : 'bg-sunken'),
        )}
      >
        <Line line={row.after} />
      </td>
    </tr>
  )
}

function UnifiedRows({ row }: { row: ComparedRow }) {
  if (row.change === 'same') {
    return (
      <tr>
        <td className="px-3 py-0.5">
          <Line line={row.after} />
        </td>
      </tr>
    )
  }
  return (
    <>
      {row.before ? (
        <tr className="bg-bad-soft">
          <td className="px-3 py-0.5">
            <Line line={row.before} removed />
          </td>
        </tr>
      ) : null}
      {row.after ? (
        <tr className="bg-ok-soft">
          <td className="px-3 py-0.5">
            <Line line={row.after} />
          </td>
        </tr>
      ) : null}
    </>
  )
}

function Line({ line, removed = false }: { line: ComparedLine | null; removed?: boolean }) {
  if (!line) return <span className="sr-only">No such line</span>
  return (
    <span className="grid grid-cols-[2.25rem_minmax(0,1fr)] gap-2">
      <span aria-hidden className="select-none text-right text-muted text-xs tabular-nums leading-5">
        {line.number}
      </span>
      <span className="wrap-anywhere whitespace-pre-wrap text-ink">
        {line.pieces.map((piece, index) => {
          // The place in its line is all that tells two equal pieces apart.
          const key = `${index}-${piece.text}`
          if (!piece.changed) return <span key={key}>{piece.text}</span>
          return removed ? (
            <del key={key} className="rounded-[3px] bg-bad/25 decoration-bad-text">
              {piece.text}
            </del>
          ) : (
            <ins key={key} className="rounded-[3px] bg-ok/25 decoration-ok-text underline-offset-2">
              {piece.text}
            </ins>
          )
        })}
      </span>
    </span>
  )
}

type Part = ComparedRow | { skipped: number; at: number }

function shownParts(rows: readonly ComparedRow[]): Part[] {
  const near = new Set<number>()
  for (const [index, row] of rows.entries()) {
    if (row.change === 'same') continue
    for (let at = index - CONTEXT; at <= index + CONTEXT; at++) near.add(at)
  }
  const parts: Part[] = []
  for (const [index, row] of rows.entries()) {
    const last = parts.at(-1)
    if (near.has(index)) parts.push(row)
    else if (last && 'skipped' in last) last.skipped++
    else parts.push({ skipped: 1, at: index })
  }
  return parts
}

function keyOf({ before, after }: ComparedRow): string {
  return `${before?.number ?? ''}-${after?.number ?? ''}`
}
