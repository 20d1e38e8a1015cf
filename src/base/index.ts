export { decodeBemfa, encodeBemfa } from './bemfa/codec.ts';
export { type BemfaKind, bemfaKindOf, bemfaKinds } from './bemfa/kinds.ts';
export { type BemfaMode, type BemfaState, bemfaModes } from './bemfa/layouts.ts';
export {
  type BemfaAddress,
  type BemfaEnding,
  bemfaTopicFault,
  longestBemfaTopic,
  parseBemfaAddress,
} from './bemfa/topic.ts';
export { type CertificateOptions, type KeyPair, makeCertificate, newKeyPair } from './certificate.ts';
export { type Clock, releasedAt, SystemClock, type Timestamp, type Undo, VirtualClock } from './clock.ts';
export { type DayRange, isDate, isInDayRange, parseDayRange } from './day-range.ts';
export { type Duration, formatDuration, longestDurationMs, parseDuration } from './duration.ts';
export {
  type ErrorKind,
  type ErrorOptions,
  type ErrorParams,
  errorTable,
  HomeruleError,
  messageOf,
} from './errors.ts';
export { Faults } from './faults.ts';
export { type Ids, ProcessIds } from './ids.ts';
export { parseInstant } from './instant.ts';
export { issueParams, type SchemaIssue } from './issue-params.ts';
export { type Logger, silentLogger } from './log.ts';
export { nearest } from './nearest.ts';
export { createServer, request, STATUS_CODES } from './node-http.ts';
export { type Part, startParts, stopParts } from './part.ts';
export {
  type LineProblem,
  type PasswordEntry,
  type PasswordFile,
  parsePasswordFile,
  splitPasswordLine,
  userNameFault,
} from './password-file.ts';
export { hashPassword, type PasswordHash, parsePasswordHash, verifyPassword } from './password-hash.ts';
export { RateLimit } from './rate-limit.ts';
export {
  type GateOptions,
  type GateRefusal,
  type GateRequest,
  isForwarded,
  isLoopback,
  refusalOf,
} from './request-gate.ts';
export { Ring } from './ring.ts';
export type { BatchNumber, Commits, Rows } from './rows.ts';
export { shownValue } from './shown.ts';
export {
  filterFault,
  matchesFilter,
  maxTopicLevels,
  parseFilter,
  parseTopic,
  type Topic,
  type TopicFilter,
  topicFault,
} from './topic.ts';
export { filterOfShape, filtersOverlap, withoutShare } from './topic-overlap.ts';
export { TopicTrie } from './topic-trie.ts';
