import { formatCount } from '#components/format.ts'
import type { CheckDto } from '#lib/consistency/schema.ts'

/** The answer of the page in a sentence. */
export function headline(checks: readonly CheckDto[]): string {
  const broken = checks.filter(({ findings }) => findings.length > 0)
  if (broken.length === 0) return `All records fit together: ${formatCount(checks.length, 'check')} hold`
  const findings = broken.reduce((sum, check) => sum + check.findings.length, 0)
  const errors = broken.filter(({ severity }) => severity === 'error').length
  const grave = errors === 0 ? 'none of them grave' : `${formatCount(errors, 'check')} with effect at the gateway`
  return `${formatCount(findings, 'finding')} in ${broken.length} of ${checks.length} checks, ${grave}`
}
