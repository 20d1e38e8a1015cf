// node:http for the whole house. Imported as a module it evaluates all that it exports, and with that loads a second
// HTTP client that nobody uses: 25 ms of every start, and 3 MB.
export const { STATUS_CODES, createServer, request } = process.getBuiltinModule('node:http');
