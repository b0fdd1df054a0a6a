/** Headroom's own lint rules: oxlint loads this file (see .oxlintrc.json). */
import { realpathSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { corePurity } from './core-purity.mjs';
import { forbidden } from './directions.mjs';

const root = realpathSync(resolve(dirname(fileURLToPath(import.meta.url)), '..', '..'));

/** @param {string} file */
const fromRoot = (file) => relative(root, file).split(sep).join('/');

/** A specifier as the table of directions names it. @param {string} importer @param {string} specifier */
function target(importer, specifier) {
  if (!specifier.startsWith('.')) return `package:${specifier}`;
  return fromRoot(resolve(dirname(importer), specifier.replace(/\?.*$/, '')));
}

const importDirections = {
  /** @param {any} context */
  create(context) {
    const importer = realpathSync(context.filename);
    /** @param {any} node @param {any} source @param {boolean} typesOnly */
    const check = (node, source, typesOnly) => {
      if (typeof source?.value !== 'string') return;
      const to = target(importer, source.value);
      const reason = forbidden(fromRoot(importer), to, typesOnly);
      if (reason !== null) context.report({ node, message: `${fromRoot(importer)} must not import ${to}: ${reason}` });
    };
    return {
      /** @param {any} node */
      ImportDeclaration(node) {
        const kinds = node.specifiers.map((/** @type {any} */ specifier) => specifier.importKind);
        const typesOnly =
          node.importKind === 'type' || (kinds.length > 0 && kinds.every((/** @type {any} */ kind) => kind === 'type'));
        check(node, node.source, typesOnly);
        if (node.source.value === 'electron' && fromRoot(importer) !== 'electron/ipc/register.ts') {
          if (node.specifiers.some((/** @type {any} */ specifier) => specifier.imported?.name === 'ipcMain')) {
            context.report({
              node,
              message: 'ipcMain is only for electron/ipc/register.ts: it checks the sender and parses every payload.',
            });
          }
        }
      },
      /** @param {any} node */
      ExportNamedDeclaration(node) {
        if (node.source) check(node, node.source, node.exportKind === 'type');
      },
      /** @param {any} node */
      ExportAllDeclaration(node) {
        check(node, node.source, node.exportKind === 'type');
      },
      /** @param {any} node */
      ImportExpression(node) {
        check(node, node.source, false);
      },
      /** @param {any} node */
      TSImportType(node) {
        check(node, node.source ?? node.argument?.literal ?? node.argument, true);
      },
    };
  },
};

const insideTheRepository = {
  /** @param {any} context */
  create(context) {
    /** @param {any} node @param {unknown} text */
    const check = (node, text) => {
      if (typeof text !== 'string' || !/(^|\/)\.\.\/shared\/|^\/work\//.test(text)) return;
      context.report({
        node,
        message: `"${text}" lies outside the repository: a clone has nothing but its own files.`,
      });
    };
    return {
      /** @param {any} node */
      Literal(node) {
        check(node, node.value);
      },
      /** @param {any} node */
      TemplateElement(node) {
        check(node, node.value.cooked);
      },
    };
  },
};

export default {
  meta: { name: 'headroom' },
  rules: {
    'import-directions': importDirections,
    'core-purity': corePurity,
    'inside-the-repository': insideTheRepository,
  },
};
