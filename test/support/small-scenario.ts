/** A scenario of a few thousand requests: two policies, three replications, minutes of simulated time. */
export const smallScenario = `schema: headroom/v1
name: Small
horizon: 10m
seed: small
replications: 3
workload: {sum: [{constant: {rate: 10/s}}]}
services:
  web:
    serviceTime: {exponential: {mean: 100ms}}
    replicas: {initial: 2, startup: 10s}
slo: {p95: 1s}
policies:
  - name: two
    controller: {static: {replicas: 2}}
  - name: three
    controller: {static: {replicas: 3}}
`;
