import Link from 'next/link'
import { Section } from '#components/page/section.tsx'
import { Badge } from '#components/ui/badge.tsx'
import type { ModelDetailDto } from '#lib/models/schema.ts'

/** Who stands in for a model, in the order gateways try them. */
export function ModelSubstitutes({ model, names }: { model: ModelDetailDto; names: ReadonlyMap<string, string> }) {
  const { substitutes } = model
  return (
    <Section title="Equivalents" description="Who stands in for it, in the order gateways try them">
      {substitutes.length === 0 ? (
        <p className="text-muted text-sm">
          None: when it does not answer its calls fail, unless a route names others for them.
        </p>
      ) : (
        <ol className="text-sm">
          {substitutes.map(({ modelId, when }, index) => (
            <li key={modelId} className="flex flex-wrap items-center gap-2 border-line border-b py-1.5 last:border-0">
              <span className="w-4 text-muted tabular-nums">{index + 1}</span>
              <Link href={`/build/models/${modelId}`} className="py-0.5 font-medium underline-offset-3 hover:underline">
                {names.get(modelId) ?? modelId}
              </Link>
              {when.includes('outage') ? <Badge icon={null}>in an outage</Badge> : null}
              {when.includes('budget') ? <Badge icon={null}>when a budget asks</Badge> : null}
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}
