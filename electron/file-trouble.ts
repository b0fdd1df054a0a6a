/** What a person can do about a file system's error. */
const advice: Readonly<Record<string, string>> = {
  EACCES: 'you are not allowed to; choose another folder',
  EPERM: 'you are not allowed to; choose another folder',
  EROFS: 'that disk can only be read; choose another one',
  ENOSPC: 'the disk is full; make room or choose another one',
  EDQUOT: 'your share of the disk is used up; make room or choose another one',
  ENOENT: 'it is not there any more',
  ENOTDIR: 'its folder is not there any more',
  EISDIR: 'it is a folder',
  EBUSY: 'another program holds it; close it there',
  ENAMETOOLONG: 'its name is too long',
};

/** `a.yaml could not be saved: the disk is full; …` */
export function describeTrouble(name: string, attempt: 'opened' | 'saved', error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = advice[code] ?? (error instanceof Error ? error.message : String(error));
  return `${name} could not be ${attempt}: ${reason}.`;
}
