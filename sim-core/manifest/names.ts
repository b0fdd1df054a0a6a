/** A name as Kubernetes and the clouds take it: lower case letters, digits and hyphens, 63 at most. */
export function dnsLabel(text: string): string {
  const label = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '');
  return label === '' ? 'autoscaler' : label;
}

/** A name for a resource in Terraform: letters, digits and underscores, a letter first. */
export function identifier(text: string): string {
  const name = dnsLabel(text).replaceAll('-', '_');
  return /^[a-z]/.test(name) ? name : `policy_${name}`;
}
