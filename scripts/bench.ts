import { Hindrance, main } from './launch/progress.ts'
import { run } from './launch/run.ts'

/** What `npm run bench -- <name>` measures; without a name, throughput. */
const BENCHMARKS: Readonly<Record<string, string>> = {
  throughput: 'bench/throughput.ts',
  streaming: 'bench/streaming.ts',
  'large-bodies': 'bench/large-bodies.ts',
  soak: 'bench/soak.ts',
  translation: 'bench/translation.ts',
  fuzz: 'bench/fuzz.ts',
  inspection: 'bench/guardrails.ts',
  revocation: 'bench/revocation.ts',
  'postgres-outage': 'bench/postgres-outage.ts',
  pages: 'bench/pages.ts',
}

await main(async () => {
  const [first = 'throughput', ...rest] = process.argv.slice(2)
  const [name, args] = first.startsWith('-') ? ['throughput', [first, ...rest]] : [first, rest]
  const file = BENCHMARKS[name]
  if (!file) throw new Hindrance(`There is no benchmark "${name}". There are: ${Object.keys(BENCHMARKS).join(', ')}.`)
  // Verbs of the portal refuse to load without it.
  const { code } = await run(['--conditions=react-server', file, ...args])
  return code
})
