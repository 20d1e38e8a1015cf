// How addresses name versions: `v3`. A bare number would be read as one, and addresses hold text only.
export function versionName(version: number): string {
  return `v${version}`;
}

export function versionNamed(name: string | undefined): number | undefined {
  const [, digits] = /^v(\d{1,9})$/.exec(name ?? '') ?? [];
  return digits === undefined ? undefined : Number(digits);
}
