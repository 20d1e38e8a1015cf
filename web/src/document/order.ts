// In which order the keys of a rule stand when the form adds one.
export const documentOrder: readonly string[] = [
  ...['id', 'name', 'description', 'labels', 'enabled', 'priority', 'mode', 'max', 'key', 'limit'],
  ...['onError', 'overdue', 'shadow', 'each', 'variables'],
  ...['triggers', 'conditions', 'actions', 'finally', 'tests'],
];
