// Sessions and tokens.
import { z } from 'zod';
import {
  type AddedTokenView,
  type BrowserSessionView,
  type EndedSessionsView,
  permissions,
  type SessionView,
  type SetupView,
  type TokenView,
} from '../../../api/index.ts';
import { count, list, millis, text } from './shapes.ts';

const permission = z.enum(permissions);

const sessionView = z.object({
  user: z
    .object({
      name: text,
      role: z.enum(['owner', 'admin', 'editor', 'viewer', 'token']),
      may: z.array(permission),
    })
    .exactOptional(),
  needsSetup: z.boolean(),
}) satisfies z.ZodType<SessionView>;

const setupView = sessionView.extend({
  device: z.object({ name: text, password: text }).exactOptional(),
}) satisfies z.ZodType<SetupView>;

const tokenView = z.object({
  id: text,
  name: text,
  scopes: z.array(permission),
  by: text,
  createdAt: millis,
  expiresAt: millis.exactOptional(),
  usedAt: millis.exactOptional(),
}) satisfies z.ZodType<TokenView>;

const addedTokenView = tokenView.extend({ token: text }) satisfies z.ZodType<AddedTokenView>;

const browserSessionView = z.object({
  id: text,
  user: text,
  address: text,
  browser: text.exactOptional(),
  createdAt: millis,
  seenAt: millis,
  isCurrent: z.boolean(),
}) satisfies z.ZodType<BrowserSessionView>;

const endedSessionsView = z.object({ ended: count }) satisfies z.ZodType<EndedSessionsView>;

export const accessViews = {
  SessionView: sessionView,
  SetupView: setupView,
  TokenView: tokenView,
  TokenList: list(tokenView),
  AddedTokenView: addedTokenView,
  BrowserSessionView: browserSessionView,
  BrowserSessionList: list(browserSessionView),
  EndedSessionsView: endedSessionsView,
} as const;
