// What tells of the API to programs and to people. Made when the first one asks, for in most houses nobody does.
import type { Route } from '../route.ts';
import { docsPage } from './docs-page.ts';
import { openApiDocument } from './document.ts';

export class ApiDocuments {
  readonly #routes: readonly Route[];
  readonly #version: string;
  #openApi: ReturnType<typeof openApiDocument> | undefined;
  #page: string | undefined;

  constructor(routes: readonly Route[], version: string) {
    this.#routes = routes;
    this.#version = version;
  }

  /** The OpenAPI document. */
  get openApi(): ReturnType<typeof openApiDocument> {
    this.#openApi ??= openApiDocument(this.#routes, this.#version);
    return this.#openApi;
  }

  /** HTML. */
  get page(): string {
    this.#page ??= docsPage(this.#routes, this.#version);
    return this.#page;
  }
}
