// What the box to publish begins with, and what a browser remembers of it.
export interface PublishStart {
  readonly topic: string;
  readonly payload: string;
}
