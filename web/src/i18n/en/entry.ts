// Logging in, and the first administrator.
export const texts = {
  'entry.login': 'Log in',
  'entry.login.hint': 'This house asks who you are.',
  'entry.login.do': 'Log in',
  'entry.logout': 'Log out {{name}}',
  'entry.name': 'Name',
  'entry.password': 'Password',
  'entry.setup': 'The first administrator',
  'entry.setup.hint':
    'From then on everybody needs a name here, and MQTT devices too. Nothing is opened to the network by this.',
  'entry.setup.do': 'Make this administrator',
  'entry.code': 'One-time code',
  'entry.code.hint': 'The house prints it when it starts, behind the # of the address.',
} as const;
