import type { YAMLError } from 'yaml';

/**
 * What the parser of YAML minds, in words that say how to mend it.
 *
 * @param text the whole file
 * @returns offset: where in the text
 */
export function explainYamlError(error: YAMLError, text: string): [code: string, message: string, offset: number] {
  const [from, to] = error.pos;
  const quoted =
    text
      .slice(from, Math.max(to, from + 1))
      .split('\n')[0]
      ?.trim() ?? '';
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return [
        'yaml-tab',
        'This line is indented with a tab. YAML allows only spaces there: replace the tab with two spaces.',
        from,
      ];
    case 'DUPLICATE_KEY': {
      const key = /^["']?([^:"'\n]*)/.exec(text.slice(from))?.[1]?.trim() ?? quoted;
      return ['duplicate-key', `\`${key}\` stands twice in the same mapping. Keep one of them.`, from];
    }
    case 'TAG_RESOLVE_FAILED':
      return ['yaml-tag', `The tag \`${quoted}\` means nothing here. Remove it and keep the value.`, from];
    case 'BAD_SCALAR_START':
      return ['yaml-syntax', `A value that begins with \`${quoted.slice(0, 1)}\` must stand in quotes.`, from];
    case 'BLOCK_AS_IMPLICIT_KEY':
      return [
        'yaml-syntax',
        'A key follows a value, or a second `: ` stands in the line. Begin the key on a line of its own, indented as its neighbours; put text that contains `: ` in quotes.',
        from,
      ];
    case 'MISSING_CHAR':
      return [
        'yaml-syntax',
        `${error.message.replace(/"quote/, '"').replace(/'quote/, "'")}. Add the missing character.`,
        from,
      ];
    case 'BAD_INDENT':
      return [
        'yaml-syntax',
        `${error.message}. Check the indentation: keys of one mapping begin in the same column.`,
        from,
      ];
    default:
      return [
        'yaml-syntax',
        `This is not valid YAML: ${error.message}. Check the indentation and the quotes here and in the line above.`,
        from,
      ];
  }
}
