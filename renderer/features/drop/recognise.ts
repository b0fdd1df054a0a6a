/** What a file given from outside seems to be, by its content; the name only breaks a tie. */
export type FileGuess = 'scenario' | 'hpa' | 'data' | 'image' | 'unknown-text';

/** How much of a file is looked at, bytes. */
export const guessLength = 64 * 1024;

/** @param bytes the beginning of the file */
export function guessFile(name: string, bytes: Uint8Array): FileGuess {
  const head = new TextDecoder('utf-8').decode(bytes.subarray(0, guessLength));
  if (/^\s*["']?schema["']?\s*:\s*["']?headroom\/v\d/m.test(head) || /"schema"\s*:\s*"headroom\/v\d"/.test(head))
    return 'scenario';
  if (/["']?kind["']?\s*:\s*["']?HorizontalPodAutoscaler/.test(head)) return 'hpa';
  if (/\.(png|jpe?g|gif|webp|svg|pdf)$/i.test(name)) return 'image';
  if (/\.ya?ml$/i.test(name)) return 'unknown-text';
  return 'data';
}
