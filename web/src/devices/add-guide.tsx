// How a device comes into the house: four usual kinds in words, with the address that they need.
import { IconBulb } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Empty } from '../parts/empty.tsx';
import { useBroker } from '../system/use-broker.ts';
import './add-guide.css';

interface WayProps {
  readonly name: string;
  readonly hint: string;
  readonly text: string;
}

function Way({ name, hint, text }: WayProps) {
  return (
    <li className="guide-way">
      <h3>{name}</h3>
      <p>{hint}</p>
      <div className="guide-code">
        <pre>{text}</pre>
        <CopyButton text={text} />
      </div>
    </li>
  );
}

function Frame({ isFirst, children }: { readonly isFirst: boolean; readonly children: ReactNode }) {
  const { say } = useWords();
  if (!isFirst)
    return (
      <section className="guide card" aria-label={say('devices.add')}>
        <h2 className="guide-title">{say('devices.add')}</h2>
        {children}
      </section>
    );
  return (
    <section className="guide card">
      <Empty
        icon={<IconBulb size={24} stroke={1.6} aria-hidden />}
        title={say('devices.none')}
        hint={say('devices.none.hint')}
      />
      {children}
    </section>
  );
}

export function AddGuide({ isFirst }: { readonly isFirst: boolean }) {
  const { say } = useWords();
  const { host, port, isAlone, address = say('devices.guide.address') } = useBroker();
  const server = `mqtt://${host}:${port}`;
  return (
    <Frame isFirst={isFirst}>
      <ul className="guide-ways">
        <Way
          name="Zigbee2MQTT"
          hint={say('devices.guide.zigbee2mqtt')}
          text={`mqtt:\n  server: ${server}\nhomeassistant:\n  enabled: true`}
        />
        <Way
          name="Tasmota"
          hint={say('devices.guide.tasmota')}
          text={`Backlog MqttHost ${address}; MqttPort ${port}; SetOption19 0`}
        />
        <Way
          name="ESPHome"
          hint={say('devices.guide.esphome')}
          text={`mqtt:\n  broker: ${address}\n  port: ${port}\n  discovery: true`}
        />
        <Way
          name={say('devices.guide.bemfa.name')}
          hint={say('devices.guide.bemfa')}
          text={`mosquitto_pub -h ${host} -p ${port} -t light002 -m on`}
        />
      </ul>
      <p className="guide-foot dim">
        {say(isAlone ? 'devices.guide.alone' : 'devices.guide.user')}{' '}
        <code>npx homerule user add zigbee2mqtt</code>{' '}
        <code>npx homerule acl add zigbee2mqtt readwrite 'homeassistant/#'</code>
      </p>
    </Frame>
  );
}
