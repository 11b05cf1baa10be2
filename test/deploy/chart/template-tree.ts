/** A Go template (https://pkg.go.dev/text/template) as a tree: only what Gatehouse's chart uses; the rest is an error. */
export type Node =
  | { kind: 'text'; text: string }
  | { kind: 'output'; pipeline: Expression }
  | { kind: 'set'; name: string; pipeline: Expression }
  | { kind: 'if'; branches: { condition: Expression; body: Node[] }[]; otherwise: Node[] }
  | { kind: 'with'; pipeline: Expression; body: Node[]; otherwise: Node[] }
  | { kind: 'range'; names: string[]; pipeline: Expression; body: Node[] }

export type Expression =
  | { kind: 'literal'; value: unknown }
  /** `root`: a variable's name, `$` among them; null: the dot. */
  | { kind: 'field'; root: string | null; path: string[] }
  | { kind: 'inner'; of: Expression; path: string[] }
  | { kind: 'call'; name: string; args: Expression[] }
  /** A field that is a function, as in `.Files.Get "name"`. */
  | { kind: 'method'; of: Expression; args: Expression[] }

/** A file's text as a tree, and the templates that it defines, by name. Throws on what is not supported. */
export function parseTemplate(source: string): { body: Node[]; defined: Map<string, Node[]> } {
  const parser = new TemplateParser(piecesOf(source))
  const body = parser.body([])
  return { body, defined: parser.defined }
}

type Piece = { text: string } | { action: string }

function piecesOf(source: string): Piece[] {
  const pieces: Piece[] = []
  const action = /\{\{(-\s)?\s*(\/\*[\s\S]*?\*\/|(?:"(?:\\.|[^"])*"|[^"}]|\}(?!\}))*?)\s*?(\s-)?\}\}/g
  let at = 0
  let trims = false
  const addText = (text: string) => pieces.push({ text: trims ? text.trimStart() : text })
  for (const found of source.matchAll(action)) {
    const [whole, left, inside = '', right] = found
    const text = source.slice(at, found.index)
    addText(left ? text.trimEnd() : text)
    if (!inside.startsWith('/*')) pieces.push({ action: inside.trim() })
    at = found.index + whole.length
    trims = right !== undefined
  }
  addText(source.slice(at))
  return pieces
}

class TemplateParser {
  readonly defined = new Map<string, Node[]>()
  readonly #pieces: Piece[]
  #at = 0
  /** The action that ended the last body. */
  #end = ''

  constructor(pieces: Piece[]) {
    this.#pieces = pieces
  }

  /** Nodes up to an action that begins with one of these words. */
  body(ends: readonly string[]): Node[] {
    const nodes: Node[] = []
    for (let piece = this.#pieces[this.#at]; piece; piece = this.#pieces[this.#at]) {
      this.#at++
      if ('text' in piece) {
        if (piece.text !== '') nodes.push({ kind: 'text', text: piece.text })
        continue
      }
      const [word = ''] = piece.action.split(/\s/, 1)
      if (ends.includes(word)) {
        this.#end = piece.action
        return nodes
      }
      const node = this.#node(word, piece.action.slice(word.length).trim(), piece.action)
      if (node) nodes.push(node)
    }
    if (ends.length > 0) throw new Error(`the template ends before ${ends.join(' or ')}`)
    return nodes
  }

  #node(word: string, rest: string, action: string): Node | null {
    if (word === 'define') {
      this.defined.set(JSON.parse(rest) as string, this.body(['end']))
      return null
    }
    if (word === 'if') return this.#if(rest)
    if (word === 'with') {
      const body = this.body(['end', 'else'])
      const otherwise = this.#end === 'else' ? this.body(['end']) : []
      return { kind: 'with', pipeline: parseExpression(rest), body, otherwise }
    }
    if (word === 'range') {
      const [, names = '', pipeline = ''] = /^(?:((?:\$\w+(?:,\s*)?)+)\s*:=\s*)?([\s\S]+)$/.exec(rest) ?? []
      const variables = names.split(',').flatMap(name => name.trim().slice(1) || [])
      return { kind: 'range', names: variables, pipeline: parseExpression(pipeline), body: this.body(['end']) }
    }
    const assignment = /^\$(\w+)\s*:=\s*([\s\S]+)$/.exec(action)
    if (assignment) return { kind: 'set', name: assignment[1] ?? '', pipeline: parseExpression(assignment[2] ?? '') }
    return { kind: 'output', pipeline: parseExpression(action) }
  }

  #if(condition: string): Node {
    const branches = [{ condition: parseExpression(condition), body: this.body(['end', 'else']) }]
    while (this.#end.startsWith('else if ')) {
      const next = parseExpression(this.#end.slice('else if '.length))
      branches.push({ condition: next, body: this.body(['end', 'else']) })
    }
    return { kind: 'if', branches, otherwise: this.#end === 'else' ? this.body(['end']) : [] }
  }
}

const TOKEN = /\s*("(?:\\.|[^"])*"|\$?[\w]*(?:\.\w+)+|\$\w*|\.|-?\d+|\w+|\)(?:\.\w+)*|[(|])/y

function parseExpression(source: string): Expression {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  for (let found = TOKEN.exec(source); found; found = TOKEN.exec(source)) {
    tokens.push(found[1] ?? '')
    if (source.slice(TOKEN.lastIndex).trim() === '') break
  }
  if (tokens.join('').length !== source.replace(/\s(?=(?:[^"]|"[^"]*")*$)/g, '').length) {
    throw new Error(`not understood: {{ ${source} }}`)
  }
  const expression = pipeline(tokens)
  if (tokens.length > 0) throw new Error(`not understood: ${tokens.join(' ')} in {{ ${source} }}`)
  return expression
}

function pipeline(tokens: string[]): Expression {
  let value = command(tokens)
  while (tokens[0] === '|') {
    tokens.shift()
    const next = command(tokens)
    if (next.kind !== 'call') throw new Error('only functions can be piped to')
    value = { ...next, args: [...next.args, value] }
  }
  return value
}

function command(tokens: string[]): Expression {
  const first = operand(tokens)
  const args: Expression[] = []
  while (tokens.length > 0 && tokens[0] !== '|' && !tokens[0]?.startsWith(')')) args.push(operand(tokens))
  if (first.kind === 'call') return { ...first, args }
  return args.length === 0 ? first : { kind: 'method', of: first, args }
}

function operand(tokens: string[]): Expression {
  const token = tokens.shift()
  if (token === undefined) throw new Error('an expression ends too early')
  if (token === '(') {
    const of = pipeline(tokens)
    const end = tokens.shift()
    if (!end?.startsWith(')')) throw new Error('a parenthesis is not closed')
    return end === ')' ? of : { kind: 'inner', of, path: end.slice(2).split('.') }
  }
  if (token.startsWith('"')) return { kind: 'literal', value: JSON.parse(token) }
  if (/^-?\d+$/.test(token)) return { kind: 'literal', value: Number(token) }
  if (token === 'true' || token === 'false') return { kind: 'literal', value: token === 'true' }
  if (token === '.') return { kind: 'field', root: null, path: [] }
  if (token.startsWith('.')) return { kind: 'field', root: null, path: token.slice(1).split('.') }
  if (token.startsWith('$')) {
    const [root = '', ...path] = token.slice(1).split('.')
    return { kind: 'field', root, path }
  }
  return { kind: 'call', name: token, args: [] }
}
