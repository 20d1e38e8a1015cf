// Paths of the route table, `/rules/{id}` or `/topics/{topic*}` where the parameter may hold slashes.

type Name<Raw extends string> = Raw extends `${infer Plain}*` ? Plain : Raw;

/** The parameters of a template: `ParamName<'/rules/{id}/versions/{n}'>` is `'id' | 'n'`. */
export type ParamName<Path extends string> = Path extends `${string}{${infer Raw}}${infer Rest}`
  ? Name<Raw> | ParamName<Rest>
  : never;

const parameter = /\{(\w+)(\*?)\}/g;

export function expressPath(template: string): string {
  return template.replace(parameter, (_, name: string, star: string) => `${star === '' ? ':' : '*'}${name}`);
}

export function openApiPath(template: string): string {
  return template.replace(parameter, '{$1}');
}

export function paramNames(template: string): string[] {
  return [...template.matchAll(parameter)].map(([, name]) => name ?? '');
}

/** Matches the undecoded path of a request. */
export function pathPattern(template: string): RegExp {
  const source = template.replace(parameter, (_, _name, star: string) => (star === '' ? '[^/]+' : '.+'));
  return new RegExp(`^${source}$`);
}
