import type { Match } from '../detector.ts'
import type { Scan } from '../scan.ts'

const CURL_LOGIN =
  /\bcurl\b(?:[^\n\\]|\\\n|\\.){0,300}?\s(?:-u|--user)(?:[ \t]+|=)["']?((?!\$)[\w.@{}~!-]*)["']?:["']?((?!\$)[^\s"':]*)/g
const PLACEHOLDER =
  /^(?:[x*.•_-]+|<.*>|\[.*\]|\$.*|\{.*\}|%s|%.*%|(?:my[-_]?)?passw(?:or)?d|pass|pwd|secret|token|test|user|changeme|example|replace.*|your[-_].*)$/i

/** Passwords that commands are given, by the word that each command has: what an expression catches. */
const COMMANDS: readonly [word: string, pattern: RegExp][] = [
  ['mysql', /\bmysql(?:dump|admin)?[ \t][^\n|;]{0,80}?[ \t]-p["']?((?![$<{%"'-]|pass|secret|x{3}|\*)[^\s"']{6,128})/gi],
  ['psexec', /\bpsexec(?:\.exe)?[ \t][^\n|;]{0,120}?[ \t]-p[ \t]{1,4}["']?((?![$<{%"'-]|pass|secret)[^\s"']{4,128})/gi],
  ['machine', /\bmachine\s{1,4}\S{1,100}\s{1,8}login\s{1,4}\S{1,100}\s{1,8}password\s{1,4}((?![$<{%"'])\S{6,200})/g],
  ['sshpass', /\bsshpass[ \t]{1,4}-p[ \t]{0,4}["']?((?![$<{%"']|pass|secret|x{3}|\*)[^\s"']{4,128})/gi],
  [
    '--password-stdin',
    /\becho[ \t]{1,4}["']?((?![$<{%"']|pass|secret|x{3}|\*)[^\s"'|]{6,200})(?=["']?[ \t]{0,4}\|[^\n]{0,120}--password-stdin)/gi,
  ],
]

/** Those with a name of a secret in them. */
const NAMED: ReadonlySet<string> = new Set(['machine', 'sshpass', '--password-stdin'])

/** What documentation writes in place of a password. */
export function isPlaceholder(password: string): boolean {
  return PLACEHOLDER.test(password)
}

/** Passwords that commands are given, and logins for curl. */
export function findCommandPasswords({ text, secretNames }: Scan, found: Match[]): void {
  const isNamed = secretNames.length > 0
  // The option of all of them but netrc's.
  const hasOption = text.includes('-p')
  for (const [word, pattern] of COMMANDS) {
    if ((NAMED.has(word) && !isNamed) || (word !== 'machine' && !hasOption)) continue
    if (!text.includes(word) && !(word === 'psexec' && text.includes('PsExec'))) continue
    for (const match of text.matchAll(pattern)) {
      const end = match.index + match[0].length
      found.push({ kind: 'command_password', start: end - (match[1]?.length ?? 0), end })
    }
  }
  if (text.includes('curl ')) findCurlLogins(text, found)
}

/** Passwords, and tokens in place of a name, that are given to curl. */
function findCurlLogins(text: string, found: Match[]): void {
  for (const match of text.matchAll(CURL_LOGIN)) {
    const [, name = '', password = ''] = match
    const isSecret =
      password === '' ? /^(?=\D*\d)[^$]{10,}$/.test(name) : password.length >= 4 && !isPlaceholder(password)
    if (!isSecret) continue
    const end = match.index + match[0].length
    found.push({ kind: 'curl_login', start: end - match[0].length, end })
  }
}
