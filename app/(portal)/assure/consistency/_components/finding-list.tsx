import { ArrowRight } from 'lucide-react'
import Link from 'next/link'
import type { FindingDto } from '#lib/consistency/schema.ts'

/** Findings, each with its fix beside it. */
export function FindingList({ findings, label }: { findings: readonly FindingDto[]; label: string }) {
  return (
    <ul aria-label={label} className="divide-y divide-line rounded-[10px] border border-line bg-raised px-4">
      {findings.map(({ subject, message, fix }) => (
        <li
          key={`${subject.id} ${message}`}
          className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 py-2.5 text-sm"
        >
          <span className="min-w-0 flex-1 basis-64">{message}</span>
          <Link
            href={fix.href}
            className="inline-flex items-center gap-1.5 py-0.5 text-accent-text underline-offset-3 hover:underline"
          >
            {fix.text}
            <ArrowRight aria-hidden className="size-3.5 shrink-0" />
          </Link>
        </li>
      ))}
    </ul>
  )
}
