// Package remote runs commands in processes of their own.
//
// Such a process is a service of NATS (nats.go/micro): [Main] and [Serve] make one of the same values that a bot has in its own
// set. The bot finds services by asking on the bus ([Find]), takes each command from its schema, and puts questions to it as
// requests ([Caller]). The question itself stays in the bot's stream until it is answered, so a process that dies costs
// another try.
package remote
