import { LoadingTable } from '#components/page/loading-table.tsx'

export default function Loading() {
  return <LoadingTable />
}
