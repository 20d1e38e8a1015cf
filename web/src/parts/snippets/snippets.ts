// How programs and firmwares are told to use this broker, ready to be copied.
export interface Account {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

export interface Snippet {
  readonly name: string;
  readonly text: (account: Account) => string;
}

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
const c = (text: string): string => JSON.stringify(text);

export const snippets: readonly Snippet[] = [
  {
    name: 'mosquitto_pub',
    text: ({ host, port, user, password }) =>
      `mosquitto_pub -h ${host} -p ${port} \\\n  -u ${quoted(user)} -P ${quoted(password)} \\\n  -t ${quoted(`${user}/state`)} -m on`,
  },
  {
    name: 'Arduino',
    text: ({ host, port, user, password }) =>
      [
        '#include <PubSubClient.h>',
        'WiFiClient wifi;',
        'PubSubClient mqtt(wifi);',
        '',
        'void connectMqtt() {',
        `  mqtt.setServer(${c(host)}, ${port});`,
        `  if (mqtt.connect(${c(user)}, ${c(user)}, ${c(password)}))`,
        `    mqtt.publish(${c(`${user}/state`)}, "on");`,
        '}',
      ].join('\n'),
  },
  {
    name: 'ESPHome',
    text: ({ host, port, user, password }) =>
      `mqtt:\n  broker: ${host}\n  port: ${port}\n  username: ${c(user)}\n  password: ${c(password)}\n  topic_prefix: ${c(user)}\n  discovery: true`,
  },
  {
    name: 'Tasmota',
    text: ({ host, port, user, password }) =>
      `Backlog MqttHost ${host}; MqttPort ${port}; MqttUser ${user}; MqttPassword ${password}; FullTopic ${user}/%prefix%/`,
  },
  {
    name: 'MQTTX',
    text: ({ host, port, user, password }) =>
      `mqttx pub -h ${host} -p ${port} \\\n  -u ${quoted(user)} -P ${quoted(password)} \\\n  -t ${quoted(`${user}/state`)} -m on`,
  },
];
