// What a call of the HTTP API is: a path, and a function from parameters to the answer's body.
import type { Cloud } from '../cloud.ts';
import { failureOf, type Shape } from './answers.ts';
import type { Parameters } from './parameters.ts';

export interface ApiCall {
  readonly cloud: Cloud;
  readonly given: Parameters;
}

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** The whole body. */
  readonly answer: (call: ApiCall) => unknown;
  readonly contentType?: string;
  /** Only for callers on this machine, and no web page; what it throws is answered with a status. */
  readonly isLocal?: boolean;
}

type Data = (call: ApiCall) => unknown;

/** A route whose data is wrapped in a shape; what it throws becomes that shape's failure. */
export function route(at: `${'GET' | 'POST'} /${string}`, shape: Shape, data: Data): Route {
  const [method, path = ''] = at.split(' ');
  return {
    method: method === 'POST' ? 'POST' : 'GET',
    path,
    answer: (call) => {
      try {
        return shape.success(data(call));
      } catch (error) {
        return failureOf(shape, error);
      }
    },
  };
}
