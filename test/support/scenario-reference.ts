/** The keywords of JSON Schema that the reference prints. */
interface Shape {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Shape>>;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly examples?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}

interface Section {
  readonly title: string;
  readonly rows: readonly string[];
}

/** Every key of the scenario file as Markdown tables, one for each mapping, from the JSON Schema alone. */
export function scenarioReference(schema: object): string {
  const sections: Section[] = [];
  /** where a mapping with these keys is described already */
  const described = new Map<string, string>();
  /** paths that have a section; further members of a union at the same place are told apart by their first word */
  const taken = new Set<string>();

  function describe(shape: Shape, path: string): string {
    const key = JSON.stringify(shape.properties);
    const known = described.get(key);
    if (known !== undefined) return known;
    const title = path === '' ? 'The file' : path + (taken.has(path) ? memberName(shape) : '');
    taken.add(path);
    described.set(key, title);
    const rows: string[] = [];
    // Reserved before its parts, so that a section stands before the ones it leads to.
    sections.push({ title, rows });
    for (const [name, property] of Object.entries(shape.properties ?? {})) {
      const required = shape.required?.includes(name) === true;
      const written = writtenAs(property, path === '' ? name : `${path}.${name}`);
      rows.push(
        `| \`${name}\` | ${written} | ${required ? 'required' : defaultText(property)} | ${cell(property.description ?? '')} |`,
      );
    }
    return title;
  }

  /** What may be written there; mappings are described in a section of their own. */
  function writtenAs(written: Shape, path: string): string {
    const shape = (schema as Shape).$defs?.[written.$ref?.replace('#/$defs/', '') ?? ''] ?? written;
    const members = [...(shape.anyOf ?? []), ...(shape.oneOf ?? [])].filter((member) =>
      Object.keys(member).some((keyword) => keyword !== 'required'),
    );
    if (members.length > 0 && shape.properties === undefined) {
      const words = members.map((member) => writtenAs(member, path));
      // A quantity is text with examples or a bare number, whose meaning the page says once.
      const quantity =
        members.some(({ examples }) => examples !== undefined) &&
        members.every(({ type }) => type === 'string' || type === 'number');
      return quantity ? (words[0] ?? '') : [...new Set(words)].join(', or ');
    }
    if (shape.properties !== undefined) return `[${describe(shape, path)}](#${anchor(describe(shape, path))})`;
    if (shape.enum !== undefined) return shape.enum.map((word) => `\`${String(word)}\``).join(', ');
    if (shape.const !== undefined) return `\`${String(shape.const)}\``;
    if (shape.examples !== undefined)
      return `such as ${shape.examples.map((example) => `\`${String(example)}\``).join(', ')}`;
    if (shape.type === 'array') return `list of: ${writtenAs(shape.items ?? {}, `${path}[]`)}`;
    if (typeof shape.additionalProperties === 'object')
      return `names, each: ${writtenAs(shape.additionalProperties, `${path}.<name>`)}`;
    const types = [shape.type ?? ''].flat();
    return types.map((type) => typeNames[type] ?? 'anything').join(', or ') + range(shape);
  }

  describe(schema as Shape, '');
  return sections
    .map(
      ({ title, rows }) =>
        `## ${title}\n\n| key | written as | default | meaning |\n|---|---|---|---|\n${rows.join('\n')}\n`,
    )
    .join('\n');
}

const typeNames: Readonly<Record<string, string>> = {
  integer: 'whole number',
  number: 'number',
  string: 'text',
  boolean: '`true`, `false`',
  object: 'mapping',
};

/** ` (metric p95)`: what tells one member of a union from the others. */
function memberName({ properties = {} }: Shape): string {
  const [[name, first] = []] = Object.entries(properties);
  const word = first?.const ?? first?.enum?.[0];
  return word === undefined ? '' : ` (${name} ${String(word)})`;
}

function range({ minimum, maximum, exclusiveMinimum }: Shape): string {
  const least =
    exclusiveMinimum !== undefined
      ? `more than ${exclusiveMinimum}`
      : minimum === undefined || minimum === Number.MIN_SAFE_INTEGER
        ? ''
        : `at least ${minimum}`;
  const most = maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? '' : `at most ${maximum}`;
  const both = [least, most].filter((part) => part !== '').join(', ');
  return both === '' ? '' : ` (${both})`;
}

function defaultText({ default: value }: Shape): string {
  if (value === undefined) return '';
  if (typeof value === 'object' && value !== null)
    return Object.keys(value).length === 0 ? '' : `\`${JSON.stringify(value)}\``;
  return `\`${String(value)}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** As Markdown renderers make anchors of headings. */
function anchor(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}
