import Link from 'next/link'
import { Suspense } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { RouteDto } from '#lib/routes/schema.ts'
import { callsText, constraintTexts, coversText, OBJECTIVES } from './route-words.ts'
import type { TypicalExplanation } from './typical-explanation.ts'
import { WinnerNow } from './winner-now.tsx'

/** Every route with what it covers and who wins now; the answers of the gateways come in after the page. */
export function RoutesTable({
  routes,
  explain,
}: {
  routes: readonly RouteDto[]
  explain: (route: RouteDto) => Promise<TypicalExplanation>
}) {
  return (
    <Table label="Routes">
      <TableHead>
        <tr>
          <TableHeader>Route</TableHeader>
          <TableHeader>Decides for</TableHeader>
          <TableHeader>Prefers</TableHeader>
          <TableHeader className="max-md:hidden">Within</TableHeader>
          <TableHeader>Wins now</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {routes.map(route => (
          <TableRow key={route.id}>
            <TableCell className="min-w-28">
              <Link
                href={`/operate/routes/${route.id}`}
                className="inline-block py-1 font-medium underline-offset-3 hover:underline"
              >
                {route.name}
              </Link>
              {route.enabled ? null : (
                <Badge icon={null} className="ml-2">
                  Off
                </Badge>
              )}
            </TableCell>
            <TableCell className="min-w-44">
              {coversText(route)}
              <span className="block text-muted text-xs">{callsText(route)}</span>
            </TableCell>
            <TableCell className="whitespace-nowrap">{OBJECTIVES[route.objective].label}</TableCell>
            <TableCell className="max-w-80 text-muted max-md:hidden">
              {constraintTexts(route).join(' · ') || 'no bounds'}
            </TableCell>
            <TableCell className="min-w-32">
              {route.enabled ? (
                <Suspense fallback={<span className="text-muted">asking a gateway</span>}>
                  <WinnerNow explained={explain(route)} />
                </Suspense>
              ) : (
                <span className="text-muted">decides nothing</span>
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
