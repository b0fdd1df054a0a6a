import type { FileKind } from '../../platform/contract.ts';
import type { Session } from '../../session.ts';

export const fileKinds = {
  csv: { label: 'CSV table', extensions: ['csv'] },
  json: { label: 'JSON', extensions: ['json'] },
  yaml: { label: 'YAML', extensions: ['yaml'] },
  svg: { label: 'SVG picture', extensions: ['svg'] },
  png: { label: 'PNG picture', extensions: ['png'] },
} as const satisfies Record<string, FileKind>;

/** `Flash crowd on checkout` → `flash-crowd-on-checkout` */
export function fileStem(name: string): string {
  const stem = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return stem === '' ? 'headroom' : stem.slice(0, 60);
}

/** Hands a file to the host, and says where it is. @param partly what it lacks, as a sentence */
export async function saveFile(
  { platform, messages }: Session,
  suggestedName: string,
  kind: FileKind,
  content: string | Uint8Array,
  partly = '',
): Promise<void> {
  const outcome = await platform.saveFile({ suggestedName, kinds: [kind], content });
  if (outcome.status === 'saved') {
    const where = platform.kind === 'browser' ? 'is in your downloads' : 'is saved';
    messages.say('done', `${outcome.name} ${where}.${partly === '' ? '' : ` ${partly}`}`);
  }
  if (outcome.status === 'failed') messages.say('error', `${suggestedName} was not saved: ${outcome.message}`);
}
