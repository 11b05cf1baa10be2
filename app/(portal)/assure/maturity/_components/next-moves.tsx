import { ArrowRight } from 'lucide-react'
import Link from 'next/link'
import type { CriterionDto } from '#lib/maturity/schema.ts'
import { askText, foundText } from './maturity-words.ts'

/** What to do first to leave the stage, each with the place where it is done. */
export function NextMoves({ criteria }: { criteria: readonly CriterionDto[] }) {
  return (
    <ol className="divide-y divide-line rounded-[10px] border border-line bg-raised">
      {criteria.map((criterion, index) => (
        <li key={criterion.id} className="grid grid-cols-[1.5rem_1fr] gap-x-2 px-4 py-3 text-sm">
          <span className="text-muted tabular-nums">{index + 1}</span>
          <div className="min-w-0">
            <Link
              href={criterion.next?.href ?? `/assure/maturity/${criterion.id}`}
              className="inline-flex items-center gap-1.5 py-0.5 font-medium underline-offset-3 hover:underline"
            >
              {criterion.next?.text ?? criterion.text}
              <ArrowRight aria-hidden className="size-3.5 shrink-0" />
            </Link>
            <p className="text-muted">
              <Link href={`/assure/maturity/${criterion.id}`} className="underline-offset-3 hover:underline">
                {criterion.id}
              </Link>
              {': '}
              {criterion.parts
                .filter(part => part.state !== 'met')
                .map(part => `${askText(part)}: ${foundText(part)}`)
                .join('; ')}
            </p>
          </div>
        </li>
      ))}
    </ol>
  )
}
