import { createHash } from 'node:crypto'

/**
 * Merkle trees of RFC 6962 (Certificate Transparency), section 2.1, over SHA-256: leaves are hashed with the
 * prefix 0x00 and nodes with 0x01, so that one can never be taken for the other.
 */

const LEAF = Buffer.from([0])
const NODE = Buffer.from([1])

/** MTH({d}) = SHA-256(0x00 ‖ d). */
export function hashLeaf(data: string | Uint8Array): Buffer {
  return createHash('sha256').update(LEAF).update(data).digest()
}

/** SHA-256(0x01 ‖ left ‖ right). */
export function hashNode(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(NODE).update(left).update(right).digest()
}

/** MTH of the leaf hashes in order; of none, the hash of the empty string. */
export function rootOf(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) return createHash('sha256').digest()
  const frontier = new Frontier()
  for (const leaf of leaves) frontier.append(leaf)
  return frontier.root()
}

/**
 * The right edge of a tree: the roots of its perfect subtrees, widest first. Enough to append leaves and to
 * know the root, in memory that grows with the logarithm of the size.
 */
export class Frontier {
  size = 0n
  #subtrees: { leaves: bigint; hash: Uint8Array }[] = []

  append(leafHash: Uint8Array): void {
    let subtree = { leaves: 1n, hash: leafHash }
    for (let last = this.#subtrees.at(-1); last?.leaves === subtree.leaves; last = this.#subtrees.at(-1)) {
      this.#subtrees.pop()
      subtree = { leaves: last.leaves * 2n, hash: hashNode(last.hash, subtree.hash) }
    }
    this.#subtrees.push(subtree)
    this.size += 1n
  }

  root(): Buffer {
    const hashes = this.#subtrees.map(subtree => subtree.hash)
    const last = hashes.pop()
    if (!last) return createHash('sha256').digest()
    return Buffer.from(hashes.reduceRight((right, left) => hashNode(left, right), last))
  }

  /** The roots of the perfect subtrees, widest first, to be kept. */
  hashes(): Buffer[] {
    return this.#subtrees.map(subtree => Buffer.from(subtree.hash))
  }

  /** A frontier as `hashes` gave it. Throws when their number does not fit the size. */
  static restore(size: bigint, hashes: readonly Uint8Array[]): Frontier {
    const frontier = new Frontier()
    frontier.size = size
    const widths = perfectSubtrees(size)
    if (widths.length !== hashes.length)
      throw new Error(`a tree of ${size} leaves has ${widths.length} perfect subtrees`)
    frontier.#subtrees = widths.map((leaves, index) => ({ leaves, hash: hashes[index] as Uint8Array }))
    return frontier
  }
}

function perfectSubtrees(size: bigint): bigint[] {
  const bits = size.toString(2)
  return [...bits].flatMap((bit, index) => (bit === '1' ? [1n << BigInt(bits.length - 1 - index)] : []))
}
