import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { proveConsistency, proveInclusion, verifyConsistency, verifyInclusion } from './proofs.ts'
import { Frontier, hashLeaf, rootOf } from './tree.ts'

const leavesOf = (count: number) => Array.from({ length: count }, (_, index) => hashLeaf(`leaf ${index}`))
const size = fc.integer({ min: 1, max: 130 })
const flip = (hash: Buffer) => Buffer.from(hash.map((byte, index) => (index === 3 ? byte ^ 1 : byte)))

describe('roots', () => {
  // Vectors of the Certificate Transparency reference implementation.
  const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
  const roots = [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ]
  test.each(roots.map((root, index) => [index + 1, root]))('of %i leaves', (count, root) => {
    const leaves = inputs.slice(0, Number(count)).map(text => hashLeaf(Buffer.from(text, 'hex')))
    expect(rootOf(leaves).toString('hex')).toBe(root)
  })

  test('of none is the hash of nothing', () => {
    const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
    expect(rootOf([]).toString('hex')).toBe(empty)
  })

  test('a frontier restored at any point goes on to the same root', () => {
    fc.assert(
      fc.property(size, fc.nat(), (count, at) => {
        const leaves = leavesOf(count)
        const cut = at % (count + 1)
        const first = new Frontier()
        for (const leaf of leaves.slice(0, cut)) first.append(leaf)
        const second = Frontier.restore(first.size, first.hashes())
        for (const leaf of leaves.slice(cut)) second.append(leaf)
        expect(second.root()).toEqual(rootOf(leaves))
        expect(second.size).toBe(BigInt(count))
      }),
    )
  })
})

describe('inclusion', () => {
  test('is proved for every leaf, and for no other leaf, place, size or root', () => {
    fc.assert(
      fc.property(size, fc.nat(), (count, seed) => {
        const leaves = leavesOf(count)
        const index = seed % count
        const [root, leaf] = [rootOf(leaves), leaves[index] as Buffer]
        const proof = proveInclusion(leaves, index)
        expect(verifyInclusion(leaf, index, count, proof, root)).toBe(true)
        expect(verifyInclusion(flip(leaf), index, count, proof, root)).toBe(false)
        expect(verifyInclusion(leaf, index, count, proof, flip(root))).toBe(false)
        expect(verifyInclusion(leaf, count, count, proof, root)).toBe(false)
        expect(verifyInclusion(leaf, index, count, [...proof, leaf], root)).toBe(false)
        if (count > 1) {
          expect(verifyInclusion(leaf, (index + 1) % count, count, proof, root)).toBe(false)
          expect(verifyInclusion(leaf, index, count, proof.map(flip), root)).toBe(false)
        }
      }),
    )
  })

  test('asking beyond the tree is an error', () => {
    expect(() => proveInclusion(leavesOf(3), 3)).toThrow(RangeError)
  })
})

describe('consistency', () => {
  test('is proved between a tree and each of its beginnings, and refused for a changed one', () => {
    fc.assert(
      fc.property(size, fc.nat(), (count, seed) => {
        const leaves = leavesOf(count)
        const older = 1 + (seed % count)
        const [olderRoot, root] = [rootOf(leaves.slice(0, older)), rootOf(leaves)]
        const proof = proveConsistency(leaves, older)
        expect(verifyConsistency(older, olderRoot, count, root, proof)).toBe(true)
        expect(verifyConsistency(older, flip(olderRoot), count, root, proof)).toBe(false)
        expect(verifyConsistency(older, olderRoot, count, flip(root), proof)).toBe(false)
        const changed = leaves.map((leaf, index) => (index === older - 1 ? flip(leaf) : leaf))
        expect(verifyConsistency(older, olderRoot, count, rootOf(changed), proveConsistency(changed, older))).toBe(
          false,
        )
      }),
    )
  })
})
