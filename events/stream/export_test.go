package stream

// Limits that tests go beyond.
const (
	AckWait = ackWait
	MaxLane = maxLane
)
