import type { DeploymentHealth } from '#core/contracts/deployment-health.ts'
import type { DrillInstruction } from '#core/routing/drill.ts'
import type { Measurements } from '#core/routing/order-candidates.ts'
import type { ModelEntry, ProviderEntry } from '#gateway/config/entries.ts'
import type { CircuitOptions } from './circuit.ts'
import { Deployment } from './deployment.ts'

/** What this replica has measured of every deployment it has called, and their circuits. */
export class Deployments {
  readonly measureStreams: Measurements
  readonly measureAnswers: Measurements
  readonly #options: CircuitOptions
  readonly #onChange: (deployment: Deployment) => void
  readonly #byModel = new Map<string, Deployment>()
  readonly #drills = new Map<string, { deployments: Deployments; expiresAt: number }>()

  constructor(options: CircuitOptions, onChange: (deployment: Deployment) => void) {
    this.#options = options
    this.#onChange = onChange
    this.measureStreams = id => this.#byModel.get(id)?.measure(true, performance.now()) ?? null
    this.measureAnswers = id => this.#byModel.get(id)?.measure(false, performance.now()) ?? null
  }

  /** The deployment of a model, known from its first call on; another provider is another deployment. */
  of(model: ModelEntry, provider: ProviderEntry): Deployment {
    const known = this.#byModel.get(model.id)
    if (known?.providerId === provider.id) return known
    const deployment = new Deployment(model, this.#options, this.#onChange)
    deployment.model = model.document.identifier
    deployment.provider = provider.document.name
    this.#byModel.set(model.id, deployment)
    // Whoever heard that the former one was out of use hears that it is no more.
    if (known && known.circuit !== 'closed') this.#onChange(deployment)
    return deployment
  }

  find(modelId: string): Deployment | null {
    return this.#byModel.get(modelId) ?? null
  }

  /** What a drill measures is its own: neither it nor anybody else's requests learn from the other. */
  ofDrill({ drillId, expiresAt }: DrillInstruction): Deployments {
    const now = Date.now()
    for (const [id, drill] of this.#drills) if (drill.expiresAt <= now) this.#drills.delete(id)
    const known = this.#drills.get(drillId)
    if (known) {
      known.expiresAt = Math.max(known.expiresAt, expiresAt)
      return known.deployments
    }
    const deployments = new Deployments(this.#options, () => {})
    this.#drills.set(drillId, { deployments, expiresAt })
    return deployments
  }

  /** Every deployment of an organization that was called since the start. */
  health(organizationId: string): DeploymentHealth[] {
    const now = performance.now()
    return [...this.#byModel.values()]
      .filter(deployment => deployment.organizationId === organizationId)
      .map(deployment => deployment.health(now))
  }

  all(): Iterable<Deployment> {
    return this.#byModel.values()
  }

  /** Forgets what belongs to models that are gone. */
  keepOnly(exists: (deployment: Deployment) => boolean): void {
    for (const [id, deployment] of this.#byModel) if (!exists(deployment)) this.#byModel.delete(id)
  }
}
