import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { makeCertificate } from '#test/vendors/certificate.ts'
import { BOOTSTRAP_TOKEN, PRODUCT_PORTS, VENDOR_TLS } from './fixtures/portal.ts'

const READY = 'Gatehouse is ready'
const DEADLINE_MS = 10 * 60_000

/** Starts the whole product once, as `npm start` does, with a home of its own and the demonstration. */
export default async function setup(): Promise<() => Promise<void>> {
  const home = await mkdtemp(path.join(tmpdir(), 'gatehouse-e2e-'))
  const tls = makeCertificate()
  const certificate = path.join(home, 'vendors.pem')
  await writeFile(certificate, tls.cert)
  process.env[VENDOR_TLS] = JSON.stringify(tls)
  const { DATABASE_URL: _, ...inherited } = process.env
  const child = spawn(process.execPath, ['--conditions=react-server', 'scripts/start.ts'], {
    cwd: path.resolve(import.meta.dirname, '..'),
    env: {
      ...inherited,
      ...PRODUCT_PORTS,
      NODE_OPTIONS: '',
      NODE_EXTRA_CA_CERTS: certificate,
      GATEHOUSE_HOME: home,
      GATEHOUSE_SEED: 'demo',
      GATEHOUSE_BOOTSTRAP_TOKEN: BOOTSTRAP_TOKEN,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await untilReady(child)
  return async () => {
    const gone = new Promise(resolve => child.once('exit', resolve))
    child.kill('SIGTERM')
    await gone
    await rm(home, { recursive: true, force: true })
  }
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    const late = setTimeout(() => reject(new Error(`the product did not start in time:\n${said}`)), DEADLINE_MS)
    const hear = (text: string) => {
      said += text
      if (!said.includes(READY)) return
      clearTimeout(late)
      resolve()
    }
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', hear)
    child.once('exit', code => reject(new Error(`the product ended with ${code}:\n${said}`)))
  })
}
