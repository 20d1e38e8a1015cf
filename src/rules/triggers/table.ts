// Every kind of trigger: one line each.
import { at } from './at.ts';
import { change } from './change.ts';
import { client } from './client.ts';
import { event } from './event.ts';
import { every } from './every.ts';
import type { TriggerKind } from './kind.ts';
import { message } from './message.ts';
import { startup } from './startup.ts';

export const triggerKinds: readonly TriggerKind[] = [message, change, at, every, client, event, startup];
