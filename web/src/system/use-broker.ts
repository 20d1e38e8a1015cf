// Where devices find the broker, as far as this page can know it.
import { useSystem } from './use-system.ts';

const loopback = /^(?:127\.|localhost$|::1$|\[::1\]$)/;

export interface Broker {
  readonly host: string;
  /** As other machines must say it; undefined where this page cannot know it. */
  readonly address: string | undefined;
  readonly port: number;
  /** Only programs of the same machine reach it. */
  readonly isAlone: boolean;
}

/** Where devices find the broker: the name under which this page was found, and the port that the house tells. */
export function useBroker(): Broker {
  const { data } = useSystem();
  const listener = data?.listeners.find(({ kind }) => kind === 'mqtt');
  const url = listener && URL.parse(listener.address);
  const { hostname } = globalThis.location;
  return {
    host: hostname,
    address: loopback.test(hostname) ? undefined : hostname,
    port: Number(url?.port || 1883),
    isAlone: loopback.test(url?.hostname ?? ''),
  };
}
