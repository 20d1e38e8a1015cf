// What devices report on when they get a command, by the conventions of the field. For commands of `set` the devices'
// own descriptions tell.

/** Zigbee2MQTT and Homie: the topic without `/set`; others `/state` in its place. Tasmota: `stat` in place of `cmnd`. */
export function echoShapes(shape: string): readonly string[] {
  const levels = shape.split('/');
  const last = levels.at(-1);
  if (last === 'set' && levels.length > 1) {
    const device = levels.slice(0, -1).join('/');
    return [device, `${device}/state`];
  }
  const [first, name, ...rest] = levels;
  const isTasmota = first === 'cmnd' && name !== undefined && name !== '#' && rest.length > 0;
  return isTasmota ? [`stat/${name}/#`] : [];
}
