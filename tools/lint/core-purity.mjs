/**
 * What the core must not use although the language has it, each with its reason. The tsconfig of sim-core already turns
 * the hosts' own objects (window, process, console, setTimeout) into type errors.
 */
const bits =
  'its last bit differs between JavaScript engines, and the same scenario must give the same bits in Node and in a ' +
  'browser: use sim-core/units/math.ts.';
const locale =
  'its answer depends on the locale and the ICU data of the host, and results must be the same everywhere.';

const inexact =
  'log log2 log10 log1p exp expm1 pow hypot cbrt sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh'.split(
    ' ',
  );

/** @type {ReadonlyMap<string, string>} member as written → reason */
const members = new Map([
  ...inexact.map((name) => /** @type {[string, string]} */ ([`Math.${name}`, bits])),
  ['Math.random', 'every random number comes from a named stream, so that a seed fixes the run: use random/stream.ts.'],
  ['Date.now', 'the core knows no wall clock, so that a run can be repeated: pass the time in.'],
]);

const localeMethods = new Set([
  'toLocaleString',
  'toLocaleDateString',
  'toLocaleTimeString',
  'toLocaleUpperCase',
  'toLocaleLowerCase',
  'localeCompare',
]);

/** @param {any} node a property key or a member's property */
function nameOf(node, computed = false) {
  if (node.type === 'Identifier' && !computed) return node.name;
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  return null;
}

/** Exact in every engine: `2 ** 53` and `1024 ** 3`, both written out, and whole numbers without bound. @param {any} node */
function isExactPower(node) {
  if (node.left.type !== 'Literal') return false;
  if (typeof node.left.bigint === 'string') return true;
  const exponent = node.right.type === 'UnaryExpression' ? node.right.argument : node.right;
  const isPowerOfTwo = [2, 4, 8, 16, 256, 1024, 65_536].includes(node.left.value);
  return isPowerOfTwo && Number.isInteger(exponent.value);
}

export const corePurity = {
  /** @param {any} context */
  create(context) {
    /** @param {any} node @param {string} what @param {string} reason */
    const report = (node, what, reason) => context.report({ node, message: `${what} is not for the core: ${reason}` });
    return {
      /** @param {any} node */
      MemberExpression(node) {
        const name = nameOf(node.property, node.computed);
        if (name === null) return;
        if (node.object.type === 'Identifier') {
          const reason = members.get(`${node.object.name}.${name}`);
          if (reason !== undefined) report(node, `${node.object.name}.${name}`, reason);
        }
        if (localeMethods.has(name)) report(node, name, locale);
      },
      /** `const { log } = Math` @param {any} node */
      VariableDeclarator(node) {
        if (node.id.type !== 'ObjectPattern' || node.init?.type !== 'Identifier') return;
        for (const property of node.id.properties) {
          const name = property.type === 'Property' ? nameOf(property.key, property.computed) : null;
          const reason = members.get(`${node.init.name}.${name}`);
          if (reason !== undefined) report(property, `${node.init.name}.${name}`, reason);
        }
      },
      /** @param {any} node */
      BinaryExpression(node) {
        if (node.operator === '**' && !isExactPower(node)) report(node, 'the ** operator', bits);
      },
      /** @param {any} node */
      AssignmentExpression(node) {
        if (node.operator === '**=') report(node, 'the **= operator', bits);
      },
      /** @param {any} node */
      NewExpression(node) {
        if (node.callee.name === 'Date' && node.arguments.length === 0) {
          report(
            node,
            'new Date() without an argument',
            'it reads the wall clock, and a run must be repeatable: pass the time in.',
          );
        }
      },
      /** @param {any} node */
      CallExpression(node) {
        if (node.callee.type === 'Identifier' && node.callee.name === 'Date') {
          report(node, 'Date()', 'it reads the wall clock, and a run must be repeatable: pass the time in.');
        }
      },
      /** @param {any} node */
      Identifier(node) {
        if (node.name === 'Intl') report(node, 'Intl', locale);
      },
    };
  },
};
