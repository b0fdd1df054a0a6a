import type { ManifestItem, Mapping, Path } from '../contract.ts';
import { isMapping } from '../tree.ts';

/** A resource of a Terraform configuration. */
export interface TerraformResource {
  readonly item: ManifestItem;
  readonly type: string;
  readonly name: string;
  readonly data: Mapping;
  /** below the item */
  readonly path: Path;
}

/** What Terraform itself reads of every resource. */
const metaArguments = [
  'count',
  'depends_on',
  'for_each',
  'lifecycle',
  'provider',
  'provisioner',
  'tags',
  'tags_all',
  'id',
  'arn',
  'timeouts',
];

/** The resources of a configuration, in either syntax; without what only Terraform cares for. */
export function resourcesOf(item: ManifestItem): TerraformResource[] {
  const found: TerraformResource[] = [];
  const resources = item.data['resource'];
  for (const [types, base] of single(resources, ['resource'])) {
    for (const [type, named] of Object.entries(types)) {
      for (const [names, below] of single(named, [...base, type])) {
        for (const [name, body] of Object.entries(names)) {
          for (const [given, path] of single(body, [...below, name])) {
            const data = Object.fromEntries(
              Object.entries(given).filter(
                ([key, value]) =>
                  !(metaArguments.includes(key) && type !== 'aws_cloudwatch_metric_alarm') && value !== null,
              ),
            ) as Mapping;
            found.push({ item, type, name, data, path });
          }
        }
      }
    }
  }
  return found;
}

/** A mapping, or each mapping of a list: the JSON syntax allows both at every level. */
function single(value: unknown, path: Path): [Mapping, Path][] {
  if (isMapping(value)) return [[value, path]];
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: unknown, index): [Mapping, Path][] =>
    isMapping(each) ? [[each, [...path, index]]] : [],
  );
}

/** The name of the resource that a reference such as `${aws_autoscaling_group.web.name}` speaks of. */
export function referredTo(text: unknown, type: string): string | undefined {
  return new RegExp(`^\\$\\{\\s*${type}\\.([\\w-]+)(?:\\[[^\\]]*\\])?\\.\\w+\\s*\\}$`).exec(String(text))?.[1];
}
