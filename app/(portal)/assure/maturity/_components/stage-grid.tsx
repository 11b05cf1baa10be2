import Link from 'next/link'
import { cn } from '#components/cn.ts'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { LAYER_NAMES, LAYERS, type Layer, STAGES } from '#core/maturity/criterion.ts'
import type { CriterionDto, MaturityDto } from '#lib/maturity/schema.ts'
import { stageName } from './maturity-words.ts'

/** Every layer at every stage: how many of its exit criteria are met. */
export function StageGrid({ maturity }: { maturity: MaturityDto }) {
  return (
    <Table label="Exit criteria met, by layer and stage">
      <TableHead>
        <tr>
          <TableHeader>Layer</TableHeader>
          {STAGES.map(stage => (
            <TableHeader key={stage} className={cn(stage === maturity.stage && 'font-medium text-ink')}>
              {stageName(stage)}
              {stage === maturity.stage ? <span className="text-muted"> · here</span> : null}
            </TableHeader>
          ))}
        </tr>
      </TableHead>
      <TableBody>
        {LAYERS.map(layer => (
          <TableRow key={layer}>
            <TableCell className="whitespace-nowrap font-medium">{LAYER_NAMES[layer]}</TableCell>
            {STAGES.map(stage => (
              <TableCell key={stage}>
                <Cell stage={stage} layer={layer} criteria={maturity.criteria} />
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

const DOTS: Record<CriterionDto['state'], string> = {
  met: 'bg-ok',
  exempt: 'bg-info',
  not_met: 'bg-bad',
  unknown: 'hatched text-line-strong',
}

function Cell({ stage, layer, criteria }: { stage: number; layer: Layer; criteria: readonly CriterionDto[] }) {
  const exits = criteria.filter(each => each.kind === 'exit' && each.stage === stage && each.layer === layer)
  if (exits.length === 0) return <span className="text-muted">not active yet</span>
  const met = exits.filter(each => each.state === 'met' || each.state === 'exempt').length
  return (
    <Link href={`/assure/maturity?stage=${stage}#${layer}`} className="group flex items-center gap-2.5 py-1">
      <span aria-hidden className="flex gap-1">
        {exits.map(each => (
          <span key={each.id} className={cn('h-3 w-3.5 rounded-[3px]', DOTS[each.state])} />
        ))}
      </span>
      <span className="whitespace-nowrap underline-offset-3 group-hover:underline">
        {met} of {exits.length}
      </span>
    </Link>
  )
}
