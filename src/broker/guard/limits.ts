// Bounds of what one packet may hold. What an owner may want to change is in `BrokerLimits`.

/** Characters of a client id and of a user name. */
export const maxNameLength = 128;
/** Bytes of a password: what is compared or hashed. */
export const maxPasswordBytes = 1024;
/** User properties of one property list. */
export const maxUserProperties = 64;
/** Filters of one SUBSCRIBE or UNSUBSCRIBE. */
export const maxFiltersPerPacket = 256;
/** Bytes of a CONNECT: whoever sends it is a stranger still. A will, a password and properties fit in. */
export const maxConnectBytes = 262_144;
