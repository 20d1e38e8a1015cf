// What people and programs may be allowed: four permissions, and which role holds which.

/** `operate`: publish, run rules, let timers go on. `edit`: change what the house does. `admin`: who may do what. */
export const permissions = ['read', 'operate', 'edit', 'admin'] as const;
export type Permission = (typeof permissions)[number];

/** Roles that may log in; `device` may not. */
export type HouseRole = 'admin' | 'editor' | 'viewer';

export const permissionsOf: Readonly<Record<HouseRole, readonly Permission[]>> = {
  admin: permissions,
  editor: ['read', 'operate', 'edit'],
  viewer: ['read'],
};
