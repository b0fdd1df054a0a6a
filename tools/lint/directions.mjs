/**
 * Which part may know which: every forbidden direction, with the reason the linter prints.
 * Paths are relative to the root, with `/`; packages are their bare names.
 *
 * @typedef {object} Direction
 * @property {RegExp} from files the rule speaks about
 * @property {RegExp} [fromExcept] files among them that are free of it
 * @property {RegExp} to files or packages they must not import
 * @property {RegExp} [toExcept] files among those that they may import all the same
 * @property {RegExp} [typesFrom] files among those of which they may import types, but no values
 * @property {string} reason
 */

/** @type {readonly Direction[]} */
export const directions = [
  {
    from: /^sim-core\/units\//,
    to: /^sim-core\//,
    toExcept: /^sim-core\/(units\/|issue\.ts$)/,
    reason: 'units/ is the ground everything stands on: it parses and prints quantities and knows nothing else.',
  },
  {
    from: /^sim-core\/expression\//,
    to: /^sim-core\//,
    toExcept: /^sim-core\/(units|expression)\//,
    reason: 'expression/ works out formulas from named numbers: what the numbers mean is for whoever asks.',
  },
  {
    from: /^sim-core\/(random|statistics|queueing)\//,
    to: /^sim-core\//,
    toExcept: /^sim-core\/(units|random|statistics|queueing)\/|^sim-core\/issue\.ts$/,
    reason:
      'random, statistics and queueing know nothing of the simulation: they are proved against books and published ' +
      'tables alone, so that they can judge the simulation.',
  },
  {
    from: /^sim-core\/queueing\//,
    to: /^sim-core\/random\//,
    reason: 'queueing/ is theory: a closed form draws no random numbers.',
  },
  {
    from: /^sim-core\/autoscaling\//,
    to: /^sim-core\/(kernel|fluid|scenario|experiment|workload|trace|analysis|planning|export)\//,
    typesFrom: /^sim-core\/(kernel|workload)\/contract\.ts$/,
    reason:
      'autoscaling/ sees the service only through Observation, as a real autoscaler does: a controller that could ' +
      'read the engine would know the truth.',
  },
  {
    from: /^sim-core\/(kernel|fluid)\//,
    to: /^sim-core\/(autoscaling|workload|trace|scenario|experiment|analysis|planning|forecast|export)\//,
    typesFrom: /^sim-core\/(autoscaling|workload|trace)\/contract\.ts$|^sim-core\/experiment\/result\.ts$/,
    reason:
      'an engine is handed its arrivals, its samplers and its controller through contracts: it must not know which ' +
      'kind they are, nor who runs it.',
  },
  {
    from: /^sim-core\/(workload|trace|forecast)\//,
    to: /^sim-core\/(kernel|fluid|autoscaling|scenario|experiment|analysis|planning|export)\//,
    reason:
      'workload, trace and forecast describe demand: what serves it, and how it is studied, is not theirs to know.',
  },
  {
    from: /^sim-core\/fitting\//,
    to: /^sim-core\//,
    toExcept: /^sim-core\/(units|random|trace|fitting)\/|^sim-core\/issue\.ts$/,
    reason: 'fitting/ turns measured durations into distributions: what is simulated with them is not its to know.',
  },
  {
    from: /^sim-core\/calibration\//,
    to: /^sim-core\//,
    toExcept: /^sim-core\/(units|statistics|calibration)\/|^sim-core\/issue\.ts$/,
    reason:
      'calibration/ reads numbers off recorded series alone: one that looked at the model could only find what the ' +
      'model assumes.',
  },
  {
    from: /^sim-core\/sizing\//,
    to: /^sim-core\//,
    toExcept: /^sim-core\/(units|expression|sizing)\/|^sim-core\/(nearest-key|config-issue|issue)\.ts$/,
    reason:
      'sizing/ is what a planner works out on paper: named inputs and formulas, without a simulation behind them.',
  },
  {
    from: /^sim-core\/manifest\//,
    to: /^sim-core\//,
    toExcept: /^sim-core\/(units|autoscaling|scenario|manifest)\/|^sim-core\/issue\.ts$/,
    reason:
      'manifest/ translates between the formats of platforms and the configuration of a controller: it runs nothing ' +
      'and measures nothing.',
  },
  {
    from: /^sim-core\/alerts\//,
    to: /^sim-core\/(scenario|fluid|workload|trace|random|fitting|calibration|manifest|planning|export)\//,
    reason:
      'alerts/ puts rules to a finished run, as a monitoring system would: it sees rows, not how they came to be.',
  },
  {
    from: /^sim-core\/reality\//,
    to: /^sim-core\/(planning|export|manifest|alerts|sizing|conformance)\//,
    reason: 'reality/ puts a scenario to its recording: what is planned, written or alerted from it stands above it.',
  },
  {
    from: /^sim-core\//,
    fromExcept: /^sim-core\/(kernel|fluid|experiment)\/|^sim-core\/(scenario\/build|index)\.ts$/,
    to: /^sim-core\/(kernel|fluid)\//,
    toExcept: /^sim-core\/kernel\/columns\.ts$/,
    typesFrom: /^sim-core\/(kernel|fluid)\//,
    reason:
      'only scenario/build.ts wires a whole model (and experiment/ runs it): with one such place, what a scenario ' +
      'means is written down once.',
  },
  {
    from: /^sim-core\//,
    fromExcept: /^sim-core\/(experiment\/|reality\/|index\.ts$)/,
    to: /^sim-core\/(experiment\/|reality\/|index\.ts$)/,
    toExcept: /^sim-core\/experiment\/result\.ts$/,
    typesFrom: /^sim-core\/(experiment|reality)\//,
    reason:
      'experiment/, reality/ (which runs experiments) and index.ts stand on top of the core: what lies below them may ' +
      'know their data, not their code.',
  },
  {
    from: /^sim-core\//,
    to: /^(?!sim-core\/)/,
    toExcept:
      /^package:(?!node:|electron$|react|zustand$|comlink$|commander$|picocolors$|@resvg|@codemirror|radix-ui|@tanstack|cmdk)/,
    reason:
      'sim-core runs in a worker, in Node and in tests alike: it may use the language and host-free packages, nothing ' +
      'of a host and nothing of the faces around it.',
  },
  {
    from: /^(renderer|cli|electron)\//,
    to: /^sim-core\//,
    toExcept: /^sim-core\/index\.ts$/,
    reason:
      'the core has one way in, sim-core/index.ts: then everything behind it can move without touching its users.',
  },
  {
    from: /^renderer\//,
    to: /^package:(electron|node:)/,
    reason: 'the renderer also runs in a plain browser: what it wants of a host goes through renderer/platform.',
  },
  {
    from: /^renderer\//,
    to: /^(electron|cli)\//,
    typesFrom: /^electron\/ipc\/contract\.ts$/,
    reason:
      'the renderer knows the desktop shell only by the types of its IPC contract, and the command line not at all.',
  },
  {
    from: /^electron\//,
    to: /^(renderer|cli)\//,
    toExcept: /^renderer\/platform\/contract\.ts$/,
    reason:
      'the desktop shell is a host: it knows the contract renderer/platform asks of a host, and nothing it shows.',
  },
  {
    from: /^cli\//,
    to: /^(renderer|electron)\/|^package:(electron|react|react-dom|zustand)$/,
    reason: 'the command line runs where there is no window: it stands beside the workbench, on the same core.',
  },
  {
    from: /^(sim-core|renderer|cli|electron)\//,
    to: /^(test|bench|tools)\//,
    reason: 'the product must not lean on its own tests, benchmarks or build tools: they are not shipped with it.',
  },
];

/**
 * @param {string} from
 * @param {string} to a path from the root, or `package:name`
 * @param {boolean} typesOnly
 * @returns {string | null} the reason why not, or null
 */
export function forbidden(from, to, typesOnly) {
  for (const rule of directions) {
    if (!rule.from.test(from) || rule.fromExcept?.test(from)) continue;
    if (!rule.to.test(to) || rule.toExcept?.test(to)) continue;
    if (typesOnly && rule.typesFrom?.test(to)) continue;
    return rule.reason;
  }
  return null;
}
