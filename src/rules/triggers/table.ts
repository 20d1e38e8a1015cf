// Every kind of trigger: one line each.
import { at } from './at.ts';
import { becomes } from './becomes.ts';
import { button } from './button.ts';
import { change } from './change.ts';
import { client } from './client.ts';
import { cron } from './cron.ts';
import { device } from './device.ts';
import { event } from './event.ts';
import { every } from './every.ts';
import type { TriggerKind } from './kind.ts';
import { message } from './message.ts';
import { rule } from './rule.ts';
import { shutdown } from './shutdown.ts';
import { silence } from './silence.ts';
import { startup } from './startup.ts';
import { sun } from './sun.ts';
import { webhook } from './webhook.ts';

export const triggerKinds: readonly TriggerKind[] = [
  message,
  change,
  becomes,
  at,
  cron,
  every,
  sun,
  silence,
  client,
  device,
  event,
  rule,
  webhook,
  button,
  startup,
  shutdown,
];
