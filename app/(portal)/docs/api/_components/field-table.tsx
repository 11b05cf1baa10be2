import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { ReferenceField } from '#lib/api/reference.ts'

/** Fields of a request or an answer. `placed` says of each where it goes: path, query, header or body. */
export function FieldTable({
  label,
  fields,
  placed = false,
}: {
  label: string
  fields: readonly ReferenceField[]
  placed?: boolean
}) {
  return (
    <div>
      <p className="mb-1 text-muted text-xs">{placed ? 'Takes' : 'Answers'}</p>
      <Table label={label}>
        <TableHead>
          <TableRow>
            <TableHeader>Field</TableHeader>
            {placed ? <TableHeader>In</TableHeader> : null}
            <TableHeader>Type</TableHeader>
            <TableHeader>Note</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {fields.map(field => (
            <TableRow key={`${field.place} ${field.name}`}>
              <TableCell className="font-mono">
                {field.name}
                {placed && field.required ? <span className="font-sans text-muted text-xs"> required</span> : null}
              </TableCell>
              {placed ? <TableCell className="text-muted">{field.place}</TableCell> : null}
              <TableCell className="max-w-72 break-words font-mono text-muted text-xs">{field.type}</TableCell>
              <TableCell className="text-muted">{field.note}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  )
}
