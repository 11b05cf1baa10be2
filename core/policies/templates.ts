import type { PolicyKind } from './policy-kinds.ts'

const ACCEPTABLE_USE = `# Acceptable use of generative AI

This policy says who may use generative AI, for what, with which data and under which limits. It holds for everybody who
works for us, employees and contractors alike, and for every program that calls a model in our name.

Each numbered clause names a rule that can be checked. Whatever no clause permits has to be asked for.

## Permitted uses

- **U1** Models are called through the gateway only, with a key issued to a person or to a service of a team.
- **U2** Only models of the catalog may be used, for the classification tiers that the catalog approves them for.
- **U3** Drafting, summarising, translating, coding, search and classification of work material are permitted without
  asking, within the budget of the team.
- **U4** A key is never shared. Whoever leaves a team loses the keys they held for it on the same day.

## Prohibited uses

- **P1** No decision about hiring, pay, promotion, credit or access to a service is made by a model alone.
- **P2** No model is used to recognise emotions of people at work, or to rate people by their behaviour.
- **P3** Accounts at model providers that bypass the gateway are not used for work, paid for by whomever.
- **P4** Nobody tries to make a model reveal its instructions or ignore its limits, except in a test that Security has
  agreed to in writing.

## Data handling

- **D1** No personal data of customers may be included in prompts to models that are not approved for the tier of the
  data; the gateway masks or blocks it.
- **D2** Passwords, access keys and other secrets are never sent to any model; a request that holds one is blocked.
- **D3** Data of the highest tier leaves our own region only under an exemption that names its end date.
- **D4** A prompt with payment card or bank account numbers is treated as data of the highest tier, or the numbers are
  masked before it leaves the gateway.
- **D5** Every workload states which data sources it uses, and its requests take at least the tier of these.

## Intellectual property

- **I1** Code, contracts and designs of third parties are put into a prompt only where their licence allows it.
- **I2** Generated code is reviewed and scanned for licence text like code from outside before it is merged.
- **I3** Providers may not train on what we send; only providers whose contract says so are in the catalog.

## Human oversight

- **H1** A person reads what a model wrote before it is sent to a customer, an authority or the press, unless the review
  board has approved the workload to answer by itself.
- **H2** People who talk to a model are told so in the first message.
- **H3** Whoever uses an answer stands for it, as for work of their own.

## Cost

- **C1** Every team has a monthly budget; when it is spent, calls stop or go to a cheaper model until it is raised.

## When something goes wrong

Tell Security at once when data went where it must not. Nobody is blamed for reporting early. Breaches of this policy are
handled like breaches of every other work rule.
`

const MODEL_LIFECYCLE = `# Model lifecycle

This policy says how a model comes into the catalog, how its versions change, and how it leaves. The gateway serves what
the catalog approves, and nothing else.

## Admission

- **A1** A model is served only after the review board has approved it for named classification tiers.
- **A2** A request for a model states the use case, the data tiers, the expected volume and the cost per month.
- **A3** Security records retention, region and training terms of the provider before the board decides.
- **A4** The board decides within ten working days; until then the model is not served.

## Versions

- **V1** Production workloads name a pinned version, never an alias that moves.
- **V2** A new version is evaluated on the golden dataset of every workload that uses the model before it replaces the old
  one.
- **V3** Own models are registered with a digest and a signature; a file whose digest differs is refused.

## Evaluation

- **E1** A model keeps its approval while it reaches the least quality that each workload's brief states.
- **E2** Every approved model is evaluated again at least every 90 days, and within 10 days of a change by its provider.

## Retirement

- **R1** A sunset is announced to every team that used the model in the last 30 days, at least 60 days before.
- **R2** Every model that is deprecated names a substitute of the same tiers.
- **R3** From its sunset date on, a model is refused by the gateway.

## Responsibilities

- **B1** Operations owns the catalog's entries, prices and routes; Security owns tiers and regions; the board decides on
  admission and exceptions, and its decisions are recorded with their reasons.
`

const TRAINING_DATA = `# Data for training, tuning and evaluation

This policy says which data may change or measure a model: training, fine-tuning, distillation, golden datasets and
adversarial suites, ours and those of providers.

## Permitted data

- **A1** Data of the lowest two tiers may be used after its owner has agreed in the register of data sources.
- **A2** Production requests become examples only after names, addresses and account numbers are taken out.
- **A3** Synthetic examples are marked as such in the dataset.

## Prohibited data

- **P1** Data of the highest tier is never used to train or tune a model that a provider hosts.
- **P2** Content that people gave for another purpose is not used without their consent.
- **P3** Data bought or scraped without a licence for machine learning is not used.

## Provenance

- **O1** Every dataset names its sources, their owners, its tier, its licence and the day it was made.
- **O2** A dataset has a version and a hash; a model's record names the versions that it was tuned on.

## Provider use of our data

- **V1** A provider is in the catalog only when its contract rules out training on our prompts and answers.
- **V2** Feedback functions that send conversations to a provider are switched off.

## Retention and erasure

- **R1** Examples taken from production are deleted after 400 days, or when the person they are about asks for it.
- **R2** When a source is withdrawn, datasets made of it are rebuilt without it within 30 days, and models tuned on them
  are named in the risk register.
`

const AGENT = `# Agents

This policy holds for software that plans and acts by itself: it calls tools, changes records or talks to people without
a person starting each step.

## Registration

- **A1** An agent runs only when it is registered with an owner, a purpose, its tools and its data tiers.
- **A2** Every agent has a key of its own; keys of people are not given to agents.
- **A3** A registration is reviewed every 90 days; without a review the agent's key ends.

## Permitted actions

- **T1** An agent calls only the tools that its registration lists, with the parameters that it allows.
- **T2** An agent works with data up to the tier of its registration, and no higher.
- **T3** Every agent has a daily limit of cost and of requests a minute.

## Prohibited actions

- **P1** No agent changes its own permissions, keys, limits or instructions.
- **P2** No agent pays, signs, deletes records for good or grants access to anybody.
- **P3** An agent passes a task on to registered agents only, at most three levels deep.

## Human oversight

- **H1** Sending a message outside the company, changing production and spending above the limit wait for a person.
- **H2** Approvals are given for one exact call and expire after 24 hours.

## Stopping

- **S1** Security and the agent's owner can each stop an agent; its calls are refused within one second.
- **S2** Every call of an agent is logged with the agent, the person it acts for and the chain that led to it.
`

const CUSTOM = `# Name of the policy

Say in two sentences what this policy is for and whom it protects.

## Scope

This policy holds for every team that uses models through the gateway, and for everybody who works in one of these teams.

## Rules

- **R1** No request is sent to a model without a key that names the team which answers for it.
- **R2** Every exception has an end date and is recorded in the register of exemptions.
`

/** A text for each kind to begin from: specific, and complete as it stands. */
export const POLICY_TEMPLATES: Readonly<Record<PolicyKind, string>> = {
  acceptable_use: ACCEPTABLE_USE,
  model_lifecycle: MODEL_LIFECYCLE,
  training_data: TRAINING_DATA,
  agent: AGENT,
  custom: CUSTOM,
}
