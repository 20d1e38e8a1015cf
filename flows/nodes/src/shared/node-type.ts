// What every node has in common: settings brought up to date and checked, the engine, the status below it, input with
// exactly one `done`, and all that it opened closed with it.
import type { Node, NodeAPI, NodeDef, NodeMessage, NodeMessageInFlow } from 'node-red';
import type { Kind } from '../kinds/kind.ts';
import { type Cause, causeOf } from './cause.ts';
import type { Clock, Undo } from './clock.ts';
import type { Engine } from './engine.ts';
import { messageOf } from './errors.ts';
import type { Ask } from './requests.ts';
import { Settings } from './settings.ts';
import { StatusLine } from './status.ts';
import { Values } from './values.ts';

/** One message for each output; undefined sends nothing there. */
export type Outputs = readonly (NodeMessage | undefined)[];

/** What a node works with. */
export interface Work {
  readonly id: string;
  readonly settings: Settings;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly status: StatusLine;
  readonly values: Values;
  /** Of its own accord, not because of a message. */
  send(...outputs: Outputs): void;
  warn(text: string): void;
  error(error: unknown): void;
  /** A request because of a message: it tells the house so. */
  ask<View>(path: string, ask: Ask, msg: NodeMessage): Promise<View>;
}

export interface Behaviour {
  /** Done when it resolves; a rejection is an error of the message. */
  input?(msg: NodeMessageInFlow, send: (...outputs: Outputs) => void): Promise<void>;
  /** `isRemoved`: the node is no longer part of any flow. */
  close?(isRemoved: boolean): void | Promise<void>;
}

export interface NodeType {
  readonly kind: Kind;
  start(work: Work): Behaviour;
}

export interface House {
  readonly RED: NodeAPI;
  readonly clock: Clock;
  /** Of the engine node with this id; empty for this home. Throws when none is known. */
  engineOf(id: string): Engine;
}

type Definition = NodeDef & Readonly<Record<string, unknown>>;

function listOf(outputs: Outputs): (NodeMessage | null)[] {
  return outputs.map((msg) => msg ?? null);
}

function workOf(node: Node, settings: Settings, house: House, engine: Engine): Work {
  const { RED, clock } = house;
  const show = (mark: Parameters<Node['status']>[0]): void => node.status(mark);
  return {
    id: node.id,
    settings,
    engine,
    clock,
    status: new StatusLine({ clock, show, lost: () => engine.lost }),
    values: new Values(RED, node),
    send: (...outputs) => node.send(listOf(outputs)),
    warn: (text) => node.warn(text),
    error: (error) => node.error(messageOf(error)),
    ask: (path, ask, msg) => {
      const cause: Cause = causeOf(msg);
      return engine.requests.ask(path, { ...ask, node: node.id, cause });
    },
  };
}

function hearInput(node: Node, { status }: Work, behaviour: Behaviour): void {
  const { input } = behaviour;
  if (input === undefined) return;
  node.on('input', (msg, send, done) => {
    const sendAll = (...outputs: Outputs): void => send(listOf(outputs));
    input(msg, sendAll).then(
      () => done(),
      (error: unknown) => {
        status.failed(messageOf(error));
        done(error instanceof Error ? error : new Error(messageOf(error)));
      },
    );
  });
}

function closeWith(node: Node, work: Work, behaviour: Behaviour, undo: readonly Undo[]): void {
  node.on('close', (isRemoved: boolean, done: () => void) => {
    const close = async (): Promise<void> => behaviour.close?.(isRemoved);
    close()
      .catch((error: unknown) => node.warn(messageOf(error)))
      .finally(() => {
        work.status.close();
        for (const each of undo) each();
        done();
      });
  });
}

function startNode(node: Node, definition: Definition, type: NodeType, house: House): void {
  const settings = new Settings(type.kind, definition);
  const engine = house.engineOf(String(definition['engine'] ?? ''));
  const work = workOf(node, settings, house, engine);
  const behaviour = type.start(work);
  const undo = [engine.use(), engine.link.onState((state) => work.status.linked(state))];
  hearInput(node, work, behaviour);
  closeWith(node, work, behaviour, undo);
}

/** A node that cannot start says why, and lets the others be. */
export function register(type: NodeType, house: House): void {
  const { RED } = house;
  RED.nodes.registerType(type.kind.type, function construct(this: Node, definition: NodeDef) {
    RED.nodes.createNode(this, definition);
    try {
      startNode(this, { ...definition }, type, house);
    } catch (error) {
      this.status({ fill: 'red', shape: 'ring', text: messageOf(error).slice(0, 60) });
      this.error(messageOf(error));
    }
  });
}
