// What Node-RED's room asks of the house; connected in app/flows.ts.
export interface FlowsHouse {
  /** Where nodes of the house reach it, and the token that lets them in. */
  link(): { readonly url: string; readonly token: string };
  /** For the credentials that nodes keep: always the same, or they are lost. */
  credentialSecret(): string;
  /** Something was done in Node-RED. */
  noted(deed: Deed): void;
}

export interface Deed {
  readonly who: string;
  /** `flows.set` */
  readonly action: string;
  readonly target: string;
  readonly detail: string;
  readonly isRefused: boolean;
}
