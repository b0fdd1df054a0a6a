/** The scenarios and traces that ship with the workbench, taken in when it is built. */

export interface ShippedScenario {
  /** File name without extension; stands in addresses. */
  readonly id: string;
  readonly fileName: string;
  readonly title: string;
  readonly text: string;
}

const scenarioTexts = import.meta.glob<string>('../../../scenarios/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const traceAddresses = import.meta.glob<string>('../../../scenarios/traces/*.{csv,tsv,json,txt,log,gz,zst}', {
  query: '?url',
  import: 'default',
  eager: true,
});

const fileNameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function titleOf(text: string, fallback: string): string {
  const name = /^name:\s*(.+?)\s*$/m.exec(text)?.[1];
  return name?.replace(/^(['"])(.*)\1$/, '$2') ?? fallback;
}

/** What a newcomer should meet first, then by title. */
const firstId = 'flash-crowd';

export const shippedScenarios: readonly ShippedScenario[] = Object.entries(scenarioTexts)
  .map(([path, text]) => {
    const fileName = fileNameOf(path);
    const id = fileName.replace(/\.ya?ml$/, '');
    return { id, fileName, title: titleOf(text, id), text };
  })
  .sort(
    (one, other) => Number(other.id === firstId) - Number(one.id === firstId) || (one.title < other.title ? -1 : 1),
  );

export const shippedTraces: ReadonlyMap<string, () => Promise<Blob>> = new Map(
  Object.entries(traceAddresses).map(([path, address]) => [
    `traces/${fileNameOf(path)}`,
    async () => {
      const response = await fetch(address);
      if (!response.ok)
        throw new Error(
          `The trace ${fileNameOf(path)} that ships with Headroom could not be read (${response.status}).`,
        );
      return response.blob();
    },
  ]),
);
