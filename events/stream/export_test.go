package stream

// AckWait is for tests that outlast it.
const AckWait = ackWait
