/** A problem a configuration schema reports, with the stable code its issue will carry. */
export function configIssue(code: string, message: string, path: (string | number)[] = []) {
  return { code: 'custom' as const, message, path, params: { code } };
}
