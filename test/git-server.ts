import { execFileSync, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

export interface GitServer {
  url: string
  /** The header that lets a request in. */
  authorization: string
  /** The bare repository behind it. */
  gitdir: string
  /** Git's own command on it. */
  git(...args: string[]): string
  /** Commits one changed file to the branch `proposals`. */
  propose(file: string, content: string): void
  close(): Promise<void>
}

/** Git's own server (`git http-backend`, CGI) in front of one bare repository that wants a password. */
export async function startGitServer(password: string): Promise<GitServer> {
  const root = await mkdtemp(path.join(tmpdir(), 'gatehouse-git-'))
  const gitdir = path.join(root, 'governance.git')
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', gitdir])
  execFileSync('git', ['--git-dir', gitdir, 'config', 'http.receivepack', 'true'])
  const wanted = `Basic ${Buffer.from(`git:${password}`).toString('base64')}`
  const server = http.createServer((asked, answer) => {
    if (asked.headers.authorization !== wanted) {
      answer.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end()
      return
    }
    const url = new URL(asked.url ?? '/', 'http://localhost')
    const backend = spawn('git', ['http-backend'], {
      env: {
        ...process.env,
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: url.pathname,
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: asked.method,
        CONTENT_TYPE: asked.headers['content-type'] ?? '',
        REMOTE_USER: 'git',
      },
    })
    asked.pipe(backend.stdin)
    const chunks: Buffer[] = []
    backend.stdout.on('data', chunk => chunks.push(chunk))
    backend.on('close', () => reply(Buffer.concat(chunks), answer))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/governance.git`,
    authorization: wanted,
    gitdir,
    git: (...args) => execFileSync('git', ['--git-dir', gitdir, ...args], { encoding: 'utf8' }),
    propose(file, content) {
      const run = (args: string[], input?: string) =>
        execFileSync('git', ['--git-dir', gitdir, ...args], {
          encoding: 'utf8',
          input,
          env: { ...process.env, GIT_INDEX_FILE: path.join(root, 'index') },
        }).trim()
      run(['read-tree', 'proposals'])
      const blob = run(['hash-object', '-w', '--stdin'], content)
      run(['update-index', '--add', '--cacheinfo', `100644,${blob},${file}`])
      const author = ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.test']
      const commit = run([...author, 'commit-tree', run(['write-tree']), '-p', 'proposals', '-m', 'Proposed'])
      run(['update-ref', 'refs/heads/proposals', commit])
    },
    async close() {
      await new Promise(resolve => server.close(resolve))
      await rm(root, { recursive: true, force: true })
    },
  }
}

/** A CGI answer: headers, an empty line, the body. */
function reply(output: Buffer, answer: http.ServerResponse): void {
  const end = output.indexOf('\r\n\r\n')
  const headers = output
    .subarray(0, end)
    .toString()
    .split('\r\n')
    .map(line => line.split(': ') as [string, string])
  const status = headers.find(([name]) => name === 'Status')?.[1] ?? '200'
  answer.writeHead(Number.parseInt(status, 10), Object.fromEntries(headers.filter(([name]) => name !== 'Status')))
  answer.end(output.subarray(end + 4))
}
