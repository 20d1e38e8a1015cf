// How other devices find the house.
export const texts = {
  'reach.none': 'This machine has no network address that others could use.',
  'reach.others': 'Also: {{addresses}}',
  'reach.broker': 'Devices reach the broker here:',
  'reach.broker.alone': 'Only programs of this machine reach the broker. For devices, start the house so:',
  'reach.web': 'Open these pages on a phone or another computer of the same network:',
  'reach.web.alone': 'These pages are for this machine only. For phones, start the house so:',
  'reach.web.qr': 'QR code of {{url}}',
  'reach.device': 'For a phone',
  'reach.device.hint':
    'Address, name and password in one line, for apps that scan it. Whoever scans it can connect.',
  'reach.device.qr': 'QR code with address, name and password of {{name}}',
} as const;
