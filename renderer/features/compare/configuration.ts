/** One setting, as each policy has it; undefined where a policy has none of the kind. */
export interface SettingRow {
  /** from the policy: `controller.hpa.metrics[0].resource.target.averageUtilization` */
  readonly path: string;
  readonly values: readonly (string | undefined)[];
  /** not the same for all */
  readonly differs: boolean;
}

/** Every value that is no mapping or list, under its path. */
function leavesOf(data: unknown, path: string, found: Map<string, string>): Map<string, string> {
  if (Array.isArray(data)) data.forEach((item, index) => leavesOf(item, `${path}[${index}]`, found));
  else if (typeof data === 'object' && data !== null) {
    for (const [key, value] of Object.entries(data)) leavesOf(value, path === '' ? key : `${path}.${key}`, found);
  } else found.set(path, typeof data === 'string' ? data : JSON.stringify(data));
  return found;
}

/**
 * The policies' settings in one table: every leaf of what is written of them, in the order in which they first come. Names
 * are left out: they always differ.
 */
export function settingRows(policies: readonly object[]): SettingRow[] {
  const leaves = policies.map((policy) => leavesOf(policy, '', new Map()));
  const paths = [...new Set(leaves.flatMap((each) => [...each.keys()]))].filter((path) => path !== 'name');
  return paths.map((path) => {
    const values = leaves.map((each) => each.get(path));
    return { path, values, differs: values.some((value) => value !== values[0]) };
  });
}
