// Users, what they may do, and what was done.
import { z } from 'zod';
import type {
  AclCheckView,
  AclRuleView,
  AclWhoView,
  AddedUserView,
  AuditView,
  UserView,
} from '../../../api/index.ts';
import { count, list, millis, page, text } from './shapes.ts';

const userView = z.object({
  name: text,
  role: z.enum(['admin', 'editor', 'viewer', 'device']),
  enabled: z.boolean(),
  createdAt: millis,
  changedAt: millis,
}) satisfies z.ZodType<UserView>;

const addedUserView = userView.extend({
  password: text.exactOptional(),
}) satisfies z.ZodType<AddedUserView>;

const aclRuleView = z.object({
  id: text,
  user: text,
  access: z.enum(['read', 'write', 'readwrite', 'deny']),
  filter: text,
  at: millis,
}) satisfies z.ZodType<AclRuleView>;

const aclCheckView = z.object({
  allowed: z.boolean(),
  because: text,
  why: text,
  line: text.exactOptional(),
}) satisfies z.ZodType<AclCheckView>;

const aclWhoView = aclCheckView.extend({
  user: text.exactOptional(),
  role: z.enum(['admin', 'editor', 'viewer', 'device']).exactOptional(),
}) satisfies z.ZodType<AclWhoView>;

const auditView = z.object({
  id: text,
  at: millis,
  who: text,
  action: text,
  target: text,
  address: text,
  outcome: z.enum(['done', 'failed', 'refused']),
  detail: text,
  count,
}) satisfies z.ZodType<AuditView>;

export const usersViews = {
  UserView: userView,
  AddedUserView: addedUserView,
  UserList: list(userView),
  AclRuleView: aclRuleView,
  AclRuleList: list(aclRuleView),
  AclCheckView: aclCheckView,
  AclWhoList: list(aclWhoView),
  AuditView: auditView,
  AuditPage: page(auditView),
} as const;
