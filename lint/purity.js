/** Rules that keep `rules/` pure: what it computes follows from its arguments alone. */
const CLOCKS_AND_WORLD = new Set([
  ...['process', 'crypto', 'performance', 'fetch', 'Promise', 'require', 'globalThis', 'global', 'console', 'Temporal'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'localStorage', 'navigator', 'WebSocket'],
]);
const IMPURE_MEMBERS = new Set(['Date.now', 'Math.random']);

const pure = {
  create(context) {
    const report = (node, what) => context.report({ node, message: `${what} has no place in rules/, which is pure` });
    const isFree = (node) => {
      for (let scope = context.sourceCode.getScope(node); scope; scope = scope.upper) {
        const found = scope.set.get(node.name);
        if (found !== undefined) return found.defs.length === 0; // a name of our own is not the global
      }
      return true;
    };
    const isAsync = (node) => node.async && report(node, 'async');
    return {
      FunctionDeclaration: isAsync,
      FunctionExpression: isAsync,
      ArrowFunctionExpression: isAsync,
      AwaitExpression: (node) => report(node, 'await'),
      ImportExpression: (node) => report(node, 'import()'),
      MemberExpression({ object, property, computed }) {
        const name = computed ? property.value : property.name;
        if (object.type === 'Identifier' && IMPURE_MEMBERS.has(`${object.name}.${name}`))
          report(object, `${object.name}.${name}`);
      },
      Identifier(node) {
        const { parent } = node;
        if (isOnlyAName(node, parent) || !isFree(node)) return;
        if (CLOCKS_AND_WORLD.has(node.name)) report(node, node.name);
        if (node.name === 'Math' && !isMember(node, parent)) report(node, 'an alias of Math');
        if (node.name === 'Date' && !isMember(node, parent) && !isDateOfArguments(node, parent))
          report(node, 'the clock behind Date');
      },
      VariableDeclaration(node) {
        const atTop = node.parent.type === 'Program' || node.parent.type === 'ExportNamedDeclaration';
        if (atTop && node.kind !== 'const') report(node, 'a module-level variable');
      },
    };
  },
};

const isMember = (node, parent) => parent.type === 'MemberExpression' && parent.object === node;

/** `new Date(123)` computes; `new Date()`, `Date()` and `const D = Date` read the clock. */
const isDateOfArguments = (node, parent) =>
  (parent.type === 'NewExpression' && parent.callee === node && parent.arguments.length > 0) ||
  (parent.type === 'BinaryExpression' && parent.operator === 'instanceof');

/** A property's name, a key, or a type: nothing that is evaluated. */
function isOnlyAName(node, parent) {
  if (parent.type === 'MemberExpression') return parent.property === node && !parent.computed;
  if (parent.type === 'Property') return parent.key === node && !parent.computed && !parent.shorthand;
  return parent.type.startsWith('TS') || parent.type.startsWith('Import') || parent.type.startsWith('Export');
}

export default { meta: { name: 'merzim' }, rules: { pure } };
