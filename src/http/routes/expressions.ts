// Expressions: the functions that there are, and trying one out.
import { evaluateRequest } from '../../api/index.ts';
import { documentBody, jsonBody } from '../body.ts';
import { noInput, ok, type Route, route } from '../route.ts';

const tag = 'expressions';

const functions = route({
  ...noInput,
  method: 'get',
  path: '/expressions/functions',
  tag,
  summary: 'The functions of expressions: signature, what they do, and an example',
  success: { status: 200, view: 'FunctionList' },
  handle: ({ api }) => ok({ items: api.expressions.functions() }),
});

const evaluate = route({
  ...noInput,
  method: 'post',
  path: '/expressions/evaluate',
  tag,
  summary: 'What an expression gives now: for a message, for the latest one of a topic, or for any input',
  body: jsonBody('EvaluateRequest', evaluateRequest),
  success: { status: 200, view: 'EvaluateView' },
  handle: ({ api, actor, body }) => ok(api.expressions.evaluate(actor, body)),
});

const present = route({
  ...noInput,
  method: 'post',
  path: '/expressions/present',
  tag,
  summary: 'How the triggers and conditions of a rule document, finished or not, stand now',
  body: documentBody,
  success: { status: 200, view: 'PresentView' },
  handle: ({ api, body }) => ok(api.expressions.present(body)),
});

export const expressionRoutes: readonly Route[] = [functions, evaluate, present];
